"""What day and what time it is; the one thing that tests and the demonstration replace."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_set_to: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _set_to.get() or datetime.now(UTC)


def today() -> date:
    """The calendar day in the United Kingdom."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The calendar day in the United Kingdom at a moment."""
    return moment.astimezone(LONDON).date()


def end_of(day: date) -> datetime:
    """The last moment of a day in the United Kingdom."""
    return datetime.combine(day, time.max, LONDON)


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Let the clock stand at a moment: for tests, and for the past of the demonstration."""
    token = _set_to.set(moment)
    try:
        yield
    finally:
        _set_to.reset(token)
