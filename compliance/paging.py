"""Numbered pages of a long list."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Integer, Select, bindparam, false, func, select, true, union_all

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
    """How many records a list has and how many of them come first; the records of a page, whole."""

    totals: Select[*tuple[int, ...]]
    rows: Select[*tuple[Any, ...]]


@lru_cache(maxsize=64)
def parts_of(
    rows: Select[*tuple[Any, ...]], keys: Select[int] | None, first: ColumnElement[bool] | None
) -> Parts:
    """The questions of a list; kept, since a list without a filter is built once.

    A page is found among keys: to sort whole records for one far behind costs more the more there are.
    """
    key = rows.column_descriptions[0]["entity"].id
    ids = rows.with_only_columns(key) if keys is None else keys
    early = true() if first is None else func.coalesce(first, false())
    every = ids.order_by(None).add_columns(early.label("early")).subquery()
    stretches = [ids] if first is None else [ids.where(first), ids.where(~early)]
    return Parts(
        select(func.count(), func.count().filter(every.c.early)).select_from(every),
        rows.where(key.in_(union_all(*(some_of(one, place) for place, one in enumerate(stretches))))),
    )


def some_of(ids: Select[int], place: int) -> Select[int]:
    """As many of these as are asked for of this stretch of a list, after so many others."""
    size, before = (bindparam(f"{name}_{place}", type_=Integer()) for name in ("size", "before"))
    return select(ids.limit(size).offset(before).subquery().c[0])


def page_of(
    rows: Select[*tuple[Any, ...]],
    number: int,
    size: int = PAGE_SIZE,
    *,
    keys: Select[int] | None = None,
    first: ColumnElement[bool] | None = None,
    **given: Any,
) -> Page[Any]:
    """One page of a query in two statements; a number beyond the end gives the last page.

    `keys` are the ids of the list in its order, from narrow rows, and those that are `first` come before the
    others: none is sorted for a page that lies among the others. Without them the rows are the list itself.
    `given` is what the query needs to be executed.
    """
    parts = parts_of(rows, keys, first)
    total, early = db.session.execute(parts.totals, given).one()
    number, pages = place_of(number, total, size)
    before = (number - 1) * size
    of_first = max(0, min(size, early - before))
    places = {"size_0": of_first, "before_0": before, "size_1": size - of_first}
    found = db.session.execute(parts.rows, {**places, "before_1": max(0, before - early), **given}).unique()
    whole = len(parts.rows.column_descriptions) == 1
    return Page(found.scalars().all() if whole else found.all(), number, pages, total)


def slice_of(rows: Sequence[Row], number: int, size: int = PAGE_SIZE) -> Page[Row]:
    """One page of rows that are all there; a number beyond the end gives the last page."""
    number, pages = place_of(number, len(rows), size)
    return Page(rows[(number - 1) * size : number * size], number, pages, len(rows))
