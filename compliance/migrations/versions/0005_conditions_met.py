"""A condition is met on a day, and its evidence is kept; a change says since when it is in use."""

import sqlalchemy as sa
from alembic import op

import compliance.db
from compliance.migrations.guarding import guard

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# Named as a whole: SQLite adds a column with its condition, and would else copy a table that guards its history.
IN_USE = (
    "ALTER TABLE approval_event ADD COLUMN in_use_on DATE"
    " CONSTRAINT ck_approval_event_in_use_is_a_modification"
    " CHECK (in_use_on IS NULL OR modification_id IS NOT NULL)"
)


def upgrade() -> None:
    """The address of what showed a condition met moves into its note."""
    op.execute(IN_USE)
    op.add_column("modification", sa.Column("notify_bodies", sa.Text()))
    op.add_column("condition", sa.Column("met_on", sa.Date()))
    op.execute(
        "UPDATE condition SET met_on = date(met_at),"
        " met_note = CASE WHEN met_address IS NULL THEN met_note ELSE met_note || ': ' || met_address END"
        " WHERE met_at IS NOT NULL"
    )
    with op.batch_alter_table("condition") as batch_op:
        batch_op.drop_constraint(op.f("ck_condition_evidence_of_what_is_met"), type_="check")
        batch_op.drop_column("met_address")
        batch_op.add_column(sa.Column("met_evidence_id", sa.Integer()))
        batch_op.create_foreign_key(op.f("fk_condition_met_evidence_id"), "evidence", ["met_evidence_id"], ["id"])
        batch_op.create_check_constraint(
            op.f("ck_condition_evidence_of_what_is_met"), "met_evidence_id IS NULL OR met_at IS NOT NULL"
        )
        batch_op.create_check_constraint(
            op.f("ck_condition_met_at_with_met_on"), "(met_at IS NULL) = (met_on IS NULL)"
        )


def downgrade() -> None:
    """Undo it; what a note took over stays in the note."""
    with op.batch_alter_table("condition") as batch_op:
        batch_op.drop_constraint(op.f("ck_condition_met_at_with_met_on"), type_="check")
        batch_op.drop_constraint(op.f("ck_condition_evidence_of_what_is_met"), type_="check")
        batch_op.drop_constraint(op.f("fk_condition_met_evidence_id"), type_="foreignkey")
        batch_op.drop_column("met_evidence_id")
        batch_op.drop_column("met_on")
        batch_op.add_column(sa.Column("met_address", sa.String()))
        batch_op.create_check_constraint(
            op.f("ck_condition_evidence_of_what_is_met"), "met_address IS NULL OR met_at IS NOT NULL"
        )
    op.drop_column("modification", "notify_bodies")
    with op.batch_alter_table("approval_event") as batch_op:
        batch_op.drop_constraint(op.f("ck_approval_event_in_use_is_a_modification"), type_="check")
        batch_op.drop_column("in_use_on")
    if op.get_bind().dialect.name != "postgresql":
        # Another table by now, a copy without its guards.
        guard(["approval_event"])
