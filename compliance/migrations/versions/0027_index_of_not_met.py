"""which projects have a check that is not met, from one index."""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From one index."""
    op.create_index(
        "ix_project_standing_not_met", "project_standing", ["organisation_id", "not_met", "alarm_from_on"]
    )


def downgrade() -> None:
    """Without it."""
    op.drop_index("ix_project_standing_not_met", "project_standing")
