"""clearances of people."""

import sqlalchemy as sa
from alembic import op

import compliance.db

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

LEVELS = ("nppv_1", "nppv_2_abbreviated", "nppv_2_full", "nppv_3")


def upgrade() -> None:
    """Add the clearances."""
    op.create_table(
        "clearance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(*LEVELS, name="clearancelevel", native_enum=False, create_constraint=True, length=64),
            nullable=False,
        ),
        sa.Column("issuing_force", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("granted_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("accepted_by", sa.JSON(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", compliance.db.UTCDateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "length(person) > 0 AND length(issuing_force) > 0",
            name=op.f("ck_clearance_person_and_force_given"),
        ),
        sa.CheckConstraint("expires_on >= granted_on", name=op.f("ck_clearance_ends_after_granted")),
        sa.CheckConstraint(
            "left_on IS NULL OR left_on >= granted_on", name=op.f("ck_clearance_left_after_granted")
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "organisation_id"],
            ["project.id", "project.organisation_id"],
            name=op.f("fk_clearance_project_id_organisation_id"),
            onupdate="CASCADE",
        ),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["user.id"], name=op.f("fk_clearance_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearance")),
    )
    op.create_index(op.f("ix_clearance_project_id_person"), "clearance", ["project_id", "person"])
    op.create_index(op.f("ix_clearance_organisation_id_expires_on"), "clearance", ["organisation_id", "expires_on"])


def downgrade() -> None:
    """Undo it."""
    op.drop_table("clearance")
