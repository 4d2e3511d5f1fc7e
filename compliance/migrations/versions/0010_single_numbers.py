"""single numbers."""

import sqlalchemy as sa
from alembic import op

import compliance.db
from compliance.migrations.guarding import guard

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What people decide about single numbers: values of their own, small numbers withheld."""
    op.create_table(
        "figure_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("figure", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("whole", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("entered_at", compliance.db.UTCDateTime(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("number IS NULL OR number >= 0", name=op.f("ck_figure_override_number_not_negative")),
        sa.CheckConstraint("whole IS NULL OR (number IS NOT NULL AND whole >= number)", name=op.f("ck_figure_override_part_of_whole")),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_figure_override_reason_given")),
        sa.ForeignKeyConstraint(["statement_id"], ["statement.id"], name=op.f("fk_figure_override_statement_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_figure_override_entered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_override")),
    )
    op.create_index(op.f("ix_figure_override_statement_id"), "figure_override", ["statement_id"])
    op.create_table(
        "small_number_policy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("below", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_at", compliance.db.UTCDateTime(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("below IS NULL OR below BETWEEN 3 AND 20", name=op.f("ck_small_number_policy_below_makes_sense")),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_small_number_policy_reason_given")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_small_number_policy_organisation_id")),
        sa.ForeignKeyConstraint(["set_by_id"], ["user.id"], name=op.f("fk_small_number_policy_set_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_small_number_policy")),
    )
    op.create_index(op.f("ix_small_number_policy_organisation_id"), "small_number_policy", ["organisation_id"])
    op.create_table(
        "cell_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("cell", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("below", sa.Integer(), nullable=False),
        sa.Column("withheld", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", compliance.db.UTCDateTime(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_cell_decision_never_a_zero")),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_cell_decision_reason_given")),
        sa.ForeignKeyConstraint(["statement_id"], ["statement.id"], name=op.f("fk_cell_decision_statement_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_cell_decision_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cell_decision")),
    )
    op.create_index(op.f("ix_cell_decision_statement_id"), "cell_decision", ["statement_id"])
    guard(("figure_override", "small_number_policy", "cell_decision"))


def downgrade() -> None:
    """Drop all three; what was decided is lost."""
    op.drop_table("cell_decision")
    op.drop_table("small_number_policy")
    op.drop_table("figure_override")
