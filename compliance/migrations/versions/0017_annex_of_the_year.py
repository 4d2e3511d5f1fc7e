"""whether a statement prints what changed since last year."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """whether a statement prints what changed since last year."""
    op.add_column(
        "statement", sa.Column("year_annex", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    """Without the choice."""
    op.drop_column("statement", "year_annex")
