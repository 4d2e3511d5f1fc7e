"""a project is counted as not meeting only what it is asked for, as boards count it."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

COUNT = """UPDATE project_standing SET not_met = (
    SELECT count(*) FROM "check"
    WHERE "check".project_id = project_standing.project_id AND standing = 'not_met'{asked}
)"""


def upgrade() -> None:
    """Answers given under another framework, which have no date, are not counted."""
    op.execute(COUNT.format(asked=" AND due_on IS NOT NULL"))


def downgrade() -> None:
    """They are again."""
    op.execute(COUNT.format(asked=""))
