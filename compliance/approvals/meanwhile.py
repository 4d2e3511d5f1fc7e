"""What somebody recorded about an approval while somebody else was entering something: both, part by part."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from compliance.approvals.decision_words import condition, in_both_words
from compliance.conflict import Conflict, Difference
from compliance.models import Approval, ApprovalEvent, Decision, Modification
from compliance.rules.conditions import NewCondition
from compliance.templating import day
from compliance.terms import ApprovalStep

Rows = Sequence[tuple[str, str]]


@contextmanager
def beside(approval: Approval, what: str, entered: Rows) -> Iterator[None]:
    """Let a Conflict within tell what is on record now beside what was entered."""
    try:
        yield
    except Conflict as stale:
        raise stale.showing(differences(approval, what, entered)) from None


def differences(approval: Approval, what: str, entered: Rows) -> tuple[Difference, ...]:
    """The latest step on record beside what was entered, in the words of the page that checks answers.

    `what` says in words what somebody was about to record, `entered` everything about it.
    """
    # What takes effect does so by itself: the decision before it is what somebody recorded.
    steps = (row for row in reversed(approval.events) if row.step is not ApprovalStep.TOOK_EFFECT)
    last = next(steps, None)
    saved = dict(saved_rows(last)) if last else {"What happened": approval.stage.label}
    mine = {"What happened": what, **dict(entered)}
    labels = [*mine, *(label for label in saved if label not in mine)]
    pairs = ((label, saved.get(label, ""), mine.get(label, "")) for label in labels)
    return tuple(Difference(*pair) for pair in pairs if pair[1] != pair[2])


def saved_rows(event: ApprovalEvent) -> Iterator[tuple[str, str]]:
    """Everything about a step on record."""
    yield "What happened", f"{event.step.label}, recorded by {event.recorded_by.name}"
    yield "Date", day(event.happened_on)
    yield "Note", event.note or "None"
    if event.outcome:
        yield "Decision", in_both_words(event.own_word, event.outcome)
        yield "Decided on", day(event.happened_on)
    if event.modification:
        yield from modification_rows(event.modification)
    if event.decision:
        yield from decision_rows(event.decision)


def decision_rows(row: Decision) -> Iterator[tuple[str, str]]:
    """Everything about a decision on record."""
    yield "Decision", in_both_words(row.own_word, row.outcome)
    yield "Decided on", day(row.decided_on)
    yield "Holds until", day(row.expires_on, "No end was set")
    for place, one in enumerate(row.conditions, 1):
        yield f"Condition {place}", condition(NewCondition(one.text, one.before_start, one.due_on))
    yield "Note", row.note or "None"


def modification_rows(row: Modification) -> Iterator[tuple[str, str]]:
    """Everything about a modification on record."""
    yield "Sort", f"{row.kind.label}, urgent safety measure" if row.urgent else row.kind.label
    yield "What changes", row.description
    yield "Why", row.reason
    yield "The body’s reference", row.body_reference or "None yet"
    yield "Other bodies told", row.notify_bodies or "None"
