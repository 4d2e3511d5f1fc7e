"""indexes from which My work, lists and boards find their first rows."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

DUE = ["first_due_on", "organisation_id", "counted", "last_due_on", "unanswered"]


def partial(table: str, column: str, where: str) -> None:
    """An index of some rows."""
    some = dict.fromkeys(("sqlite_where", "postgresql_where"), sa.text(where))
    op.create_index(f"ix_{table}_{column}", table, [column], **some)


def upgrade() -> None:
    """Indexes from which they find their first rows."""
    op.drop_index("ix_approval_organisation_id_stage", "approval")
    op.drop_index("ix_approval_own_body_id", "approval")
    op.create_index(
        "ix_approval_organisation_id_stage_applied_on",
        "approval",
        ["organisation_id", "stage", "applied_on"],
    )
    op.create_index("ix_approval_body_key_stage", "approval", ["body_key", "stage"])
    op.drop_index("ix_condition_due_on", "condition")
    partial("condition", "due_on", "met_at IS NULL")
    partial("approval", "own_body_id", "own_body_id IS NOT NULL")
    partial("approval", "replaces_id", "replaces_id IS NOT NULL")
    op.create_index("ix_project_standing_due", "project_standing", DUE)


def downgrade() -> None:
    """Without them."""
    op.drop_index("ix_project_standing_due", "project_standing")
    op.drop_index("ix_condition_due_on", "condition")
    op.create_index("ix_condition_due_on", "condition", ["due_on"])
    op.drop_index("ix_approval_replaces_id", "approval")
    op.drop_index("ix_approval_own_body_id", "approval")
    op.drop_index("ix_approval_body_key_stage", "approval")
    op.drop_index("ix_approval_organisation_id_stage_applied_on", "approval")
    op.create_index("ix_approval_own_body_id", "approval", ["own_body_id"])
    op.create_index("ix_approval_organisation_id_stage", "approval", ["organisation_id", "stage"])
