"""the index from which each answer has its counts made again."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

BEFORE = ["organisation_id", "framework", "commitment", "standing", "project_id"]
# Longer than PostgreSQL keeps: given as it is, both cut it alike.
BEFORE_NAME = f"ix_check_{'_'.join(BEFORE)}"
ASKED = dict.fromkeys(("sqlite_where", "postgresql_where"), sa.text("due_on IS NOT NULL"))


def upgrade() -> None:
    """The checks that projects are asked for, without the others."""
    op.drop_index(op.f(BEFORE_NAME), "check")
    op.create_index(
        "ix_check_asked", "check", ["organisation_id", "commitment", "standing", "project_id"], **ASKED
    )


def downgrade() -> None:
    """Every check, by framework first."""
    op.drop_index("ix_check_asked", "check")
    op.create_index(op.f(BEFORE_NAME), "check", BEFORE)
