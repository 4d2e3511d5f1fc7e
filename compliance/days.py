"""A day that a filter in an address asks for, as it was typed."""

from datetime import date, datetime
from typing import NamedTuple

from flask import request

from compliance import clock

FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y")
NO_DAY = "Enter a real date, like 1/4/2026"


class AskedDay(NamedTuple):
    """What was typed, and the day that it names; None when it names none."""

    name: str
    typed: str
    on: date | None

    @property
    def wrong(self) -> str:
        """What is wrong with it; empty when nothing is, or when no day was asked for."""
        return NO_DAY if self.typed and self.on is None else ""

    @property
    def until(self) -> datetime | None:
        """The last moment of the day."""
        return clock.end_of(self.on) if self.on else None


def asked_day(name: str) -> AskedDay:
    """The day that the address of this page asks for by a name, like ?as_at=2026-05-01 or 1/5/2026."""
    typed = request.args.get(name, "").strip()
    return AskedDay(name, typed, day_in(typed))


def day_in(text: str) -> date | None:
    """The day that a text names; None when it names none."""
    for form in FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  (a calendar day has no zone)
        except ValueError:
            continue
    return None
