"""What happened to a project and what is to come, as one list by date."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from compliance import clock
from compliance.models import AuditEvent, Project
from compliance.rules.approvals import FAVOURABLE

PAST, FUTURE, LATE = "past", "future", "late"


@dataclass(frozen=True)
class Line:
    """One thing on one day: past, still to come, or late; who and about what, where that is known."""

    on: date
    words: str
    look: str = PAST
    who: str = ""
    about: str = ""


def story(project: Project, events: Sequence[AuditEvent], today: date) -> list[Line]:
    """The whole story, what is to come on top, then the newest first."""
    recorded = (
        Line(clock.day_of(row.at), words_of(row.event), PAST, row.actor, row.subject) for row in events
    )
    lines = [*dates_of(project, today), *ends_of(project, today), *conditions_of(project, today), *recorded]
    return sorted(lines, key=lambda line: line.on, reverse=True)


def words_of(event: str) -> str:
    """A kind of event in words: "approval.decision_recorded" is "Approval: decision recorded"."""
    return event.replace(".", ": ").replace("_", " ").capitalize()


def dates_of(project: Project, today: date) -> Iterator[Line]:
    """The days of the project itself; a planned or expected day that went by unrecorded is late."""
    for on, words in (
        (project.started_on, "Fieldwork began"),
        (project.ended_on, "Research ended"),
        (project.protocol_published_on, "Protocol published"),
        (project.results_published_on, "Results published"),
    ):
        if on:
            yield Line(on, words, FUTURE if on > today else PAST)
    if project.planned_start_on and not project.started_on:
        yield due(project.planned_start_on, "Fieldwork planned to begin", today)
    if project.expected_end_on and project.started_on and not project.ended_on:
        yield due(project.expected_end_on, "Research expected to end", today)


def ends_of(project: Project, today: date) -> Iterator[Line]:
    """When a favourable decision stops to hold; late while research goes on without it."""
    for approval in project.approvals:
        last = approval.decisions[-1] if approval.decisions else None
        if last and last.expires_on and last.outcome in FAVOURABLE and not project.ended_on:
            yield due(last.expires_on, f"{approval.body_name}: approval ends", today, approval.reference)


def conditions_of(project: Project, today: date) -> Iterator[Line]:
    """Conditions that have a day and are not met yet."""
    for approval in project.approvals:
        for decision in approval.decisions[-1:]:
            for row in decision.conditions:
                if row.due_on and row.met_at is None:
                    yield due(row.due_on, f"Condition to be met: {row.text}", today, approval.reference)


def due(on: date, words: str, today: date, about: str = "") -> Line:
    """Something that is owed by a day: to come, or late once the day has gone by."""
    return Line(on, words, LATE if on < today else FUTURE, about=about)
