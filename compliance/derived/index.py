"""The index of words: FTS5 on SQLite, tsvector on PostgreSQL, behind one interface.

It is no record and stands in no copy: `compliance.derived.entries` makes it from the records.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    String,
    Subquery,
    bindparam,
    column,
    delete,
    false,
    func,
    insert,
    literal,
    literal_column,
    select,
    table,
)

from compliance.db import db, transaction
from compliance.rules.searching import Term
from compliance.terms import Found

# Both kinds of index know a row by one number: that of its kind, then its own.
ROOM = 1 << 40
FIRST = {kind: place * ROOM for place, kind in enumerate(Found)}
NUMBER: Any = column("rowid")
INDEX = table("search_words", NUMBER, column("reference"), column("title"), column("words"))
# SQLite keeps what is in an index in tables of its own, which have rows from the beginning.
INNER = f"{INDEX.name}_"
# How much more a hit in a reference or a title counts; SQLite is told by the migration.
WEIGHTS = "{0.1, 0.1, 0.5, 1.0}"


class Entry(NamedTuple):
    """The plain words by which a record is found."""

    reference: str
    title: str
    words: str


def for_sqlite(terms: Iterable[Term]) -> str:
    """The terms as FTS5 reads them; words hold nothing but letters and digits."""
    return expression(terms, " AND ", " OR ", lambda text, whole: f'"{text}"' if whole else f'"{text}" *')


def for_postgresql(terms: Iterable[Term]) -> str:
    """The terms as a tsquery."""
    return expression(terms, " & ", " | ", lambda text, whole: f"'{text}'" if whole else f"'{text}':*")


def expression(terms: Iterable[Term], both: str, either: str, word: Any) -> str:
    """All terms, each in any of its ways."""
    return both.join(
        "(" + either.join("(" + both.join(word(*one) for one in way) + ")" for way in term) + ")"
        for term in terms
    )


def spoken(terms: Iterable[Term]) -> str:
    """The terms as the index of this database reads them."""
    return for_sqlite(terms) if db.engine.dialect.name == "sqlite" else for_postgresql(terms)


def hits(kind: Found, terms: Collection[Term]) -> Subquery:
    """The records of a kind in which all these words stand: `row_id`, and the `number` of the index."""
    return found_by(kind, literal(spoken(terms)) if terms else None, db.engine.dialect.name)


@cache
def hits_of_words(kind: Found, database: str) -> Subquery:
    """The same for the `words` that are given, as `spoken` says them; built once for a kind of database."""
    return found_by(kind, bindparam("words", type_=String()), database)


@cache
def numbers_of(kinds: tuple[Found, ...], database: str) -> CTE:
    """How many of each kind, by its value, the index holds of the `words`: counted in one reading."""
    fits, _ = matching(bindparam("words", type_=String()), database)
    counted = (func.count().filter(within(kind)).label(kind.value) for kind in kinds)
    return select(*counted).select_from(INDEX).where(fits).cte("everywhere")


def within(kind: Found) -> ColumnElement[bool]:
    """Condition on a number of the index: it is one of a kind."""
    inside: ColumnElement[bool] = NUMBER.between(FIRST[kind], FIRST[kind] + ROOM - 1)
    return inside


def found_by(kind: Found, words: ColumnElement[str] | None, database: str) -> Subquery:
    """What the index holds of a kind and words; nothing without any.

    By `number` they come in order at no cost. By `rank`, the least fits best, they cost more than to find.
    """
    own = (NUMBER - literal(FIRST[kind])).label("row_id")
    fits, rank = matching(words, database)
    found = select(own, NUMBER.label("number"), rank.label("rank"))
    return found.select_from(INDEX).where(fits, within(kind)).subquery()


def matching(words: ColumnElement[str] | None, database: str) -> tuple[Any, Any]:
    """The condition on an entry that these words stand in it, and how well it fits."""
    if words is None:
        return false(), literal(0.0)
    if database == "sqlite":
        return literal_column("search_words").op("MATCH")(words), literal_column("rank")
    looked_for = func.to_tsquery(literal_column("'simple'::regconfig"), words)
    kept: Any = literal_column("found")
    weights: Any = literal_column(f"'{WEIGHTS}'::real[]")
    return kept.op("@@")(looked_for), -func.ts_rank(weights, kept, looked_for)


def held(connection: Connection, kind: Found, ids: Collection[int]) -> dict[int, Entry]:
    """What the index holds of these records."""
    rows = connection.execute(select(INDEX).where(NUMBER.in_([FIRST[kind] + one for one in ids])))
    return {number - FIRST[kind]: Entry(*words) for number, *words in rows}


def numbers(connection: Connection) -> set[tuple[Found, int]]:
    """Every record that the index holds."""
    kinds = list(Found)
    return {(kinds[one // ROOM], one % ROOM) for one in connection.scalars(select(NUMBER).select_from(INDEX))}


def put(connection: Connection, kind: Found, entries: Mapping[int, Entry], gone: Iterable[int]) -> None:
    """Index these records anew, and no longer those that are gone."""
    if dropped := [{"number": FIRST[kind] + one} for one in [*gone, *entries]]:
        connection.execute(delete(INDEX).where(bindparam("number") == NUMBER), dropped)
    if entries:
        rows = [{"rowid": FIRST[kind] + one, **entry._asdict()} for one, entry in entries.items()]
        connection.execute(insert(INDEX), rows)


def forget() -> None:
    """Take words that no entry holds any more out of the file: SQLite has them until it merges its parts."""
    with transaction():
        connection = db.session.connection()
        if connection.dialect.name == "sqlite":
            ordered = table(INDEX.name, column(INDEX.name))
            connection.execute(insert(ordered).values({INDEX.name: "optimize"}))
