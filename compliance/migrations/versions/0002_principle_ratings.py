"""ratings of the AI Covenant's principles."""

import sqlalchemy as sa
from alembic import op

import compliance.db

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

PRINCIPLES = ("lawful", "transparent", "explainable", "responsible", "accountable", "robust")
STANDINGS = ("met", "partly_met", "not_met", "not_applicable", "not_assessed")


def guard_history(table: str) -> None:
    """The database itself refuses to change or delete a row of history."""
    for verb in ("update", "delete"):
        body = (
            "FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()"
            if op.get_bind().dialect.name == "postgresql"
            else f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
        op.execute(f'CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON "{table}" {body}')


def upgrade() -> None:
    """Add the ratings, which are history."""
    op.create_table(
        "principle_rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("approval_id", sa.Integer(), nullable=False),
        sa.Column(
            "principle",
            sa.Enum(*PRINCIPLES, name="principle", native_enum=False, create_constraint=True, length=64),
            nullable=False,
        ),
        sa.Column(
            "rating",
            sa.Enum(*STANDINGS, name="standing", native_enum=False, create_constraint=True, length=64),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("rated_at", compliance.db.UTCDateTime(), nullable=False),
        sa.Column("rated_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(note) > 0", name=op.f("ck_principle_rating_note_given")),
        sa.CheckConstraint(
            "rating NOT IN ('not_applicable', 'not_assessed')", name=op.f("ck_principle_rating_rated")
        ),
        sa.ForeignKeyConstraint(
            ["approval_id"], ["approval.id"], name=op.f("fk_principle_rating_approval_id")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_principle_rating_evidence_id")
        ),
        sa.ForeignKeyConstraint(["rated_by_id"], ["user.id"], name=op.f("fk_principle_rating_rated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_principle_rating")),
    )
    op.create_index(
        op.f("ix_principle_rating_approval_id_principle"), "principle_rating", ["approval_id", "principle"]
    )
    op.create_index(op.f("ix_principle_rating_evidence_id"), "principle_rating", ["evidence_id"])
    guard_history("principle_rating")


def downgrade() -> None:
    """Undo it."""
    op.drop_table("principle_rating")
