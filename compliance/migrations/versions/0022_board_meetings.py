"""what a board saw at its meetings, and how organisations are compared on boards."""

import sqlalchemy as sa
from alembic import op

import compliance.db
from compliance.migrations.guarding import guard

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Meetings with their figures, policies of comparison; both are history."""
    op.create_table(
        "board_meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("kept_on", sa.Date(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("recorded_at", compliance.db.UTCDateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("kept_on >= held_on", name=op.f("ck_board_meeting_kept_once_held")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_board_meeting_organisation_id")),
        sa.ForeignKeyConstraint(["period_id"], ["reporting_period.id"], name=op.f("fk_board_meeting_period_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["user.id"], name=op.f("fk_board_meeting_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_meeting")),
        sa.UniqueConstraint("organisation_id", "held_on", name=op.f("uq_board_meeting_organisation_id_held_on")),
    )
    op.create_table(
        "comparison_policy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("comparison", sa.Enum("named", "anonymous", name="comparison", native_enum=False, create_constraint=True, length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_at", compliance.db.UTCDateTime(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_comparison_policy_reason_given")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_comparison_policy_organisation_id")),
        sa.ForeignKeyConstraint(["set_by_id"], ["user.id"], name=op.f("fk_comparison_policy_set_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comparison_policy")),
    )
    op.create_index(op.f("ix_comparison_policy_organisation_id"), "comparison_policy", ["organisation_id"])
    guard(("board_meeting", "comparison_policy"))


def downgrade() -> None:
    """Drop both; what was kept is lost."""
    op.drop_table("comparison_policy")
    op.drop_table("board_meeting")
