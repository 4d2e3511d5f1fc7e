"""Keeping what follows from the records: in the transaction of every change, and all of it on demand."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import Connection, Delete, Insert, Select, delete, event, insert, inspect, select
from sqlalchemy.orm import Session, UOWTransaction

from compliance.db import begin_write, db
from compliance.derived import statements
from compliance.derived.statements import COMMITMENTS, IDS
from compliance.models import (
    Approval,
    ApprovalEvent,
    ApprovalStanding,
    Check,
    CheckTally,
    Condition,
    Cover,
    Decision,
    Organisation,
    Project,
    ProjectStanding,
)

PORTION = 500
# What is counted of a check; most answers say again how it stands, and change no count.
COUNTED = ("project_id", "organisation_id", "commitment", "standing", "due_on")


class Kept:
    """How the rows of one table are found, dropped and made again.

    To build that costs more than to run it, so it is built once: with the first change, not with the start.
    """

    def __init__(self, model: Any, found: Callable[[], Select[*tuple[Any, ...]]], *where: Any) -> None:
        self.table, self.found, self.where = model.__table__, found, where

    @cached_property
    def find(self) -> Select[*tuple[Any, ...]]:
        """The rows that are kept."""
        return select(self.table).where(*self.where)

    @cached_property
    def drop(self) -> Delete:
        """Drop them."""
        return delete(self.table).where(*self.where)

    @cached_property
    def make(self) -> Insert:
        """Make them again of what the SELECT finds."""
        return insert(self.table).from_select(list(self.table.columns), self.found())


COVER = Kept(Cover, statements.cover, Cover.project_id.in_(IDS))
APPROVALS = Kept(ApprovalStanding, statements.approvals, ApprovalStanding.project_id.in_(IDS))
PROJECTS = Kept(ProjectStanding, statements.projects, ProjectStanding.project_id.in_(IDS))
TALLIES = Kept(
    CheckTally,
    statements.tallies,
    CheckTally.organisation_id.in_(IDS),
    CheckTally.commitment.in_(COMMITMENTS),
)


class Touched(NamedTuple):
    """What a transaction changed: projects with their approvals, projects by their checks alone, tallies."""

    whole: set[int]
    by_checks: set[int]
    organisations: set[int]
    commitments: set[str]


def note(touched: Touched, row: object) -> None:
    """Remember which project a row belongs to."""
    match row:
        case Project():
            touched.whole.add(row.id)
        case Approval():
            touched.whole.add(row.project_id)
        case ApprovalEvent() | Decision():
            touched.whole.add(row.approval.project_id)
        case Condition():
            touched.whole.add(row.decision.approval.project_id)
        case Check() if any(inspect(row).attrs[name].history.has_changes() for name in COUNTED):
            touched.by_checks.add(row.project_id)
            touched.organisations.add(row.organisation_id)
            touched.commitments.add(row.commitment)


@event.listens_for(Session, "after_flush")
def note_all(session: Session, _context: UOWTransaction) -> None:
    """Remember what the flush changed until the transaction is committed."""
    touched = session.info.setdefault("touched", Touched(set(), set(), set(), set()))
    for row in [*session.new, *session.dirty, *session.deleted]:
        note(touched, row)


@event.listens_for(Session, "before_commit")
def keep(session: Session) -> None:
    """Work out again what the transaction changed; whoever reads it afterwards finds it so."""
    session.flush()
    touched: Touched | None = session.info.pop("touched", None)
    if touched:
        refresh(session.connection(), touched)


@event.listens_for(Session, "after_rollback")
def forget(session: Session) -> None:
    """What was rolled back changed nothing."""
    session.info.pop("touched", None)


def refresh(connection: Connection, touched: Touched) -> None:
    """Work out again what follows for these projects."""
    if touched.whole:
        replace(connection, (COVER, APPROVALS, PROJECTS), ids=sorted(touched.whole))
    if by_checks := touched.by_checks - touched.whole:
        connection.execute(statements.checks_alone(), {"ids": sorted(by_checks)})
    if touched.organisations:
        places, codes = sorted(touched.organisations), sorted(touched.commitments)
        replace(connection, (TALLIES,), ids=places, commitments=codes)


def replace(connection: Connection, tables: Sequence[Kept], **named: Any) -> None:
    """Drop rows and make them again."""
    for one in tables:
        connection.execute(one.drop, named)
        connection.execute(one.make, named)


def portions(connection: Connection) -> Iterator[Touched]:
    """Everything there is, a number of projects or an organisation at a time."""
    numbers = list(connection.scalars(select(Project.id).order_by(Project.id)))
    for start in range(0, len(numbers), PORTION):
        yield Touched(set(numbers[start : start + PORTION]), set(), set(), set())
    commitments = set(connection.scalars(select(Check.commitment).distinct()))
    for place in list(connection.scalars(select(Organisation.id).order_by(Organisation.id))):
        yield Touched(set(), set(), {place}, commitments)


def rebuild(connection: Connection) -> None:
    """Work out everything again, for rows that were written past the session."""
    for touched in portions(connection):
        refresh(connection, touched)


def held(connection: Connection, touched: Touched) -> set[tuple[Any, ...]]:
    """The rows that are kept, each after the name of its table."""
    wanted = {"ids": [*touched.whole, *touched.organisations], "commitments": list(touched.commitments)}
    tables = (TALLIES,) if touched.organisations else (COVER, APPROVALS, PROJECTS)
    return {(one.table.name, *row) for one in tables for row in connection.execute(one.find, wanted)}


def recount(*, mend: bool) -> list[tuple[Any, ...]]:
    """The rows that differ from what the records say, in short transactions; put right when asked to."""
    wrong: list[tuple[Any, ...]] = []
    session = db.session()
    for touched in list(portions(session.connection())):
        begin_write(session)
        before = held(session.connection(), touched)
        refresh(session.connection(), touched)
        wrong += before ^ held(session.connection(), touched)
        if mend:
            session.commit()
        else:
            session.rollback()
    return sorted(wrong, key=str)
