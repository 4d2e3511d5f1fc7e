"""what boards count of today, and the order of the list of projects, from one index."""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

COUNTED = [
    "organisation_id",
    "counted",
    "started_on",
    "ended_on",
    "first_due_on",
    "last_due_on",
    "unanswered",
    "alarm_from_on",
]


def upgrade() -> None:
    """From one index."""
    op.create_index("ix_project_standing_today", "project_standing", COUNTED)


def downgrade() -> None:
    """Without it."""
    op.drop_index("ix_project_standing_today", "project_standing")
