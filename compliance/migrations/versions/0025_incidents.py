"""serious breaches and adverse events in the life of an approval, and that the body was told of them."""

from alembic import op

from compliance.migrations.guarding import guard

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

TABLE, CHECK = "approval_event", "ck_approval_event_approvalstep"
BEFORE = (
    "begun",
    "sent",
    "found_valid",
    "review_began",
    "information_asked",
    "information_sent",
    "lapsed",
    "decided",
    "corrected",
    "took_effect",
    "responded",
    "appealed",
    "modification_sent",
    "modification_noted",
    "modification_valid",
    "modification_asked",
    "modification_answered",
    "modification_decided",
    "progress_reported",
)
INCIDENTS = ("breach", "adverse_event", "incident_told")
AFTER = ("halted", "suspended", "resumed", "stopped", "ended", "told", "reported", "closed")


def allow(values: tuple[str, ...]) -> None:
    """Let a step be one of these; SQLite copies the table for it, and its guards are set up again."""
    listed = ", ".join(f"'{one}'" for one in values)
    with op.batch_alter_table(TABLE) as batch_op:
        batch_op.drop_constraint(op.f(CHECK), type_="check")
        batch_op.create_check_constraint(op.f(CHECK), f"step IN ({listed})")
    if op.get_bind().dialect.name != "postgresql":
        guard([TABLE])


def upgrade() -> None:
    """Three steps more."""
    allow((*BEFORE, *INCIDENTS, *AFTER))


def downgrade() -> None:
    """Undo it; what was recorded of incidents goes with it."""
    listed = ", ".join(f"'{one}'" for one in INCIDENTS)
    postgresql = op.get_bind().dialect.name == "postgresql"
    op.execute(f"DROP TRIGGER {TABLE}_no_delete" + (f" ON {TABLE}" if postgresql else ""))
    op.execute(f"DELETE FROM {TABLE} WHERE step IN ({listed})")
    allow((*BEFORE, *AFTER))
    if postgresql:
        op.execute(
            f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()"
        )
