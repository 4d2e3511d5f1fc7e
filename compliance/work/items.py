"""What waits for a person: one item a thing to do, one pile a kind of work."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from compliance.terms import Term, Waiting

# So many of one kind stand in the list; the rest are a link to all of them.
SHOWN = 5


@dataclass(frozen=True)
class Item:
    """One thing to do: what, about which record, why, by when or since when, and where to do it.

    `on` is the date that counts; in the past it is a date that has been missed, or since when something
    is wrong. None means that no date is set.
    """

    what: str
    about: str
    status: Term
    endpoint: str
    values: Mapping[str, str]
    reference: str = ""
    why: str = ""
    on: date | None = None
    # The day is the last of something that was given: once it is over that has ended, and nobody is late.
    ends: bool = False

    def urgency(self, today: date) -> tuple[int, date]:
        """Broken rules first, then what is late, what is due, and what has no date; the oldest first."""
        if self.on is None:
            return (3, date.max)
        if self.on >= today:
            return (2, self.on)
        return (0 if self.status is Waiting.START_NOT_ALLOWED else 1, self.on)


@dataclass(frozen=True)
class Pile:
    """The most urgent things of one kind, how many there are in all, and where all of them stand."""

    name: str
    items: tuple[Item, ...] = ()
    total: int = 0
    endpoint: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def more(self) -> int:
        """How many are left out of the list."""
        return self.total - len(self.items)


def in_order(piles: Iterable[Pile], today: date) -> list[Item]:
    """The items of all piles, the most urgent first."""
    return sorted((item for pile in piles for item in pile.items), key=lambda item: item.urgency(today))
