"""a project may answer under another framework than the one it is asked under, and then by no date."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

INDEX = "ix_check_standing_due_on"


def upgrade() -> None:
    """A check without a date."""
    remake(sa.Column("due_on", sa.Date()), "due_before")


def downgrade() -> None:
    """Every check has a date again: what was answered without being asked takes that of the others."""
    asked = 'SELECT max(due_before) FROM "check" AS asked WHERE asked.project_id = "check".project_id'
    column = sa.Column("due_on", sa.Date(), nullable=False, server_default="2026-04-01")
    remake(column, f"coalesce(due_before, ({asked}), due_on)")


def remake(column: sa.Column, filled: str) -> None:
    """The column anew: SQLite changes none in place, and would else copy a table that many point at."""
    op.drop_index(INDEX, "check")
    op.execute('ALTER TABLE "check" RENAME COLUMN due_on TO due_before')
    op.add_column("check", column)
    op.execute(f'UPDATE "check" SET due_on = {filled}')
    op.drop_column("check", "due_before")
    op.create_index(INDEX, "check", ["standing", "due_on"])
