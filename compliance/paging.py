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
    """How many records each stretch of a list has, their numbers on a page of it, and records whole."""

    totals: Select[*tuple[int, ...]]
    keys: Sequence[Select[int]]
    rows: Select[Any]


@lru_cache(maxsize=64)
def parts_of(statement: Select[Any], stretches: tuple[Select[int], ...] = ()) -> Parts:
    """The questions of a list; kept, since a list without a filter is built once.

    The keys come first: to sort whole records for a page far behind costs more the more there are.
    """
    key = statement.column_descriptions[0]["entity"].id
    size, before = (bindparam(name, type_=Integer()) for name in ("size", "before"))
    ids = stretches or (statement.with_only_columns(key),)
    numbers = [select(func.count()).select_from(one.order_by(None).subquery()) for one in ids]
    return Parts(
        select(*(one.scalar_subquery() for one in numbers)),
        [one.limit(size).offset(before) for one in ids],
        statement.order_by(None).where(key.in_(bindparam("keys", expanding=True))),
    )


def page_of(
    statement: Select[Any],
    number: int,
    size: int = PAGE_SIZE,
    *,
    stretches: tuple[Select[int], ...] = (),
    **given: Any,
) -> Page[Any]:
    """One page of a query of records in a few statements; a number beyond the end gives the last page.

    A list may be told in stretches, each the ids of what comes next in its own order: none is sorted for a
    page that lies in another. `given` is what the query needs to be executed.
    """
    parts = parts_of(statement, stretches)
    totals = db.session.execute(parts.totals, given).one()
    number, pages = place_of(number, sum(totals), size)
    keys: list[int] = []
    before = (number - 1) * size
    for ids, total in zip(parts.keys, totals, strict=True):
        if before < total and len(keys) < size:
            keys += db.session.scalars(ids, {"size": size - len(keys), "before": before, **given})
        before = max(0, before - total)
    rows = {row.id: row for row in db.session.scalars(parts.rows, {"keys": keys, **given}).unique()}
    return Page([rows[key] for key in keys], number, pages, sum(totals))


def slice_of(rows: Sequence[Row], number: int, size: int = PAGE_SIZE) -> Page[Row]:
    """One page of rows that are all there; a number beyond the end gives the last page."""
    number, pages = place_of(number, len(rows), size)
    return Page(rows[(number - 1) * size : number * size], number, pages, len(rows))
