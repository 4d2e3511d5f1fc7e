"""Search across records: permission in the WHERE of each kind, misconduct cases in none."""

from collections.abc import Callable, Collection, Iterable
from typing import Any, NamedTuple

from sqlalchemy import Select, Subquery, and_, exists, func, select

from compliance import clock
from compliance.access import in_force, organisations_where
from compliance.accounts.queries import managed
from compliance.db import db
from compliance.derived.index import hits
from compliance.models import (
    Approval,
    ApprovalStanding,
    Membership,
    Organisation,
    OrganisationName,
    Project,
    ProjectStanding,
    ReportingPeriod,
    Statement,
    User,
)
from compliance.permissions import Permission
from compliance.rules.periods import years
from compliance.rules.searching import Term, excerpt
from compliance.search.requirements import requirements_with
from compliance.terms import Found

Terms = tuple[Term, ...]
FEW, MANY = 5, 20
# To rank costs more than to find: beyond so many a word says too little to rank by.
RANKED = 1000


class Hit(NamedTuple):
    """A record that was found: what its address ends in, what it is called, where it belongs, what fits."""

    kind: Found
    key: str
    title: str
    reference: str = ""
    place: str = ""
    said: str = ""


# Whoever holds it nowhere finds nothing of the kind; requirements are there for everyone who is signed in.
PERMISSIONS: dict[Found, Permission | None] = {
    Found.PROJECT: Permission.PROJECT_VIEW,
    Found.APPROVAL: Permission.APPROVAL_VIEW,
    Found.STATEMENT: Permission.STATEMENT_VIEW,
    Found.PERSON: Permission.ACCOUNT_MANAGE,
    Found.REQUIREMENT: None,
}


def kinds_for(held: Collection[Permission]) -> list[Found]:
    """What somebody with these permissions can look for."""
    return [kind for kind, needed in PERMISSIONS.items() if needed is None or needed in held]


def where(place: Any, kind: Found, by: User) -> Any:
    """Condition on the organisation of a record: this person may read its kind there."""
    needed = PERMISSIONS[kind]
    assert needed is not None
    return place.in_(organisations_where(by, needed, clock.today()))


def readable(kind: Found, found: Subquery, by: User) -> Select[*tuple[Any, ...]]:
    """What was found of a kind, where this person may read it.

    Projects and approvals are asked for by their standings, in rows narrow enough to read thousands of them.
    """
    asked = select(found.c.row_id)
    if kind is Found.PROJECT:
        row, place = ProjectStanding.project_id, ProjectStanding.organisation_id
    elif kind is Found.APPROVAL:
        row, place = ApprovalStanding.approval_id, ApprovalStanding.organisation_id
    elif kind is Found.STATEMENT:
        row, place = Statement.id, Statement.organisation_id
    else:
        return asked.where(exists().where(Membership.user_id == found.c.row_id, managed(by)))
    return asked.join_from(found, row.class_, row == found.c.row_id).where(where(place, kind, by))


def projects(numbers: Subquery) -> Select[*tuple[Any, ...]]:
    """What is told of projects."""
    columns = (Project.organisation_id, Project.reference, Project.title, Project.summary)
    return select(Project.id, *columns).join(numbers, numbers.c.row_id == Project.id)


def approvals(numbers: Subquery) -> Select[*tuple[Any, ...]]:
    """What is told of approvals."""
    columns = (Approval.organisation_id, Approval.reference, Approval.body_name, Project.title)
    return (
        select(Approval.id, *columns)
        .join(Project, Project.id == Approval.project_id)
        .join(numbers, numbers.c.row_id == Approval.id)
    )


def statements(numbers: Subquery) -> Select[*tuple[Any, ...]]:
    """What is told of statements."""
    return (
        select(Statement.id, Statement.organisation_id, Statement.reference, ReportingPeriod)
        .join(ReportingPeriod, ReportingPeriod.id == Statement.period_id)
        .join(numbers, numbers.c.row_id == Statement.id)
    )


def people(numbers: Subquery) -> Select[*tuple[Any, ...]]:
    """What is told of people."""
    return select(User.id, User.name, User.email).join(numbers, numbers.c.row_id == User.id)


ROWS: dict[Found, Callable[[Subquery], Select[*tuple[Any, ...]]]] = {
    Found.PROJECT: projects,
    Found.APPROVAL: approvals,
    Found.STATEMENT: statements,
    Found.PERSON: people,
}


def best_first(found: Subquery, *, ranked: bool) -> list[Any]:
    """The order of what was found: what fits best, of equals the newest; without ranks the newest."""
    return [*([found.c.rank] if ranked else []), found.c.number.desc()]


class Search:
    """What one person finds of these kinds by these terms: how many of each, and some of one."""

    def __init__(self, terms: Terms, kinds: Iterable[Found], *, by: User) -> None:
        self.terms = terms
        self.found = {kind: hits(kind, terms) for kind in kinds if kind in ROWS}
        self.readable = {kind: readable(kind, found, by) for kind, found in self.found.items()}
        self.requirements = requirements_with(terms)
        self.counts = self.counted()

    def counted(self) -> dict[Found, int]:
        """How many records of each kind; one query."""
        asked = [
            select(func.count()).select_from(one.subquery()).scalar_subquery()
            for one in self.readable.values()
        ]
        nothing = (0,) * len(asked)
        found = db.session.execute(select(*asked)).one() if asked and self.terms else nothing
        return {**dict(zip(self.found, found, strict=True)), Found.REQUIREMENT: len(self.requirements)}

    def some(self, kind: Found, start: int = 0, most: int = FEW) -> list[Hit]:
        """Some records of a kind, what fits best first, among many the newest; at most two queries."""
        if kind is Found.REQUIREMENT:
            shown = self.requirements[start : start + most]
            return [Hit(kind, row.code, row.title, row.code, of.short, row.text) for of, row in shown]
        ranked, found = self.counts[kind] <= RANKED, self.found[kind]
        asked = self.readable[kind].add_columns(found.c.number, *([found.c.rank] if ranked else []))
        few = asked.order_by(*best_first(found, ranked=ranked)).limit(most).offset(start).subquery()
        rows = db.session.execute(ROWS[kind](few).order_by(*best_first(few, ranked=ranked))).all()
        if kind is Found.PERSON:
            return [Hit(kind, str(number), name, said=email) for number, name, email in rows]
        names = names_of({row.organisation_id for row in rows})
        return [told(kind, row, names, self.terms) for row in rows]


def told(kind: Found, row: Any, names: dict[int, str], terms: Terms) -> Hit:
    """A row of the database as what was found."""
    _, place, reference, what, *more = row
    if kind is Found.STATEMENT:
        return Hit(kind, reference, f"Annual statement {years(what)}", reference, names[place])
    said = more[0] if kind is Found.APPROVAL else excerpt(terms, more[0])
    return Hit(kind, reference, what, reference, names[place], said)


def names_of(ids: Collection[int]) -> dict[int, str]:
    """What these organisations are called today."""
    name = and_(
        OrganisationName.organisation_id == Organisation.id, *in_force(OrganisationName, clock.today())
    )
    rows = db.session.execute(
        select(Organisation.id, func.coalesce(OrganisationName.name, Organisation.code))
        .outerjoin(OrganisationName, name)
        .where(Organisation.id.in_(ids))
    )
    return {row[0]: row[1] for row in rows}
