"""The index in step with the records: in the transaction of every change, and all of it on demand."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, event, inspect, or_, select
from sqlalchemy.orm import Session, UOWTransaction

from compliance.db import begin_write, db
from compliance.derived import index
from compliance.derived.entries import KEPT
from compliance.models import Approval, Narrative, OrganisationName, Partner, Project, Statement, User
from compliance.terms import Found

PORTION = 500
# What of each kind of row an entry is made of; a change of anything else changes none.
READ: dict[type, tuple[str, ...]] = {
    Project: ("title", "summary", "funder", "areas_of_interest", "lead_id", "organisation_id", "partners"),
    Partner: ("name",),
    Approval: ("body_name", "body_reference"),
    User: ("name", "email"),
    Statement: ("organisation_id", "period_id"),
    Narrative: ("text",),
    OrganisationName: ("name", "organisation_id"),
}


class Changed(NamedTuple):
    """The rows that a transaction changed, by what they are."""

    projects: set[int]
    approvals: set[int]
    statements: set[int]
    people: set[int]
    organisations: set[int]

    def add(self, row: object) -> None:
        """Remember whose entries a row belongs to."""
        match row:
            case Project():
                self.projects.add(row.id)
            case Partner():
                self.projects.add(row.project_id)
            case Approval():
                self.approvals.add(row.id)
            case Statement():
                self.statements.add(row.id)
            case Narrative():
                self.statements.add(row.statement_id)
            case User():
                self.people.add(row.id)
            case OrganisationName():
                self.organisations.add(row.organisation_id)


@event.listens_for(Session, "after_flush")
def note_words(session: Session, _context: UOWTransaction) -> None:
    """Remember the rows whose words the flush changed until the transaction is committed."""
    changed = session.info.setdefault("reworded", Changed(set(), set(), set(), set(), set()))
    for row in [*session.new, *session.deleted]:
        changed.add(row)
    for row in session.dirty:
        parts = inspect(row).attrs
        if any(parts[name].history.has_changes() for name in READ.get(type(row), ())):
            changed.add(row)


@event.listens_for(Session, "before_commit")
def keep_index(session: Session) -> None:
    """Index anew what the transaction changed; whoever searches afterwards finds it so."""
    session.flush()
    changed: Changed | None = session.info.pop("reworded", None)
    if changed and any(changed):
        follow(session.connection(), changed)


@event.listens_for(Session, "after_rollback")
def forget_words(session: Session) -> None:
    """What was rolled back changed nothing."""
    session.info.pop("reworded", None)


def follow(connection: Connection, changed: Changed) -> None:
    """Index anew what changed, and what carries its words: a lead’s projects, a project’s approvals."""
    places, people = sorted(changed.organisations), sorted(changed.people)
    projects, approvals, statements = changed.projects, changed.approvals, changed.statements
    if places or people:
        led = or_(Project.organisation_id.in_(places), Project.lead_id.in_(people))
        projects |= set(connection.scalars(select(Project.id).where(led)))
    if projects:
        approvals |= set(connection.scalars(select(Approval.id).where(Approval.project_id.in_(projects))))
    if places:
        theirs = select(Statement.id).where(Statement.organisation_id.in_(places))
        statements |= set(connection.scalars(theirs))
    whole = ((Found.PROJECT, projects), (Found.APPROVAL, approvals), (Found.STATEMENT, statements))
    for kind, ids in (*whole, (Found.PERSON, changed.people)):
        for some in portions(ids):
            refresh(connection, kind, some)


def refresh(connection: Connection, kind: Found, ids: Collection[int]) -> set[tuple[Any, ...]]:
    """Index these records anew where their words changed; what was there and what is, where they differ."""
    wanted, held = KEPT[kind][1](connection, ids), index.held(connection, kind, ids)
    fresh = {one: entry for one, entry in wanted.items() if held.get(one) != entry}
    gone = held.keys() - wanted.keys()
    index.put(connection, kind, fresh, gone)
    before = {(kind.value, one, *held[one]) for one in (*fresh, *gone) if one in held}
    return before | {(kind.value, one, *entry) for one, entry in fresh.items()}


def portions(ids: Iterable[int]) -> Iterator[list[int]]:
    """Numbers, some hundreds at a time: a database takes only so many at once."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), PORTION):
        yield ordered[start : start + PORTION]


def everything(connection: Connection) -> Iterator[tuple[Found, list[int]]]:
    """Every record that there is or that the index holds, some hundreds at a time."""
    indexed = index.numbers(connection)
    for kind, (model, _) in KEPT.items():
        there = set(connection.scalars(select(model.id))) | {one for of, one in indexed if of is kind}
        yield from ((kind, some) for some in portions(there))


def rebuild(connection: Connection) -> None:
    """Index everything, for rows that were written past the session."""
    for kind, some in list(everything(connection)):
        refresh(connection, kind, some)


def recount(*, mend: bool) -> list[tuple[Any, ...]]:
    """The entries that differ from what the records say, in short transactions; put right when asked to."""
    wrong: list[tuple[Any, ...]] = []
    session = db.session()
    for kind, some in list(everything(session.connection())):
        begin_write(session)
        wrong += refresh(session.connection(), kind, some)
        if mend:
            session.commit()
        else:
            session.rollback()
    return sorted(wrong, key=str)
