"""What happened to a project and what is to come, as one list by date."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from compliance import clock
from compliance.models import Project
from compliance.projects.history import Recorded
from compliance.rules.approvals import FAVOURABLE
from compliance.rules.due import going_on
from compliance.terms import ApprovalStep

PAST, FUTURE, LATE = "past", "future", "late"


@dataclass(frozen=True)
class Line:
    """One thing on one day: past, still to come, or late; who and about what, where that is known."""

    on: date
    words: str
    look: str = PAST
    who: str = ""
    about: str = ""
    # The last day of something that was given: once it is over that has ended, and nobody is late.
    ends: bool = False


def story(project: Project, events: Sequence[Recorded], today: date) -> list[Line]:
    """The whole story, what is to come on top, then the newest first."""
    recorded = (
        Line(clock.day_of(row.at), words_of(row.event), PAST, row.actor, row.subject) for row in events
    )
    lines = [*dates_of(project, today), *ends_of(project, today), *conditions_of(project, today), *recorded]
    return sorted(lines, key=lambda line: line.on, reverse=True)


# What each kind of event is called; a step of an approval has its own word.
WORDS = {
    "project.started": "Registration begun",
    "project.changed": "Registration changed",
    "project.organisation_changed": "Another organisation answers for it",
    "project.partner_added": "Partner added",
    "project.partner_changed": "Partner changed",
    "project.partner_removed": "Partner removed",
    "project.registered": "Registered",
    "project.start_planned": "Start of fieldwork planned",
    "project.fieldwork_begun": "Start of fieldwork recorded",
    "project.ended": "End of the research recorded",
    "check.answered": "Check answered",
    "answers.sent_for_review": "Answers sent for review",
    "answer.reviewed": "Answer reviewed",
    "action.followed_up": "What became of an action recorded",
    "clearance.added": "Clearance of a person added",
    "clearance.changed": "Clearance of a person changed",
    "exemption.added": "Exemption from publishing recorded",
    "approval.added": "Approval added",
    "approval.applied_for": "Application recorded",
    "approval.decision_recorded": "Decision recorded",
    "approval.decision_corrected": "Decision corrected",
    "approval.details_saved": "Details of the application saved",
    "approval.document_added": "Letter or document added",
    "approval.modification_recorded": "Modification recorded",
    "approval.modification_decided": "Decision on the modification recorded",
    "approval.principle_rated": "Principle of the AI Covenant rated",
    "approval.replaced": "New application begun",
    "approval.responded": "Advice answered",
    "condition.met": "Condition met",
} | {f"approval.{step.value}": step.label for step in ApprovalStep}


def words_of(event: str) -> str:
    """A kind of event in words."""
    return WORDS.get(event, event.replace(".", ": ").replace("_", " ").capitalize())


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
            words = f"{approval.body_name}: last day of the approval"
            yield due(last.expires_on, words, today, approval.reference, ends=True)


def conditions_of(project: Project, today: date) -> Iterator[Line]:
    """Conditions that have a day and are not met yet."""
    for approval in project.approvals:
        for decision in approval.decisions[-1:]:
            for row in decision.conditions:
                if row.due_on and row.met_at is None:
                    words = f"Condition to be met: {going_on(row.text)}"
                    yield due(row.due_on, words, today, approval.reference)


def due(on: date, words: str, today: date, about: str = "", *, ends: bool = False) -> Line:
    """Something that is owed by a day: to come, or late once the day has gone by."""
    return Line(on, words, LATE if on < today else FUTURE, about=about, ends=ends)
