"""When something is due, and why: the rule, its input and the dates between which the rule holds.

A rule counts for what happened while it was in force: one that was abolished stays true of its time
(approvals, sections 7.2 to 7.5).
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from compliance.frameworks.body import Clock
from compliance.rules.due_courses import COURSES, FORECAST, START, YEARLY, Course
from compliance.terms import ApprovalStep, Outcome

S = ApprovalStep
FAVOURABLE = (Outcome.FAVOURABLE, Outcome.FAVOURABLE_WITH_CONDITIONS)
LONG_STUDY = timedelta(days=731)  # yearly reports were asked of studies of more than two years
MOST_REPEATS = 40


@dataclass(frozen=True)
class Happening:
    """A step that was taken, on its day."""

    step: ApprovalStep
    on: date
    outcome: Outcome | None = None


@dataclass(frozen=True)
class Study:
    """What a due date needs to know of the project besides the history of the approval."""

    started_on: date | None = None
    planned_end_on: date | None = None
    full_review: bool = True


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

    def late(self, today: date) -> bool:
        """Whether it is past its day and not done."""
        return self.done_on is None and self.on < today


def dues(clocks: Sequence[Clock], history: Sequence[Happening], study: Study, today: date) -> list[Due]:
    """Everything that these clocks make due after this history, the earliest first.

    Where a rule has versions for parts of the country, the first is counted: where a study runs is not known.
    """
    found: list[Due] = []
    for clock in clocks:
        elsewhere = [row for row in clocks[: clocks.index(clock)] if row.event == clock.event and row.where]
        if elsewhere:
            continue
        if clock.event in COURSES:
            found += from_steps(clock, COURSES[clock.event], history)
            found += from_plan(clock, history, study)
        elif clock.event in START:
            found += from_start(clock, history, study)
        elif clock.event in YEARLY:
            found += yearly(clock, history, study, today)
    return sorted(found, key=lambda due: (due.on, due.key))


def from_steps(clock: Clock, course: Course, history: Sequence[Happening]) -> Iterator[Due]:
    """One for each time that a step set the clock running."""
    started = [(place, row) for place, row in enumerate(history) if row.step in course.starts]
    for place, row in started:
        again = any(later.step == row.step for later in history[place + 1 : place + 2])
        if clock.in_force(row.on) and not again:
            done = first(history[place + 1 :], course.stops)
            yield due(clock, course.what, row.on, clock.counts_from, ours=course.ours, done_on=done)


def from_plan(clock: Clock, history: Sequence[Happening], study: Study) -> Iterator[Due]:
    """What will fall due after the planned end of a study whose approval has taken effect."""
    steps = {row.step for row in history}
    if clock.event not in FORECAST or S.TOOK_EFFECT not in steps or steps & {S.ENDED, S.STOPPED}:
        return
    if study.planned_end_on and clock.in_force(study.planned_end_on):
        what, counts_from = COURSES[clock.event].what, f"planned {clock.counts_from}"
        yield due(clock, what, study.planned_end_on, counts_from, ours=True, forecast=True)


def from_start(clock: Clock, history: Sequence[Happening], study: Study) -> Iterator[Due]:
    """When a study must begin after its favourable decision."""
    decided = first_favourable(history)
    if decided and clock.in_force(decided) and not steps_of(history) & {S.ENDED, S.STOPPED}:
        done = study.started_on
        if clock.event == "start_again" and done and done <= add_months(decided, 12):
            return
        yield due(clock, START[clock.event], decided, clock.counts_from, ours=True, done_on=done)


def yearly(clock: Clock, history: Sequence[Happening], study: Study, today: date) -> Iterator[Due]:
    """A report for each year while the rule held, up to the first that lies ahead."""
    decided = first_favourable(history)
    if decided is None or (clock.event == "progress_report" and not long_and_full(study, decided)):
        return
    reports = [row.on for row in history if row.step is S.PROGRESS_REPORTED]
    over = first(history, (S.ENDED, S.STOPPED))
    for number in range(1, MOST_REPEATS):
        at = add_months(decided, (clock.months or 12) + 12 * (number - 1))
        if not clock.in_force(at) or (over and at > over):
            return
        done = reports[number - 1] if number <= len(reports) else None
        why = f"{words_of(clock, clock.counts_from, decided)}, year {number}"
        on = at + timedelta(days=clock.days_to_send)
        yield Due(f"{clock.id}/{number}", YEARLY[clock.event], on, why, clock.rule, ours=True, done_on=done)
        if at > today:
            return


def long_and_full(study: Study, decided: date) -> bool:
    """Whether a study was of the kind from which yearly reports were asked."""
    long = study.planned_end_on is not None and study.planned_end_on - decided > LONG_STUDY
    return long and study.full_review


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
