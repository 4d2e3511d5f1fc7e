"""The audit trail, read: what this person may see of it, a page at a time, the newest first."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, exists, false, func, or_, select, tuple_
from werkzeug.exceptions import NotFound

from compliance import audit, clock
from compliance.access import in_force, organisations_where
from compliance.db import db
from compliance.models import AuditEvent, Organisation, OrganisationLink, User
from compliance.permissions import Permission

READ = 200  # events of one page at most; a transaction may have changed many records
SERVICE = "the service itself"
# The tables of the case register, and how its subjects begin.
REGISTER = ("case", "allegation", "case_stage", "reclassing", "nil_year")
REFERENCES = ("CASE-", "NIL-")
NOUNS = ("case.", "nil_year.")
ACCOUNT = re.compile(r"account \d+")


@dataclass(frozen=True)
class Wanted:
    """What of the trail to show; whatever is empty does not narrow it."""

    subject: str = ""
    person: str = ""
    event: str = ""
    from_on: date | None = None
    until_on: date | None = None


def sees_everything(by: User) -> bool:
    """Whether this person may read the trail of every tree of organisations, and what belongs to none."""
    today = clock.today()
    has_parent = exists().where(
        OrganisationLink.organisation_id == Organisation.id, *in_force(OrganisationLink, today)
    )
    beyond = exists().where(
        ~has_parent, Organisation.id.not_in(organisations_where(by, Permission.AUDIT_VIEW, today))
    )
    return not db.session.scalar(select(beyond))


def of_the_register() -> ColumnElement[bool]:
    """Condition on AuditEvent: it tells something of a misconduct case."""
    return or_(
        *(AuditEvent.row.startswith(f"{table} ", autoescape=True) for table in REGISTER),
        *(AuditEvent.subject.startswith(start) for start in REFERENCES),
        # Who looked through the register of an organisation: its subject is the organisation.
        AuditEvent.event == "case.listed",
    )


def readable(*, by: User, everything: bool) -> list[ColumnElement[bool]]:
    """The conditions on AuditEvent under which this person may read it: place, and no case of others.

    Whoever sees everything is spared the condition on the place, which would cost a walk of the index.
    """
    today = clock.today()
    cases = organisations_where(by, Permission.MISCONDUCT_VIEW, today)
    conditions: list[ColumnElement[bool]] = [
        or_(~of_the_register(), func.coalesce(AuditEvent.organisation_id, 0).in_(cases))
    ]
    if not everything:
        places = organisations_where(by, Permission.AUDIT_VIEW, today)
        conditions.append(AuditEvent.organisation_id.in_(places))
    return conditions


def midnight(day: date) -> datetime:
    """The moment at which a day begins in the United Kingdom."""
    return datetime.combine(day, time(), clock.LONDON)


def narrowed(wanted: Wanted) -> list[ColumnElement[bool]]:
    """The conditions on AuditEvent of what is wanted; each can use an index of its own."""
    found: list[ColumnElement[bool]] = []
    if wanted.subject:
        words = {wanted.subject, wanted.subject.upper(), wanted.subject.lower()}
        # An address stands for its account: the trail knows the number alone.
        numbers = db.session.scalars(select(User.id).where(User.email == wanted.subject.lower())).all()
        found.append(AuditEvent.subject.in_(words | {audit.account(one) for one in numbers}))
    if wanted.person and wanted.person.lower() in SERVICE:
        found.append(AuditEvent.actor_id.is_(None))
    elif wanted.person:
        # Read first: with a subquery the planner walks the whole trail when nobody has this name.
        named = select(User.id).where(User.name.icontains(wanted.person, autoescape=True))
        numbers = db.session.scalars(named).all()
        found.append(AuditEvent.actor_id.in_(numbers) if numbers else false())
    if wanted.event:
        found.append(AuditEvent.event == wanted.event)
    if wanted.from_on:
        found.append(AuditEvent.at >= midnight(wanted.from_on))
    if wanted.until_on:
        found.append(AuditEvent.at < midnight(wanted.until_on + timedelta(days=1)))
    return found


def trail(
    wanted: Wanted, *, by: User, everything: bool, before: int | None = None
) -> tuple[Sequence[AuditEvent], bool]:
    """Events older than a number, the newest first, and whether there are older ones still."""
    found: Select[AuditEvent] = (
        select(AuditEvent).where(*narrowed(wanted), *readable(by=by, everything=everything)).limit(READ + 1)
    )
    # Between days, the trail is walked along its moments: the numbers before them may be millions.
    if wanted.from_on or wanted.until_on:
        order = tuple_(AuditEvent.at, AuditEvent.seq)
        found = found.order_by(AuditEvent.at.desc(), AuditEvent.seq.desc())
        if before is not None:
            at = select(AuditEvent.at).where(AuditEvent.seq == before).scalar_subquery()
            found = found.where(order < tuple_(at, before))
    else:
        found = found.order_by(AuditEvent.seq.desc())
        if before is not None:
            found = found.where(AuditEvent.seq < before)
    rows = db.session.scalars(found).all()
    return rows[:READ], len(rows) > READ


def exported(wanted: Wanted, *, by: User) -> Iterator[str]:
    """The wanted events that this person may read as JSON Lines, the oldest first."""
    return audit.lines(*narrowed(wanted), *readable(by=by, everything=sees_everything(by)))


def transaction_of(seq: int, *, by: User) -> Sequence[AuditEvent]:
    """Every event of the transaction that an event belongs to, the newest first.

    Raises NotFound when there is no such event, or when this person may not read it.
    """
    visible = readable(by=by, everything=sees_everything(by))
    told = db.session.scalar(select(AuditEvent).where(AuditEvent.seq == seq, *visible))
    if told is None:
        raise NotFound
    together = (AuditEvent.at, AuditEvent.actor, AuditEvent.event, AuditEvent.subject)
    found: Sequence[AuditEvent] = db.session.scalars(
        select(AuditEvent)
        .where(*(column == getattr(told, column.key) for column in together), *visible)
        .order_by(AuditEvent.seq.desc())
    ).all()
    return found


def kinds(*, by: User) -> list[str]:
    """Every kind of event there is, in order; those of the case register only for who may see cases.

    Hops from one kind to the next along the index, since there are few kinds and many events.
    """
    first = select(func.min(AuditEvent.event).label("event")).cte("kinds", recursive=True)
    later = select(AuditEvent.event).where(AuditEvent.event > first.c.event)
    hops = first.union_all(
        select(later.order_by(AuditEvent.event).limit(1).scalar_subquery()).where(first.c.event.is_not(None))
    )
    found = db.session.scalars(select(hops.c.event).where(hops.c.event.is_not(None))).all()
    cases = organisations_where(by, Permission.MISCONDUCT_VIEW, clock.today())
    if db.session.scalar(select(exists(cases))):
        return list(found)
    return [kind for kind in found if not kind.startswith(NOUNS)]


def places_of(events: Sequence[AuditEvent]) -> dict[int, str]:
    """The names of the organisations where these events happened, by their number."""
    numbers = {row.organisation_id for row in events if row.organisation_id}
    rows = db.session.scalars(select(Organisation).where(Organisation.id.in_(numbers))).all()
    return {row.id: row.name_on(clock.today()) for row in rows}


def people_of(events: Sequence[AuditEvent]) -> dict[str, str]:
    """The names that accounts bear now, by how the trail calls them: who acted, and whose it was about."""
    numbers = {row.actor_id for row in events if row.actor_id}
    numbers |= {int(row.subject.split()[1]) for row in events if ACCOUNT.fullmatch(row.subject)}
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(numbers))).all()
    return {audit.account(row.id): row.name for row in rows}


def walk() -> tuple[int, audit.Break | None]:
    """The number of events that hold, of the whole trail, and the first break if there is one."""
    return audit.verify()


def around(seq: int) -> Sequence[AuditEvent]:
    """The events just before and after a number: where and when a chain breaks, never what it says."""
    found: Sequence[AuditEvent] = db.session.scalars(
        select(AuditEvent).where(AuditEvent.seq.between(seq - 1, seq + 1)).order_by(AuditEvent.seq)
    ).all()
    return found


def fingerprint_of(seq: int) -> str:
    """The hash of an event; empty when there is none."""
    return db.session.scalar(select(AuditEvent.hash).where(AuditEvent.seq == seq)) or ""
