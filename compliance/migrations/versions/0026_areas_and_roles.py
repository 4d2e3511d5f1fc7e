"""areas of research interest, what an organisation does in a project, and the test of new knowledge."""

import sqlalchemy as sa
from alembic import op

import compliance.db
from compliance.migrations.guarding import guard

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

# With its condition: SQLite would else copy the table of projects.
NEW_KNOWLEDGE = (
    "ALTER TABLE project ADD COLUMN new_knowledge VARCHAR(64)"
    " CONSTRAINT ck_project_tick CHECK (new_knowledge IN ('yes', 'no', 'unsure'))"
)
ROLES = ("conduct", "commission", "fund", "host", "supply_data")


def upgrade() -> None:
    """Add them; nothing of it is known of the projects there are."""
    op.execute(NEW_KNOWLEDGE)
    op.create_table(
        "project_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(*ROLES, name="researchrole", native_enum=False, create_constraint=True, length=64),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_project_role_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_role")),
        sa.UniqueConstraint("project_id", "role", name=op.f("uq_project_role_project_id_role")),
    )
    op.create_table(
        "area_of_interest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("grouped_under", sa.String(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("added_at", compliance.db.UTCDateTime(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "length(text) > 0 AND length(code) > 0", name=op.f("ck_area_of_interest_code_and_text_given")
        ),
        sa.CheckConstraint(
            "until_on IS NULL OR until_on > from_on", name=op.f("ck_area_of_interest_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_area_of_interest_organisation_id")
        ),
        sa.ForeignKeyConstraint(["added_by_id"], ["user.id"], name=op.f("fk_area_of_interest_added_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_of_interest")),
        sa.UniqueConstraint(
            "organisation_id",
            "edition",
            "code",
            name=op.f("uq_area_of_interest_organisation_id_edition_code"),
        ),
    )
    op.create_table(
        "project_area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_project_area_project_id")),
        sa.ForeignKeyConstraint(["area_id"], ["area_of_interest.id"], name=op.f("fk_project_area_area_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_area")),
        sa.UniqueConstraint("project_id", "area_id", name=op.f("uq_project_area_project_id_area_id")),
    )
    op.create_index(op.f("ix_project_area_area_id"), "project_area", ["area_id"])
    guard(["area_of_interest"])


def downgrade() -> None:
    """Undo it."""
    for table in ("project_area", "area_of_interest", "project_role"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f("ck_project_tick"), "project", type_="check")
    op.drop_column("project", "new_knowledge")
