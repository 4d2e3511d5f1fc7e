"""Numbered pages of a long list."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import Integer, Select, bindparam, func, select

from compliance.db import db

Row = TypeVar("Row")
PAGE_SIZE = 20


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of a list: its rows, its number, how many pages and rows there are."""

    rows: Sequence[Row]
    number: int
    pages: int
    total: int

    @property
    def near(self) -> list[int | None]:
        """Page numbers to show; None where some are left out."""
        wanted = sorted(
            {1, self.pages, *range(max(1, self.number - 1), min(self.pages, self.number + 1) + 1)}
        )
        shown: list[int | None] = []
        for number in wanted:
            if shown and shown[-1] is not None and number - shown[-1] > 1:
                shown.append(None)
            shown.append(number)
        return shown


def place_of(number: int, total: int, size: int = PAGE_SIZE) -> tuple[int, int]:
    """The number of a page and how many there are; a number beyond the end gives the last page."""
    pages = max(1, -(-total // size))
    return min(max(1, number), pages), pages


class Parts(NamedTuple):
    """How many records a query finds, the numbers of a page of them, and these whole."""

    total: Select[int]
    keys: Select[int]
    rows: Select[Any]


@lru_cache(maxsize=64)
def parts_of(statement: Select[Any]) -> Parts:
    """The three questions of a list; kept, since a list without a filter is built once.

    The keys come first: to sort whole records for a page far behind costs more the more there are.
    """
    key = statement.column_descriptions[0]["entity"].id
    numbers = statement.with_only_columns(key)
    return Parts(
        select(func.count()).select_from(numbers.order_by(None).subquery()),
        numbers.limit(bindparam("size", type_=Integer())).offset(bindparam("before", type_=Integer())),
        statement.order_by(None).where(key.in_(bindparam("keys", expanding=True))),
    )


def page_of(statement: Select[Any], number: int, size: int = PAGE_SIZE, **given: Any) -> Page[Any]:
    """One page of a query of records in three statements; a number beyond the end gives the last page.

    `given` is what the query needs to be executed.
    """
    parts = parts_of(statement)
    total = db.session.scalar(parts.total, given) or 0
    number, pages = place_of(number, total, size)
    keys = db.session.scalars(parts.keys, {"size": size, "before": (number - 1) * size, **given}).all()
    rows = {row.id: row for row in db.session.scalars(parts.rows, {"keys": keys, **given}).unique()}
    return Page([rows[key] for key in keys], number, pages, total)


def slice_of(rows: Sequence[Row], number: int, size: int = PAGE_SIZE) -> Page[Row]:
    """One page of rows that are all there; a number beyond the end gives the last page."""
    number, pages = place_of(number, len(rows), size)
    return Page(rows[(number - 1) * size : number * size], number, pages, len(rows))
