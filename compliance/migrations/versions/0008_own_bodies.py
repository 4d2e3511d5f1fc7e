"""what own bodies ask, how long they hold, and times that held before."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

LISTS = ("times", "questions")


def upgrade() -> None:
    """Add the columns; the CHECK stands with its column, as SQLite adds none to a table."""
    for name in LISTS:
        op.add_column("own_body", sa.Column(name, sa.JSON(), nullable=False, server_default="[]"))
    op.execute(
        "ALTER TABLE own_body ADD COLUMN validity VARCHAR CONSTRAINT ck_own_body_validity_known "
        "CHECK (validity IN ('open', 'fixed', 'study', 'review', 'annual'))"
    )


def downgrade() -> None:
    """Undo it."""
    for name in ("validity", *LISTS):
        op.drop_column("own_body", name)
