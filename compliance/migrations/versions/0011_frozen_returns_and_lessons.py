"""frozen returns and lessons."""

import sqlalchemy as sa
from alembic import op

import compliance.db
from compliance.migrations.guarding import guard

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What a return said when it was sent, its reopening, and lessons offered to the statement."""
    op.create_table(
        "frozen_return",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("frozen_at", compliance.db.UTCDateTime(), nullable=False),
        sa.Column("frozen_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_frozen_return_number_from_one")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_frozen_return_fingerprint_is_sha256")),
        sa.ForeignKeyConstraint(["return_id"], ["return.id"], name=op.f("fk_frozen_return_return_id")),
        sa.ForeignKeyConstraint(["frozen_by_id"], ["user.id"], name=op.f("fk_frozen_return_frozen_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_return")),
        sa.UniqueConstraint("return_id", "number", name=op.f("uq_frozen_return_return_id_number")),
    )
    op.create_table(
        "return_reopening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reopened_at", compliance.db.UTCDateTime(), nullable=False),
        sa.Column("reopened_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_return_reopening_reason_given")),
        sa.ForeignKeyConstraint(["return_id"], ["return.id"], name=op.f("fk_return_reopening_return_id")),
        sa.ForeignKeyConstraint(["reopened_by_id"], ["user.id"], name=op.f("fk_return_reopening_reopened_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_reopening")),
        sa.UniqueConstraint("return_id", "after", name=op.f("uq_return_reopening_return_id_after")),
    )
    op.create_table(
        "lesson_offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("offered_at", compliance.db.UTCDateTime(), nullable=False),
        sa.Column("offered_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_lesson_offer_text_given")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_lesson_offer_case_id")),
        sa.ForeignKeyConstraint(["offered_by_id"], ["user.id"], name=op.f("fk_lesson_offer_offered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_offer")),
    )
    op.create_index(op.f("ix_lesson_offer_case_id"), "lesson_offer", ["case_id"])
    guard(("frozen_return", "return_reopening", "lesson_offer"))


def downgrade() -> None:
    """Drop all three; what returns said when they were sent is lost."""
    op.drop_table("lesson_offer")
    op.drop_table("return_reopening")
    op.drop_table("frozen_return")
