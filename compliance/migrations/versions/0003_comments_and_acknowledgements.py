"""comments and acknowledgements."""

import sqlalchemy as sa
from alembic import op

import compliance.db
from compliance.migrations.guarding import guard

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What people say about a draft: comments on its sections, and warnings they know of."""
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "comment",
                "reply",
                "resolved",
                "reopened",
                name="commentkind",
                native_enum=False,
                create_constraint=True,
                length=64,
            ),
            nullable=False,
        ),
        sa.Column("answers_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("said_at", compliance.db.UTCDateTime(), nullable=False),
        sa.Column("said_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(answers_id IS NULL OR kind <> 'comment')"
            " AND (answers_id IS NOT NULL OR kind NOT IN ('reply', 'resolved', 'reopened'))",
            name=op.f("ck_comment_answers_a_comment"),
        ),
        sa.CheckConstraint(
            "kind IN ('resolved', 'reopened') OR (text IS NOT NULL AND length(text) > 0)",
            name=op.f("ck_comment_text_given"),
        ),
        sa.ForeignKeyConstraint(["statement_id"], ["statement.id"], name=op.f("fk_comment_statement_id")),
        sa.ForeignKeyConstraint(["answers_id"], ["comment.id"], name=op.f("fk_comment_answers_id")),
        sa.ForeignKeyConstraint(["said_by_id"], ["user.id"], name=op.f("fk_comment_said_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    op.create_index(op.f("ix_comment_statement_id"), "comment", ["statement_id"])
    op.create_index(op.f("ix_comment_answers_id"), "comment", ["answers_id"])
    op.create_table(
        "acknowledgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("warning", sa.String(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("said_at", compliance.db.UTCDateTime(), nullable=False),
        sa.Column("said_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "length(warning) > 0 AND length(facts) > 0", name=op.f("ck_acknowledgement_warning_named")
        ),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_acknowledgement_reason_given")),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statement.id"], name=op.f("fk_acknowledgement_statement_id")
        ),
        sa.ForeignKeyConstraint(["said_by_id"], ["user.id"], name=op.f("fk_acknowledgement_said_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acknowledgement")),
    )
    op.create_index(op.f("ix_acknowledgement_statement_id"), "acknowledgement", ["statement_id"])
    guard(("comment", "acknowledgement"))


def downgrade() -> None:
    """Drop both; what people said is lost."""
    op.drop_table("acknowledgement")
    op.drop_table("comment")
