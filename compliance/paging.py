"""Numbered pages of a long list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select

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


def page_of(statement: Select[Any], number: int, size: int = PAGE_SIZE) -> Page[Any]:
    """One page of a query in two statements; a number beyond the end gives the last page."""
    total = db.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    number, pages = place_of(number, total, size)
    rows = db.session.scalars(statement.limit(size).offset((number - 1) * size)).unique().all()
    return Page(rows, number, pages, total)


def slice_of(rows: Sequence[Row], number: int, size: int = PAGE_SIZE) -> Page[Row]:
    """One page of rows that are all there; a number beyond the end gives the last page."""
    number, pages = place_of(number, len(rows), size)
    return Page(rows[(number - 1) * size : number * size], number, pages, len(rows))
