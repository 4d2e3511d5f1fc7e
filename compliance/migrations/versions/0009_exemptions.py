"""exemptions from publishing."""

import sqlalchemy as sa
from alembic import op

import compliance.db
from compliance.migrations.guarding import guard

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

CODES = tuple(f"x{number}" for number in range(1, 11))


def words(name: str, *values: str) -> sa.Enum:
    """An enumeration as it is stored."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=64)


def upgrade() -> None:
    """Add the exemptions, which are history."""
    op.create_table(
        "exemption",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("exempt_from", words("exemptfrom", "protocol", "results"), nullable=False),
        sa.Column("code", words("exemptionreason", *CODES), nullable=False),
        sa.Column("kind", words("exemptionkind", "delay", "partial", "withhold"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("approver", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("public_summary", sa.Text(), nullable=True),
        sa.Column("recorded_at", compliance.db.UTCDateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "length(reason) > 0 AND length(approver) > 0",
            name=op.f("ck_exemption_reason_and_approver_given"),
        ),
        sa.CheckConstraint("review_on >= decided_on", name=op.f("ck_exemption_reviewed_after_decision")),
        sa.CheckConstraint(
            "expires_on IS NULL OR expires_on >= decided_on", name=op.f("ck_exemption_expires_after_decision")
        ),
        sa.CheckConstraint(
            "code NOT IN ('x7', 'x8', 'x9') OR kind = 'delay'", name=op.f("ck_exemption_delay_only")
        ),
        sa.CheckConstraint("kind <> 'delay' OR expires_on IS NOT NULL", name=op.f("ck_exemption_delay_ends")),
        sa.ForeignKeyConstraint(
            ["project_id", "organisation_id"],
            ["project.id", "project.organisation_id"],
            name=op.f("fk_exemption_project_id_organisation_id"),
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["user.id"], name=op.f("fk_exemption_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exemption")),
    )
    op.create_index(op.f("ix_exemption_project_id"), "exemption", ["project_id"])
    guard(("exemption",))


def downgrade() -> None:
    """Undo it."""
    op.drop_table("exemption")
