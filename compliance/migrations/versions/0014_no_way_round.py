"""history is neither emptied by TRUNCATE nor replaced by INSERT OR REPLACE."""

from compliance.migrations.guarding import guard_against_emptying, guarded, unguard_against_emptying

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every table of history that there is; those to come are guarded when they are made."""
    guard_against_emptying(guarded())


def downgrade() -> None:
    """Undo it."""
    unguard_against_emptying(guarded())
