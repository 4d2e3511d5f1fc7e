"""The audit trail: every write leaves an event, chained by hash from the first one."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, event, exists, insert, inspect, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import AttributeState, InstanceState, RelationshipDirection, Session, UOWTransaction

from compliance import clock
from compliance.db import Base, Fleeting, db, queue, transaction
from compliance.models import AuditEvent, Organisation, SignOff, User
from compliance.redaction import UNTOLD, plain, shown

START = "0" * 64
# The subject while an account is opened that has no number yet.
NEW_ACCOUNT = "account"
FIELDS = ("seq", "at", "actor_id", "actor", "event", "subject", "row", "change", "organisation_id")


class Unattributed(Exception):
    """A write that nobody explained: call audit.record first in the transaction."""


class Cause(NamedTuple):
    """Why the rows of this transaction change."""

    event: str
    subject: str | User
    actor_id: int | None
    organisation_id: int | None

    def told(self) -> dict[str, Any]:
        """The same as events tell it: people by the number of their account."""
        subject = self.subject if isinstance(self.subject, str) else account(self.subject.id)
        actor = account(self.actor_id) if self.actor_id else "the service itself"
        return {**self._asdict(), "subject": subject, "actor": actor}


def account(number: int | str) -> str:
    """How the trail calls the person of an account; whoever reads it is shown the name beside."""
    return f"account {number}"


def number_of_account(person: User) -> int:
    """The number of somebody who is known: nothing is read afresh for it, as all else in a transaction is."""
    identity: tuple[int] | None = inspect(person).identity
    return identity[0] if identity else person.id


def record(event_name: str, *, subject: str | User, by: User | None, at: Organisation | None = None) -> None:
    """Say what the transaction is about to do (`noun.verb_ed`), to which record or account, and who does it.

    Where it happens is read from each row that changes; `at` says so for rows that belong nowhere.
    """
    cause = Cause(event_name, subject, number_of_account(by) if by else None, at.id if at else None)
    db.session.info["cause"] = cause


def place_of(row: Any) -> int | None:
    """The organisation a row belongs to: its own column, or that of what it is part of; None for neither."""
    if isinstance(row, Organisation):
        return row.id
    if hasattr(row, "organisation_id"):
        place: int | None = row.organisation_id
        return place
    owners = [
        owner_of(inspect(row).attrs[link.key])
        for link in inspect(type(row)).relationships
        if link.direction is RelationshipDirection.MANYTOONE and link.mapper.class_ is not User
    ]
    return next((place for owner in owners if owner and (place := place_of(owner))), None)


def owner_of(part: AttributeState) -> Any:
    """What a row is part of, or was until its owner dropped it."""
    return part.value or next(iter(part.history.deleted or ()), None)


def change_of(state: InstanceState[Any], *, gone: bool) -> dict[str, list[Any]]:
    """Before and after of every column that changed."""
    changes, model = {}, state.class_
    for column in state.mapper.column_attrs:
        if column.key in UNTOLD:
            continue
        history = state.attrs[column.key].history
        if gone:
            changes[column.key] = [shown(model, column.key, state.dict.get(column.key)), None]
        elif history.has_changes():
            before = history.deleted[0] if history.deleted else None
            after = history.added[0] if history.added else None
            changes[column.key] = [shown(model, column.key, before), shown(model, column.key, after)]
    return changes


def chained(previous: str, values: dict[str, Any]) -> str:
    """The hash of an event: SHA-256 over the previous hash and every field, as JSON in a fixed order."""
    parts = [previous, *(plain(values[field]) for field in FIELDS)]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def head(connection: Connection) -> tuple[int, str]:
    """Number and hash of the last event; (0, zeros) before the first."""
    last = connection.execute(
        select(AuditEvent.seq, AuditEvent.hash).order_by(AuditEvent.seq.desc()).limit(1)
    ).first()
    return (last.seq, last.hash) if last else (0, START)


@event.listens_for(Session, "after_flush")
def write_events(session: Session, context: UOWTransaction) -> None:
    """Add one event for each row that the flush changed; raise Unattributed if nobody said why."""
    # A row that its owner dropped is deleted by the flush without standing in session.deleted.
    gone = [state for state, (deleted, seen_only) in context.states.items() if deleted and not seen_only]
    # In an order that the same changes always have; a set has that of its addresses in memory.
    dirty = sorted(map(inspect, session.dirty), key=lambda state: (state.class_.__name__, state.identity))
    kept = [state for state in [*map(inspect, session.new), *dirty] if state not in gone]
    changes = [
        (state, change)
        for states, deleted in ((kept, False), (gone, True))
        for state in states
        if issubclass(state.class_, Base)
        and not issubclass(state.class_, AuditEvent | Fleeting)
        and (change := change_of(state, gone=deleted))
    ]
    if not changes:
        return
    cause: Cause | None = session.info.get("cause")
    if cause is None:
        raise Unattributed(", ".join(sorted({state.class_.__name__ for state, _ in changes})))
    append(session.connection(), cause, changes)


def seen(event_name: str, row: Base, *, subject: str, by: User, listed: Iterable[str] = ()) -> None:
    """Leave an event that somebody looked at a row of which every view is recorded; nothing changes.

    Of a list it says which references stood in it. What was loaded of the row is read afresh afterwards.
    """
    told = {"listed": [None, ", ".join(listed)]} if listed else {}
    with transaction():
        record(event_name, subject=subject, by=by)
        append(db.session.connection(), db.session.info["cause"], [(inspect(row), told)])


def append(connection: Connection, cause: Cause, changes: list[tuple[Any, dict[str, list[Any]]]]) -> None:
    """Write the events behind the head of the chain, in one statement."""
    queue(connection)
    seq, previous = head(connection)
    at, told, events = clock.now(), cause.told(), []
    for state, change in changes:
        seq += 1
        key = "/".join(str(part) for part in state.mapper.primary_key_from_instance(state.obj()))
        values = {
            "seq": seq,
            "at": at,
            "row": f"{state.mapper.local_table.name} {key}",
            "change": json.dumps(change, sort_keys=True, ensure_ascii=False),
            **told,
        }
        if cause.organisation_id is None:
            values["organisation_id"] = place_of(state.obj())
        if cause.subject == NEW_ACCOUNT and state.class_ is User:
            values["subject"] = account(key)
        values["previous"], previous = previous, chained(previous, values)
        events.append({**values, "hash": previous})
    connection.execute(insert(AuditEvent.__table__), events)  # type: ignore[arg-type]


class Break(NamedTuple):
    """Where the chain breaks: the number of the event, and what is wrong with it."""

    seq: int
    what: str


def printed_heads() -> dict[int, str]:
    """Number and hash of the last event before each signature, as the signed statements print them."""
    rows = db.session.execute(select(SignOff.audit_seq, SignOff.audit_head))
    return {row.audit_seq: row.audit_head for row in rows}


def verify() -> tuple[int, Break | None]:
    """Walk the chain; the number of events that hold, and the first break if there is one.

    A chain that was cut short or made anew from some event on still holds in itself; the signed
    statements, which are public, remember what it was.
    """
    previous, count, printed = START, 0, printed_heads()
    columns = AuditEvent.__table__.columns
    for row in db.session.execute(select(*columns).order_by(AuditEvent.seq)).mappings().yield_per(500):
        values = dict(row)
        if values["seq"] != count + 1:
            return count, Break(values["seq"], f"event {count + 1} is missing")
        if values["previous"] != previous or chained(previous, values) != values["hash"]:
            return count, Break(values["seq"], "its content does not match its hash")
        previous, count = values["hash"], count + 1
        if printed.pop(count, previous) != previous:
            return count - 1, Break(count, "a signed statement prints another hash for it")
    if count == 0 and db.session.scalar(select(exists(select(User.id)))):
        return 0, Break(1, "it is missing, though there are records")
    if printed:
        return count, Break(min(printed), "it is missing, but a signed statement prints its hash")
    return count, None


def number_of(printed: str) -> int | None:
    """The number of the event whose hash begins with what a statement prints; None when there is none."""
    begins = AuditEvent.hash.startswith(printed.strip().lower(), autoescape=True)
    found: int | None = db.session.scalar(select(AuditEvent.seq).where(begins).limit(1))
    return found


def lines(*conditions: ColumnElement[bool]) -> Iterator[str]:
    """The events under these conditions as JSON Lines, the oldest first, each with its hashes."""
    columns = AuditEvent.__table__.columns
    rows = db.session.execute(select(*columns).where(*conditions).order_by(AuditEvent.seq))
    for row in rows.mappings().yield_per(500):
        told = {key: plain(value) for key, value in row.items()}
        told["change"] = json.loads(row["change"])
        yield json.dumps(told, ensure_ascii=False) + "\n"
