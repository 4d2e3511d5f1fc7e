"""Who held a role when: successive holders, and the days on which nobody did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Holder:
    """Somebody, or a mailbox without a person, in a role from a day until a day (exclusive)."""

    person: str | None
    from_on: date
    until_on: date | None = None

    def holds_on(self, on: date) -> bool:
        """Whether they hold the role on a day."""
        return self.held_between(on, on)

    def held_between(self, first: date, last: date) -> bool:
        """Whether they held the role on any day from the first to the last."""
        return self.from_on <= last and (self.until_on is None or self.until_on > first)


def gaps(holders: Sequence[Holder], first: date, last: date) -> tuple[tuple[date, date], ...]:
    """The stretches from the first to the last day on which nobody held the role, both ends included."""
    found, day = [], first
    for one in sorted(holders, key=lambda row: row.from_on):
        if one.from_on > last:
            break
        if one.from_on > day:
            found.append((day, one.from_on - timedelta(days=1)))
        if one.until_on is None:
            return tuple(found)
        day = max(day, one.until_on)
    if day <= last:
        found.append((day, last))
    return tuple(found)


def same_person(some: Sequence[Holder], others: Sequence[Holder]) -> str | None:
    """A person who stands in both lists, by name; None when nobody does (V11 of the domain notes)."""
    names = {row.person.casefold() for row in others if row.person}
    return next((row.person for row in some if row.person and row.person.casefold() in names), None)
