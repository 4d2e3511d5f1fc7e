"""What the events of the audit trail touch: the tables whose rows changed, and where these rows belong."""

import json
import re
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ScalarSelect, select

from compliance.db import Base, Fleeting, db
from compliance.derived.keep import APPROVALS, COVER, PROJECTS, TALLIES
from compliance.derived.statements import COUNTS
from compliance.models import AuditEvent, Check

# More events than these since the last look are not read one by one.
MANY = 500
# Stands for tables of which no event tells: what was read of them is old after any event.
UNTOLD = ""
WORD = re.compile(r"\w+")


class Touch(NamedTuple):
    """A table of which a row changed, and the organisation that it belongs to: None for any."""

    table: str
    place: int | None


class Seen(NamedTuple):
    """How far the trail was read: number and hash of an event."""

    seq: int
    hash: str


@cache
def sources() -> dict[str, frozenset[str]]:
    """For each table those whose events tell that it changed; of a derived one those that it follows from.

    What is kept of a project follows from its checks in four columns alone, which stand here by their names.
    """
    checks = frozenset({Check.__tablename__})
    found = dict.fromkeys(Base.metadata.tables, frozenset({UNTOLD}))
    for model in (mapper.class_ for mapper in Base.registry.mappers):
        if not issubclass(model, AuditEvent | Fleeting):
            found[model.__tablename__] = frozenset({model.__tablename__})
    # In this order: what is kept of a project follows from what is kept of its cover.
    for derived in (COVER, APPROVALS, PROJECTS, TALLIES):
        named = {word for word in WORD.findall(str(derived.make)) if word in found}
        found[derived.table.name] = frozenset().union(*(found[one] for one in named - {derived.table.name}))
    found[PROJECTS.table.name] -= checks
    return found | dict.fromkeys(COUNTS, checks)


@lru_cache(maxsize=1000)
def tables_in(statement: str) -> frozenset[str]:
    """The tables whose events may change what a statement finds; one too many where a column has its name."""
    known = sources()
    return frozenset().union(*(known[word] for word in WORD.findall(statement) if word in known))


def last() -> tuple[ScalarSelect[int], ScalarSelect[str]]:
    """Number and hash of the last event, for a statement that finds out something else too."""
    found = (AuditEvent.seq, AuditEvent.hash)
    seq, sha256 = (select(one).order_by(AuditEvent.seq.desc()).limit(1).scalar_subquery() for one in found)
    return seq, sha256


def since(seen: Seen | None, now: Seen | None = None) -> tuple[Seen, list[Touch] | None]:
    """The last event, and what was touched since another, None where that is not known; mostly one query.

    `now` is the last event where that is known already: it may save the query.
    """
    event = AuditEvent
    if now and now == seen:
        return now, []
    asked = select(event.seq, event.hash, event.row, event.organisation_id, event.change)
    if seen:
        rows = db.session.execute(asked.where(event.seq >= seen.seq).order_by(event.seq).limit(MANY)).all()
        if rows and (rows[0].seq, rows[0].hash) == seen and len(rows) < MANY:
            return Seen(rows[-1].seq, rows[-1].hash), [touch_of(row) for row in rows[1:]]
    if now:
        return now, None
    newest = db.session.execute(select(event.seq, event.hash).order_by(event.seq.desc()).limit(1)).first()
    return Seen(*newest) if newest else Seen(0, ""), None


def touch_of(row: Any) -> Touch:
    """What one event touched; a row that left an organisation touches them all."""
    before, _ = json.loads(row.change).get("organisation_id", (None, None))
    return Touch(row.row.partition(" ")[0], None if before is not None else row.organisation_id)
