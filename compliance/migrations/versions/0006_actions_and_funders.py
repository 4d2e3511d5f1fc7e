"""Actions follow one answer, of a project too; organisations that pay for research."""

import sqlalchemy as sa
from alembic import op

import compliance.db

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

FIX = {"fix": sa.Text, "fix_owner": sa.String, "fix_due_on": sa.Date}
COUNTED = ["organisation_id", "framework", "commitment", "standing", "project_id"]
# Named as a whole: SQLite adds a column with its condition, and would else copy a table that many point at.
FUNDS_UNTIL = (
    "ALTER TABLE organisation ADD COLUMN funds_until_on DATE"
    " CONSTRAINT ck_organisation_funding_ends_after_start"
    " CHECK (funds_until_on IS NULL OR (funds_from_on IS NOT NULL AND funds_until_on > funds_from_on))"
)
KEPT = "id, state, note, due_on, recorded_at, recorded_by_id"


def upgrade() -> None:
    """Steps point at the answer whose words they follow up."""
    for name, kind in FIX.items():
        op.add_column("answer", sa.Column(name, kind()))
    op.drop_index(op.f("ix_check_organisation_id_commitment_standing_project_id"), "check")
    op.create_index(op.f(f"ix_check_{'_'.join(COUNTED)}"), "check", COUNTED)
    op.add_column("organisation", sa.Column("funds_from_on", sa.Date()))
    op.execute(FUNDS_UNTIL)
    promised = (
        "(SELECT max(assessment_answer.id) FROM assessment_answer"
        " WHERE assessment_answer.assessment_id = action_step.assessment_id"
        " AND assessment_answer.fix IS NOT NULL)"
    )
    remake(
        f"SELECT {KEPT}, {promised} AS assessment_answer_id FROM action_step",
        sa.Column("answer_id", sa.Integer()),
        sa.Column("assessment_answer_id", sa.Integer()),
        sa.CheckConstraint(
            "(answer_id IS NULL) <> (assessment_answer_id IS NULL)",
            name=op.f("ck_action_step_follows_one_answer"),
        ),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name=op.f("fk_action_step_answer_id")),
        sa.ForeignKeyConstraint(
            ["assessment_answer_id"],
            ["assessment_answer.id"],
            name=op.f("fk_action_step_assessment_answer_id"),
        ),
        filled="assessment_answer_id",
    )
    op.create_index(op.f("ix_action_step_answer_id"), "action_step", ["answer_id"])
    op.create_index(op.f("ix_action_step_assessment_answer_id"), "action_step", ["assessment_answer_id"])


def downgrade() -> None:
    """Steps point at the assessment again; those of projects have no place there."""
    remake(
        f"SELECT {', '.join(f'action_step.{one}' for one in KEPT.split(', '))}, assessment_id"
        " FROM action_step JOIN assessment_answer"
        " ON assessment_answer.id = action_step.assessment_answer_id",
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_action_step_assessment_id")
        ),
        filled="assessment_id",
    )
    op.create_index(op.f("ix_action_step_assessment_id"), "action_step", ["assessment_id"])
    op.drop_column("organisation", "funds_until_on")
    op.drop_column("organisation", "funds_from_on")
    op.drop_index(op.f(f"ix_check_{'_'.join(COUNTED)}"), "check")
    old = [name for name in COUNTED if name != "framework"]
    op.create_index(op.f("ix_check_organisation_id_commitment_standing_project_id"), "check", old)
    for name in FIX:
        op.drop_column("answer", name)


def remake(kept: str, *parts: sa.Column | sa.Constraint, filled: str) -> None:
    """Make the table of steps anew from what a query keeps: a row of history cannot be changed in place."""
    op.execute(f"CREATE TABLE kept_step AS {kept}")
    op.drop_table("action_step")
    state = sa.Enum(
        "not_begun",
        "in_progress",
        "done",
        "carried_over",
        "dropped",
        name="actionstate",
        native_enum=False,
        create_constraint=True,
        length=64,
    )
    op.create_table(
        "action_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", state, nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", compliance.db.UTCDateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'carried_over') = (due_on IS NOT NULL)",
            name=op.f("ck_action_step_carried_over_with_date"),
        ),
        sa.CheckConstraint(
            "state <> 'dropped' OR (note IS NOT NULL AND length(note) > 0)",
            name=op.f("ck_action_step_dropped_with_reason"),
        ),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["user.id"], name=op.f("fk_action_step_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_step")),
        *parts,
    )
    op.execute(f"INSERT INTO action_step ({KEPT}, {filled}) SELECT {KEPT}, {filled} FROM kept_step")
    op.drop_table("kept_step")
    guard()


def guard() -> None:
    """The database itself refuses to change or delete a step; on PostgreSQL the next number follows on."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    for verb in ("update", "delete"):
        body = (
            "FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()"
            if postgresql
            else "BEGIN SELECT RAISE(ABORT, 'action_step is append-only'); END"
        )
        op.execute(f"CREATE TRIGGER action_step_no_{verb} BEFORE {verb.upper()} ON action_step {body}")
    if postgresql:
        op.execute(
            "SELECT setval(pg_get_serial_sequence('action_step', 'id'),"
            " (SELECT coalesce(max(id), 0) + 1 FROM action_step), false)"
        )
