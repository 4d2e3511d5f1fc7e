"""The life of an approval as it is told on its page: what is still to come on top, then what happened."""

from dataclasses import dataclass
from datetime import date

from compliance.approvals.dates import dues_of
from compliance.approvals.words import change_word
from compliance.frameworks.body import Body
from compliance.models import Approval, ApprovalEvent, Condition
from compliance.rules.due import Due, day, going_on
from compliance.rules.due_courses import COURSES
from compliance.rules.modifications import in_its_word
from compliance.terms import ApprovalStep

S = ApprovalStep


@dataclass(frozen=True)
class Line:
    """One point of the timeline: its day, its words, what explains it; `kind` is "next", "late" or past."""

    on: date
    words: str
    kind: str = ""
    notes: tuple[str, ...] = ()
    why: str = ""
    rule: str = ""
    event: ApprovalEvent | None = None
    # The last day of something that was given.
    ends: bool = False


def story(approval: Approval, body: Body | None, today: date) -> list[Line]:
    """The whole life, what is to come first and then the newest, each in the word of its own day."""
    known = dues_of(approval, today)
    lines = [coming(one, today) for one in known if one.done_on is None]
    past = [
        happened(row, known, change_word(body, row.happened_on))
        for row in approval.events
        if told(row, approval)
    ]
    past += [met(row) for decision in approval.decisions for row in decision.conditions if row.met_on]
    lines.sort(key=lambda line: line.on, reverse=True)
    numbered = sorted(enumerate(past), key=lambda pair: (pair[1].on, pair[0]), reverse=True)
    return lines + [line for _, line in numbered]


def told(row: ApprovalEvent, approval: Approval) -> bool:
    """Whether a step is told: taking effect on the day of the decision says nothing new."""
    decided = [one.happened_on for one in approval.events if one.step is S.DECIDED]
    return not (row.step is S.TOOK_EFFECT and row.happened_on in decided)


def coming(due: Due, today: date) -> Line:
    """What is due, or expected from the body."""
    kind = "late" if due.late(today) else "next"
    expected = (
        ()
        if due.ours
        else ("It is for the body to act. You may want to ask.",)
        if kind == "late"
        else ("It is for the body to act.",)
    )
    planned = ("Moves with the planned end of the project.",) if due.forecast else ()
    where = (f"Only if the study runs in {due.only_in}.",) if due.only_in else ()
    notes = expected + planned + where
    return Line(due.on, due.what, kind, notes, due.why, due.rule, ends=due.ends)


def happened(row: ApprovalEvent, known: list[Due], word: str) -> Line:
    """A step that was taken, with how long it took where a clock ran."""
    words = in_its_word(row.step.label, word)
    if row.decision and row.step in (S.DECIDED, S.CORRECTED):
        own, label = row.decision.own_word, row.decision.outcome.label.lower()
        words = f"{words}: {label}" + (f" (“{own}”)" if own and own.lower() != label else "")
    elif row.outcome:
        words = f"{words}: {row.outcome.label.lower()}"
    timing = tuple(took(one) for one in known if ended(one, row))
    used = f"In use from {day(row.in_use_on)}" if row.in_use_on else None
    notes = tuple(text for text in (used, row.note, row.decision.note if row.decision else None) if text)
    return Line(row.happened_on, words, notes=timing + notes, event=row)


def ended(due: Due, row: ApprovalEvent) -> bool:
    """Whether this step is what was due."""
    course = COURSES.get(due.event)
    return course is not None and row.step in course.stops and due.done_on == row.happened_on


def took(due: Due) -> str:
    """How long it took and what the limit was: "8 days after the answer; limit 10 days, 29 April 2027"."""
    days = (due.done_on - due.since).days if due.done_on and due.since else 0
    unit = "day" if days == 1 else "days"
    over = "late" if due.done_on and due.done_on > due.on else "limit"
    on = f"{due.on.day} {due.on:%B %Y}"
    if over == "late":
        return f"{days} {unit} after {short(due)}; the limit was {due.length}, {on}: late"
    return f"{days} {unit} after {short(due)}; limit {due.length}, {on}"


def short(due: Due) -> str:
    """From what the clock ran."""
    return due.why.split(" from ", 1)[1].split(",", 1)[0]


def met(row: Condition) -> Line:
    """A condition that was shown to be met."""
    on = row.met_on or date.min
    who = row.met_by.name if row.met_by else ""
    return Line(on, f"condition met: {going_on(row.text)}", notes=(f"{row.met_note} ({who})",))
