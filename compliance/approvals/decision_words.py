"""What is saved, in words: all of a decision, modification, step or application to be checked, and rivals."""

from datetime import date

from compliance.approvals.words import sorts
from compliance.frameworks.body import Body
from compliance.rules.approvals import NewApplication, NewDecision
from compliance.rules.conditions import NewCondition
from compliance.rules.modifications import NewModification, NewModificationDecision
from compliance.templating import day
from compliance.terms import Outcome


def words_of(body: Body | None) -> list[tuple[str, str, str]]:
    """The body's own words with our outcome; our own words for a body that the catalogue lacks."""
    pairs = (
        [(word.own, word.outcome) for word in body.words] if body else [(one.label, one) for one in Outcome]
    )
    if Outcome.WITHDRAWN not in {outcome for _, outcome in pairs}:
        pairs.append(("The application was withdrawn", Outcome.WITHDRAWN))
    return [(own, str(Outcome(outcome).value), Outcome(outcome).label) for own, outcome in pairs]


def in_both_words(own_word: str | None, outcome: Outcome) -> str:
    """What was decided, in the body's own word with ours beside it; in ours alone where it has none."""
    return f"{own_word} ({outcome.label.lower()})" if own_word else outcome.label


def rows(new: NewDecision, letter: str | None) -> list[tuple[str, str]]:
    """Everything about a decision, to be checked before it is saved."""
    found = [
        ("Decision", in_both_words(new.own_word, new.outcome)),
        ("Decided on", day(new.decided_on)),
        ("Holds until", day(new.expires_on, "No end was set")),
        *((f"Condition {place}", condition(row)) for place, row in enumerate(new.conditions, 1)),
        ("Note", new.note or "None"),
        ("Letter", letter or "None yet"),
    ]
    if any(row.before_start for row in new.conditions):
        found.append(("What follows", "Fieldwork waits until each condition before the start is met"))
    return found


def condition(row: NewCondition) -> str:
    """A condition in one line."""
    return (
        f"{row.text} ({day(row.due_on, 'no date')}{', before fieldwork begins' if row.before_start else ''})"
    )


def application_rows(new: NewApplication) -> list[tuple[str, str]]:
    """Everything about an application, to be checked before it is saved."""
    return [("Sent on", day(new.applied_on)), ("The body’s reference", new.body_reference or "None yet")]


def step_rows(what: str, on: date, note: str | None) -> list[tuple[str, str]]:
    """Everything about a step, to be checked before it is saved."""
    return [("What happened", what), ("Date", day(on)), ("Note", note or "None")]


def modification_rows(new: NewModification, word: str) -> list[tuple[str, str]]:
    """Everything about a modification, to be checked before it is saved, its sort in the word of its day."""
    sort = dict(sorts(word)).get(new.kind.value, new.kind.label)
    return [
        ("Sort", f"{sort}, urgent safety measure" if new.urgent else sort),
        ("What changes", new.description),
        ("Why", new.reason),
        ("Date", day(new.sent_on)),
        ("In use since", day(new.in_use_on, "Waits for the decision")),
        ("The body’s reference", new.body_reference or "None yet"),
        ("Other bodies told", new.notify_bodies or "None"),
    ]


def modification_decision_rows(new: NewModificationDecision) -> list[tuple[str, str]]:
    """Everything about a decision on a modification, to be checked before it is saved."""
    return [
        ("Decision", in_both_words(new.own_word, new.outcome)),
        ("Decided on", day(new.decided_on)),
        ("The approval holds until", day(new.expires_on, "Its end stays as it is")),
        *((f"Condition {place}", condition(row)) for place, row in enumerate(new.conditions, 1)),
        ("In use from", day(new.in_use_on, "Not known")),
        ("Note", new.note or "None"),
    ]
