"""One due date: what, on which day, and why, in words; and the days from which clocks count."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from compliance.frameworks.body import Clock
from compliance.terms import ApprovalStep, Outcome

S = ApprovalStep
FAVOURABLE = (Outcome.FAVOURABLE, Outcome.FAVOURABLE_WITH_CONDITIONS)


@dataclass(frozen=True)
class Happening:
    """A step that was taken, on its day."""

    step: ApprovalStep
    on: date
    outcome: Outcome | None = None
    # Since when an urgent safety measure that this step reports is in use.
    urgent_since: date | None = None


@dataclass(frozen=True)
class Study:
    """What a due date needs to know of the project besides the history of the approval."""

    started_on: date | None = None
    planned_end_on: date | None = None
    full_review: bool = True
    ended_on: date | None = None
    clinical_trial: bool = False
    registered_on: date | None = None


@dataclass(frozen=True)
class Due:
    """Something due on a day: what, why, by which rule, whether we or the body must act, when it was done."""

    key: str
    what: str
    on: date
    why: str
    rule: str
    ours: bool
    done_on: date | None = None
    forecast: bool = False
    # The event of the rule, the day from which it counts, and its length, for the story of what was done.
    event: str = ""
    since: date | None = None
    length: str = ""
    # A part of the country in which the rule held alone: where a study runs is not known.
    only_in: str = ""
    # The last day of something that was given: once it is over that has ended, and nobody is late.
    ends: bool = False

    def late(self, today: date) -> bool:
        """Whether it is past its day and not done."""
        return self.done_on is None and self.on < today and not self.only_in


def distance(on: date, today: date, *, ends: bool = False) -> str:
    """How far away a day is: "today", "in 3 days", "15 days late", or for a last day "15 days ago"."""
    days = abs((on - today).days)
    length = f"{days} {'day' if days == 1 else 'days'}"
    if on < today:
        return f"{length} {'ago' if ends else 'late'}"
    return f"in {length}" if days else "today"


def due(
    clock: Clock,
    what: str,
    since: date,
    counts_from: str,
    *,
    ours: bool,
    done_on: date | None = None,
    forecast: bool = False,
) -> Due:
    """What falls due when a clock runs from a day."""
    on = since + timedelta(days=clock.days) if clock.days else add_months(since, clock.months or 0)
    why = words_of(clock, counts_from, since)
    key = f"{clock.id}/{since}"
    return Due(key, what, on, why, clock.rule, ours, done_on, forecast, clock.event, since, clock.length)


def words_of(clock: Clock, counts_from: str, since: date) -> str:
    """The rule with its input: "35 days from valid modification, 12 June 2026; HRA, in force since …"."""
    held = ""
    if clock.in_force_until:
        held = f", in force until {day(clock.in_force_until)}"
    elif clock.in_force_from:
        held = f", in force since {day(clock.in_force_from)}"
    sending = f" and {clock.days_to_send} days to send it" if clock.days_to_send else ""
    where = f" ({clock.where})" if clock.where else ""
    return f"{clock.length} from {counts_from}, {day(since)}{sending}; {clock.source}{where}{held}"


def going_on(text: str) -> str:
    """What somebody typed, without its full stop, where our own sentence goes on after it."""
    return text.rstrip().removesuffix(".")


def day(value: date) -> str:
    """A date in full."""
    return f"{value.day} {value:%B %Y}"


def add_months(value: date, months: int) -> date:
    """So many months later; the last day of a shorter month where the day does not exist."""
    year, month = divmod(value.year * 12 + value.month - 1 + months, 12)
    return date(year, month + 1, min(value.day, monthrange(year, month + 1)[1]))


def first(history: Iterable[Happening], steps: Sequence[ApprovalStep]) -> date | None:
    """The day of the first of these steps."""
    return next((row.on for row in history if row.step in steps), None)


def first_favourable(history: Iterable[Happening]) -> date | None:
    """The day of the first favourable decision."""
    decided = (row for row in history if row.step is S.DECIDED and row.outcome in FAVOURABLE)
    return next((row.on for row in decided), None)


def steps_of(history: Iterable[Happening]) -> set[ApprovalStep]:
    """Every step that was taken."""
    return {row.step for row in history}
