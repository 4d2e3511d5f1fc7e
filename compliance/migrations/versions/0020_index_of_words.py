"""the index of words in which people search."""

import sqlalchemy as sa
from alembic import op

from compliance.derived.finding import rebuild

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

# How much more a hit in a reference or a title counts; PostgreSQL is told with each question.
SQLITE = (
    "CREATE VIRTUAL TABLE search_words USING fts5(reference, title, words, prefix='2 3')",
    "INSERT INTO search_words (search_words, rank) VALUES ('rank', 'bm25(10.0, 5.0, 1.0)')",
)
FOUND = " || ".join(
    f"setweight(to_tsvector('simple', {column}), '{weight}')"
    for column, weight in (("reference", "A"), ("title", "B"), ("words", "D"))
)
POSTGRESQL = (
    "CREATE TABLE search_words (rowid bigint NOT NULL, reference text NOT NULL, title text NOT NULL, "
    f"words text NOT NULL, found tsvector GENERATED ALWAYS AS ({FOUND}) STORED, "
    "CONSTRAINT pk_search_words PRIMARY KEY (rowid))",
    "CREATE INDEX ix_search_words_found ON search_words USING gin (found)",
)


def upgrade() -> None:
    """The index, of the records that are there."""
    bind = op.get_bind()
    for statement in POSTGRESQL if bind.dialect.name == "postgresql" else SQLITE:
        op.execute(statement)
    # Only where there is something to find: what is read is that of the newest schema.
    if bind.scalar(sa.text('SELECT count(*) FROM "user"')):
        rebuild(bind)


def downgrade() -> None:
    """Without it; the records stay."""
    op.execute("DROP TABLE search_words")
