"""Whether a person may have access: hard check H8 blocks the person, never the project."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from compliance.rules.broken import RuleBroken
from compliance.terms import Access, ClearanceLevel

SOON = timedelta(days=30)


@dataclass(frozen=True)
class NewClearance:
    """A clearance as the issuing force gave it."""

    person: str
    level: ClearanceLevel
    issuing_force: str
    granted_on: date
    expires_on: date
    reference: str | None = None
    accepted_by: tuple[str, ...] = ()

    def check(self, today: date) -> None:
        """Raise RuleBroken for a clearance that is not granted yet or ends before it began."""
        if self.granted_on > today:
            raise RuleBroken("Date of the clearance must be today or in the past", field="granted_on")
        if self.expires_on < self.granted_on:
            raise RuleBroken("The last day must not be before the clearance was granted", field="expires_on")


def access(expires_on: date, today: date) -> Access:
    """What a clearance with this last day allows today (H8)."""
    if expires_on < today:
        return Access.BLOCKED
    return Access.ENDS_SOON if expires_on <= today + SOON else Access.ALLOWED


def check_left(granted_on: date, left_on: date | None, today: date) -> None:
    """Raise RuleBroken for a day on which somebody cannot have left."""
    if left_on and not granted_on <= left_on <= today:
        raise RuleBroken("The day must lie between the clearance and today", field="left_on")


def forces(text: str | None) -> tuple[str, ...]:
    """The forces in a text with one on each line; each once."""
    lines: Iterable[str] = (line.strip() for line in (text or "").splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))
