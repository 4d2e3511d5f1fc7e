"""Search across records: permission in the WHERE of each kind, misconduct cases in none."""

from collections.abc import Callable, Collection, Iterable
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import CTE, ColumnElement, Integer, Select, Subquery, bindparam, case, exists, func, select

from compliance.access import asked_by, my_organisations
from compliance.db import db
from compliance.derived.index import hits_of_words, numbers_of, spoken
from compliance.models import (
    Approval,
    ApprovalStanding,
    Membership,
    Organisation,
    Project,
    ProjectStanding,
    ReportingPeriod,
    Statement,
    User,
)
from compliance.organisations.queries import name_today
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


def mine(kind: Found) -> Select[int]:
    """Where ME may read a kind."""
    needed = PERMISSIONS[kind]
    assert needed is not None
    return my_organisations(needed)


def readable(kind: Found, found: Subquery) -> Select[*tuple[Any, ...]]:
    """What was found of a kind, where ME may read it.

    Projects and approvals are asked for by their standings, in rows narrow enough to read thousands of them.
    """
    asked = select(found.c.row_id)
    if kind is Found.PERSON:
        managed = Membership.organisation_id.in_(mine(kind))
        return asked.where(exists().where(Membership.user_id == found.c.row_id, managed))
    row, place = {
        Found.PROJECT: (ProjectStanding.project_id, ProjectStanding.organisation_id),
        Found.APPROVAL: (ApprovalStanding.approval_id, ApprovalStanding.organisation_id),
        Found.STATEMENT: (Statement.id, Statement.organisation_id),
    }[kind]
    return asked.join_from(found, row.class_, row == found.c.row_id).where(place.in_(mine(kind)))


def how_many(kind: Found, found: Subquery, everywhere: CTE) -> ColumnElement[int]:
    """How many of a kind ME may read of what was found.

    Who may read it everywhere is not told where each of them is: that took most of a search. A person
    belongs to no one organisation, or to none.
    """
    read = select(func.count()).select_from(readable(kind, found).subquery()).scalar_subquery()
    if kind is Found.PERSON:
        return read
    elsewhere = exists().where(Organisation.id.not_in(mine(kind)))
    return case((elsewhere, read), else_=select(everywhere.c[kind.value]).scalar_subquery())


def projects(numbers: Subquery) -> Select[*tuple[Any, ...]]:
    """What is told of projects."""
    return (
        select(name_today(), Project.reference, Project.title, Project.summary)
        .join(Organisation, Organisation.id == Project.organisation_id)
        .join(numbers, numbers.c.row_id == Project.id)
    )


def approvals(numbers: Subquery) -> Select[*tuple[Any, ...]]:
    """What is told of approvals."""
    return (
        select(name_today(), Approval.reference, Approval.body_name, Project.title)
        .join(Project, Project.id == Approval.project_id)
        .join(Organisation, Organisation.id == Approval.organisation_id)
        .join(numbers, numbers.c.row_id == Approval.id)
    )


def statements(numbers: Subquery) -> Select[*tuple[Any, ...]]:
    """What is told of statements."""
    return (
        select(name_today(), Statement.reference, ReportingPeriod)
        .join(ReportingPeriod, ReportingPeriod.id == Statement.period_id)
        .join(Organisation, Organisation.id == Statement.organisation_id)
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


@cache
def counts_of(kinds: tuple[Found, ...], database: str) -> Select[*tuple[int, ...]]:
    """How many of each kind ME finds by the `words` that are given; built once, as is the next."""
    everywhere = numbers_of(kinds, database)
    return select(*(how_many(kind, hits_of_words(kind, database), everywhere) for kind in kinds))


@cache
def some_of(kind: Found, database: str, *, ranked: bool) -> Select[*tuple[Any, ...]]:
    """So many of a kind after so many others: what fits best, of equals the newest; else the newest."""
    found = hits_of_words(kind, database)
    best = [found.c.rank] if ranked else []
    size, before = (bindparam(name, type_=Integer()) for name in ("size", "before"))
    asked = readable(kind, found).add_columns(found.c.number, *best)
    few = asked.order_by(*best, found.c.number.desc()).limit(size).offset(before).subquery()
    return ROWS[kind](few).order_by(*([few.c.rank] if ranked else []), few.c.number.desc())


class Search:
    """What one person finds of these kinds by these terms: how many of each, and some of one."""

    def __init__(self, terms: Terms, kinds: Iterable[Found], *, by: User) -> None:
        self.terms, self.given = terms, {"words": spoken(terms), **asked_by(by)}
        self.database = db.engine.dialect.name
        self.requirements = requirements_with(terms)
        self.counts = self.counted(tuple(kind for kind in kinds if kind in ROWS))

    def counted(self, kinds: tuple[Found, ...]) -> dict[Found, int]:
        """How many records of each kind; one query."""
        asked = kinds and self.terms
        found = db.session.execute(counts_of(kinds, self.database), self.given).one() if asked else None
        return {
            **dict(zip(kinds, found or (0,) * len(kinds), strict=True)),
            Found.REQUIREMENT: len(self.requirements),
        }

    def some(self, kind: Found, start: int = 0, most: int = FEW) -> list[Hit]:
        """Some records of a kind, what fits best first, among many the newest; at most one query."""
        if kind is Found.REQUIREMENT:
            shown = self.requirements[start : start + most]
            return [Hit(kind, row.code, row.title, row.code, of.short, row.text) for of, row in shown]
        if not self.counts[kind]:
            return []
        asked = some_of(kind, self.database, ranked=self.counts[kind] <= RANKED)
        rows = db.session.execute(asked, {"size": most, "before": start, **self.given})
        return [told(kind, row, self.terms) for row in rows]


def told(kind: Found, row: Any, terms: Terms) -> Hit:
    """A row of the database as what was found."""
    if kind is Found.PERSON:
        number, name, email = row
        return Hit(kind, str(number), name, said=email)
    place, reference, what, *more = row
    if kind is Found.STATEMENT:
        return Hit(kind, reference, f"Annual statement {years(what)}", reference, place)
    said = more[0] if kind is Found.APPROVAL else excerpt(terms, more[0])
    return Hit(kind, reference, what, reference, place, said)
