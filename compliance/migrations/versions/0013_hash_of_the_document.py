"""the SHA-256 of each signed document, by which anyone can find it."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """the SHA-256 of each signed document.

    What was signed before stays without: the table is append-only. Plain SQL, for a batch would lose the triggers.
    """
    op.execute(
        "ALTER TABLE sign_off ADD COLUMN pdf_sha256 VARCHAR "
        "CONSTRAINT ck_sign_off_pdf_sha256_is_sha256 CHECK (length(pdf_sha256) = 64)"
    )


def downgrade() -> None:
    """Back to the fingerprint of the content alone."""
    op.execute("ALTER TABLE sign_off DROP COLUMN pdf_sha256")
