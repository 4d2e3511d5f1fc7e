"""filters of lists that people keep."""

import sqlalchemy as sa
from alembic import op

import compliance.db

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the saved filters."""
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("endpoint", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("query", sa.String(), nullable=False),
        sa.Column("saved_at", compliance.db.UTCDateTime(), nullable=False),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_saved_view_name_given")),
        sa.CheckConstraint("length(query) > 0", name=op.f("ck_saved_view_query_given")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_saved_view_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint(
            "owner_id", "endpoint", "name", name=op.f("uq_saved_view_owner_id_endpoint_name")
        ),
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_table("saved_view")
