"""The first rows of a query, or of several kinds found together, each with how many there are in all."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, String, func, literal, select, union_all
from sqlalchemy.sql.selectable import Subquery

from compliance.access import asked_by
from compliance.db import db
from compliance.models import User
from compliance.work.items import SHOWN


def first_of(statement: Any) -> Select[Any]:
    """The first rows of a query, each with how many it has in all."""
    first: Select[Any] = statement.add_columns(func.count().over()).limit(SHOWN)
    return first


def most_urgent(statement: Select[Any], by: User) -> tuple[list[Any], int]:
    """The first rows for a person, and how many there are in all, in one statement."""
    rows = db.session.execute(statement, asked_by(by)).unique().all()
    return [row[:-1] for row in rows], rows[0][-1] if rows else 0


def first_of_kind(kind: StrEnum, found: Any) -> Select[Any]:
    """The first rows of a narrow query, with their kind and how many it has in all."""
    told = found.add_columns(literal(kind, String()).label("kind"), func.count().over().label("of"))
    return select(told.limit(SHOWN).subquery())


def together(kinds: Sequence[Select[Any]]) -> Subquery:
    """The narrow rows of several kinds, for one statement that reads what they are about."""
    return union_all(*kinds).subquery()


def by_kind(statement: Select[Any], kinds: type[StrEnum], by: User) -> list[list[Any]]:
    """The rows of a statement about several kinds, in one list a kind."""
    rows = db.session.execute(statement, asked_by(by)).unique().all()
    return [[row for row in rows if row.kind == kind] for kind in kinds]


def total(rows: Sequence[Any]) -> int:
    """How many there are in all of a kind."""
    return rows[0].of if rows else 0
