"""Reporting periods: 1 April to 31 March unless someone says otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar


class Dated(Protocol):
    """Anything with a first and a last day."""

    @property
    def starts_on(self) -> date:
        """The first day."""

    @property
    def ends_on(self) -> date:
        """The last day, which belongs to it."""


Row = TypeVar("Row", bound=Dated)


@dataclass(frozen=True)
class Period:
    """The year a statement covers; both ends are days of the period."""

    key: str
    starts_on: date
    ends_on: date

    def contains(self, day: date | None) -> bool:
        """Whether a day lies in the period; an unknown day does not."""
        return day is not None and self.starts_on <= day <= self.ends_on


def financial_year(first: int) -> Period:
    """The period that begins on 1 April of this year; its key is like "2025-26"."""
    return Period(f"{first}-{(first + 1) % 100:02d}", date(first, 4, 1), date(first + 1, 3, 31))


def days_after_end(period: Period, on: date) -> int:
    """Days from the end of the period to a day: the publication lag (annual-statement, section 8)."""
    return (on - period.ends_on).days


def being_prepared(periods: Iterable[Row], today: date) -> Row | None:
    """The period whose statement is being prepared: the latest that has ended, else the one that runs.

    A statement looks back, so the year that has ended stays the current one until the next has ended.
    None when no period has begun.
    """
    begun = [period for period in periods if period.starts_on <= today]
    return max(begun, key=lambda period: (period.ends_on < today, period.starts_on), default=None)


def years(period: Dated) -> str:
    """The label of a period: "2025 to 2026", or "2025" when it lies within one year."""
    first, last = period.starts_on.year, period.ends_on.year
    return f"{first} to {last}" if first != last else f"{first}"
