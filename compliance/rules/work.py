"""What waits for somebody, since when, and in which order."""

from collections.abc import Sequence
from datetime import date, timedelta

from compliance.rules.approvals import FAVOURABLE, Facts, start_blockers

# Our choice: a formal investigation is expected to be completed within this many working days.
CASE_WORKING_DAYS = 60
SATURDAY = 5


def missing_since(approvals: Sequence[Facts], started_on: date, today: date) -> date:
    """Since which day fieldwork has run without something binding.

    The day after a decision ended, when that came later than the start of fieldwork; else the start.
    """
    missing = {entry.reference for entry in start_blockers(approvals, today)}
    return min(
        (since(facts, started_on, today) for facts in approvals if facts.reference in missing),
        default=started_on,
    )


def since(facts: Facts, started_on: date, today: date) -> date:
    """Since which day of fieldwork one approval has been missing.

    One that still holds is missing for what it demands before the start, so since the start.
    """
    if facts.outcome in FAVOURABLE and facts.expires_on and facts.expires_on < today:
        return max(started_on, facts.expires_on + timedelta(days=1))
    return started_on


def case_due_on(formal_started_on: date) -> date:
    """The day by which a formal investigation is expected to end; bank holidays count as working days."""
    day, left = formal_started_on, CASE_WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY
    return day
