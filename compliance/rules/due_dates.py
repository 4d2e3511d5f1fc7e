"""When something is due, and why: the rule, its input and the dates between which the rule holds.

A rule counts for what happened while it was in force: one that was abolished stays true of its time
(approvals, sections 7.2 to 7.5).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from compliance.frameworks.body import Clock
from compliance.rules.approval_transitions import INCIDENTS
from compliance.rules.due import (
    Due,
    Happening,
    Study,
    add_months,
    due,
    first,
    first_favourable,
    steps_of,
    words_of,
)
from compliance.rules.due_courses import COURSES, FORECAST, START, YEARLY, Course
from compliance.terms import ApprovalStep

S = ApprovalStep
LONG_STUDY = timedelta(days=731)  # yearly reports were asked of studies of more than two years
MOST_REPEATS = 40


def dues(clocks: Sequence[Clock], history: Sequence[Happening], study: Study, today: date) -> list[Due]:
    """Everything that these clocks make due after this history, the earliest first.

    Where a rule has versions for parts of the country, the first is counted, and of the others what they
    add: where a study runs is not known.
    """
    found: list[Due] = []
    for clock in clocks:
        if clock.full_review_only and not study.full_review:
            continue
        if clock.event in COURSES:
            found += from_steps(clock, COURSES[clock.event], history)
            found += from_plan(clock, history, study)
        elif clock.event in START:
            found += from_start(clock, history, study)
        elif clock.event == "urgent_measure":
            found += from_urgent_measures(clock, history)
        elif clock.event == "adverse_event":
            found += from_adverse_events(clock, history)
        elif clock.event == "trial_registration":
            found += from_trial(clock, history, study)
        elif clock.event in YEARLY:
            before = {one.since for one in found if one.event == clock.event}
            rows = [one for one in yearly(clock, history, study, today) if one.since not in before]
            found += [replace(one, only_in=clock.where) for one in rows] if before_it(clock, clocks) else rows
    return sorted(found, key=lambda due: (due.on, due.key))


def before_it(clock: Clock, clocks: Sequence[Clock]) -> bool:
    """Whether another part of the country has its version of this rule listed first."""
    return any(row.event == clock.event and row.where for row in clocks[: clocks.index(clock)])


def from_urgent_measures(clock: Clock, history: Sequence[Happening]) -> Iterator[Due]:
    """When the body had to be told of each urgent safety measure, and when it was."""
    for row in history:
        if row.urgent_since and clock.in_force(row.urgent_since):
            what = "notice of the urgent safety measure due"
            yield due(clock, what, row.urgent_since, clock.counts_from, ours=True, done_on=row.on)


def from_adverse_events(clock: Clock, history: Sequence[Happening]) -> Iterator[Due]:
    """When the body must be told of each serious adverse event; it is told of incidents in their order."""
    told = [row.on for row in history if row.step is S.INCIDENT_TOLD]
    for place, row in enumerate([row for row in history if row.step in INCIDENTS]):
        if row.step is S.ADVERSE_EVENT and clock.in_force(row.on):
            done = told[place] if place < len(told) else None
            what = "report of the serious adverse event due"
            yield due(clock, what, row.on, clock.counts_from, ours=True, done_on=done)


def from_trial(clock: Clock, history: Sequence[Happening], study: Study) -> Iterator[Due]:
    """When a clinical trial must be registered: so many days after approval, or at its start if earlier."""
    decided = first_favourable(history)
    if not study.clinical_trial or decided is None or not clock.in_force(decided):
        return
    one = due(
        clock,
        "registration of the trial due",
        decided,
        clock.counts_from,
        ours=True,
        done_on=study.registered_on,
    )
    yield replace(one, on=min(one.on, study.started_on or one.on))


def stood_still(history: Sequence[Happening]) -> int | None:
    """For how many days the first request waited for its answer; None while it still waits."""
    asked, answered = first(history, (S.INFORMATION_ASKED,)), first(history, (S.INFORMATION_SENT,))
    if asked is None:
        return 0
    return (answered - asked).days if answered else None


def from_steps(clock: Clock, course: Course, history: Sequence[Happening]) -> Iterator[Due]:
    """One for each time that a step set the clock running; one that stands still waits for the answer."""
    started = [(place, row) for place, row in enumerate(history) if row.step in course.starts]
    for place, row in started:
        again = any(later.step == row.step for later in history[place + 1 : place + 2])
        if clock.in_force(row.on) and not again:
            stops, still = course.stops, stood_still(history[place + 1 :]) if clock.stands_still else 0
            if clock.stands_still:
                stops = tuple(step for step in stops if step is not S.INFORMATION_ASKED)
            done = first(history[place + 1 :], stops)
            one = due(clock, course.what, row.on, clock.counts_from, ours=course.ours, done_on=done)
            if still:
                why = f"{one.why}; it stood still for {still} days while the request was answered"
                yield replace(one, on=one.on + timedelta(days=still), why=why)
            elif still is not None or done:
                yield one


def from_plan(clock: Clock, history: Sequence[Happening], study: Study) -> Iterator[Due]:
    """What falls due after a study whose approval took effect, before its end is recorded there.

    A forecast from the planned end; once the project has ended, due in earnest.
    """
    steps = {row.step for row in history}
    if clock.event not in FORECAST or S.TOOK_EFFECT not in steps or steps & {S.ENDED, S.STOPPED}:
        return
    end, over = study.ended_on or study.planned_end_on, study.ended_on is not None
    if end and clock.in_force(end):
        counts_from = "end of the project" if over else f"planned {clock.counts_from}"
        yield due(clock, COURSES[clock.event].what, end, counts_from, ours=True, forecast=not over)


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
        yield Due(
            f"{clock.id}/{number}",
            YEARLY[clock.event],
            on,
            why,
            clock.rule,
            ours=True,
            done_on=done,
            event=clock.event,
            since=at,
        )
        if at > today:
            return


def long_and_full(study: Study, decided: date) -> bool:
    """Whether a study was of the kind from which yearly reports were asked."""
    long = study.planned_end_on is not None and study.planned_end_on - decided > LONG_STUDY
    return long and study.full_review
