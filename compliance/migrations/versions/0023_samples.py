"""random samples of approvals, and what was found of each."""

import sqlalchemy as sa
from alembic import op

import compliance.db
from compliance.migrations.guarding import guard

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

TABLES = ("sample", "sampled_approval", "sample_response")


def words(name: str, *values: str) -> sa.Enum:
    """An enumeration as it is stored."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=64)


def upgrade() -> None:
    """Add the samples, which are history."""
    op.create_table(
        "sample",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("drawn_at", compliance.db.UTCDateTime(), nullable=False),
        sa.Column("drawn_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("size > 0 AND size <= population", name=op.f("ck_sample_size_within_population")),
        sa.CheckConstraint("length(seed) > 0", name=op.f("ck_sample_seed_given")),
        sa.CheckConstraint("length(fingerprint) = 64", name=op.f("ck_sample_fingerprint_is_sha256")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_sample_organisation_id")
        ),
        sa.ForeignKeyConstraint(["drawn_by_id"], ["user.id"], name=op.f("fk_sample_drawn_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample")),
        sa.UniqueConstraint("reference", name=op.f("uq_sample_reference")),
    )
    op.create_index(op.f("ix_sample_organisation_id"), "sample", ["organisation_id"])
    op.create_table(
        "sampled_approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("approval_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.CheckConstraint("place >= 1", name=op.f("ck_sampled_approval_place_from_one")),
        sa.ForeignKeyConstraint(["sample_id"], ["sample.id"], name=op.f("fk_sampled_approval_sample_id")),
        sa.ForeignKeyConstraint(
            ["approval_id"], ["approval.id"], name=op.f("fk_sampled_approval_approval_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sampled_approval")),
        sa.UniqueConstraint(
            "sample_id", "approval_id", name=op.f("uq_sampled_approval_sample_id_approval_id")
        ),
        sa.UniqueConstraint("sample_id", "place", name=op.f("uq_sampled_approval_sample_id_place")),
    )
    op.create_index(op.f("ix_sampled_approval_approval_id"), "sampled_approval", ["approval_id"])
    op.create_table(
        "sample_response",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sampled_id", sa.Integer(), nullable=False),
        sa.Column("protocol", words("protocolkept", "yes", "no", "not_known"), nullable=False),
        sa.Column("conditions", words("conditionskept", "yes", "no", "not_known", "none"), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("responded_at", compliance.db.UTCDateTime(), nullable=False),
        sa.Column("responded_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(protocol <> 'no' AND conditions <> 'no') OR (note IS NOT NULL AND length(note) > 0)",
            name=op.f("ck_sample_response_a_no_with_its_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["sampled_id"], ["sampled_approval.id"], name=op.f("fk_sample_response_sampled_id")
        ),
        sa.ForeignKeyConstraint(
            ["responded_by_id"], ["user.id"], name=op.f("fk_sample_response_responded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample_response")),
    )
    op.create_index(op.f("ix_sample_response_sampled_id"), "sample_response", ["sampled_id"])
    guard(TABLES)


def downgrade() -> None:
    """Undo it."""
    for table in reversed(TABLES):
        op.drop_table(table)
