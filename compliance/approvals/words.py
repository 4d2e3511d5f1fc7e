"""How each step is offered and asked about, and which of them comes first at a stage."""

from datetime import date

from compliance.frameworks.body import AnswerKind, Body, Clock
from compliance.models import Approval, Modification
from compliance.rules.approval_life import Asks, Life, open_steps
from compliance.rules.approval_transitions import BEFORE, OVER, REPLACEABLE
from compliance.rules.modifications import in_its_word
from compliance.templating import day
from compliance.terms import ApprovalState, ApprovalStep, ModificationKind

S, T = ApprovalStep, ApprovalState

# What a link says; the heading of its page is the same.
OFFER = {
    S.BEGUN: "Record that the application was begun",
    S.SENT: "Record the application",
    S.FOUND_VALID: "Record that the application is valid",
    S.REVIEW_BEGAN: "Record that the review began",
    S.INFORMATION_ASKED: "Record a request for further information",
    S.INFORMATION_SENT: "Record that you answered",
    S.LAPSED: "Record that the application lapsed",
    S.DECIDED: "Record the decision",
    S.CORRECTED: "Correct the decision",
    S.RESPONDED: "Answer the advice",
    S.APPEALED: "Record an appeal",
    S.MODIFICATION_SENT: "Record a modification",
    S.MODIFICATION_NOTED: "Record a modification",
    S.MODIFICATION_VALID: "Record that the modification is valid",
    S.MODIFICATION_ASKED: "Record a request about the modification",
    S.MODIFICATION_ANSWERED: "Record that you answered about the modification",
    S.MODIFICATION_DECIDED: "Record the decision on the modification",
    S.PROGRESS_REPORTED: "Record a yearly report",
    S.BREACH: "Record a serious breach",
    S.ADVERSE_EVENT: "Record a serious adverse event",
    S.INCIDENT_TOLD: "Record that the body was told of the incident",
    S.HALTED: "Record that the study was halted",
    S.SUSPENDED: "Record that the body suspended its approval",
    S.RESUMED: "Record that the study was resumed",
    S.STOPPED: "Record that the study was stopped early",
    S.ENDED: "Record the end of the study",
    S.TOLD: "Record that the body was told",
    S.REPORTED: "Record the final report",
    S.CLOSED: "Close the approval",
}
# An application that was sent is sent no second time: what was recorded of it is corrected.
CORRECT_APPLICATION = "Correct the application"
# What each step of a day and a note explains above its question.
INTRO = {
    S.HALTED: "While a study is halted its approval does not cover fieldwork: the board sees it at once.",
    S.SUSPENDED: "While an approval is suspended it does not cover fieldwork: the board sees it at once.",
    S.STOPPED: "An early stop is final. Tell the body next, and send its report where it asks for one.",
    S.ENDED: "Give the day on which the study ended as its protocol defines the end.",
    S.TOLD: "Give the day on which you sent the notice or the declaration.",
    S.BREACH: (
        "Give the day on which it happened and say what, without names. The body is told next: within "
        "how many days varies by the type of study, so no date is worked out. Ask the body."
    ),
    S.ADVERSE_EVENT: (
        "Give the day on which it happened and say what, without names. The body is told next: within "
        "how many days varies by the type of study. Ask the body where no date is shown."
    ),
    S.INCIDENT_TOLD: "Give the day on which you sent the report. It counts for the oldest incident.",
    S.REPORTED: "The approval is closed with the final report.",
    S.LAPSED: "A lapsed application is over. A new one begins afresh and refers to it.",
}
# Steps that have a page of their own.
OWN_PAGE = {
    S.SENT: "approvals.apply",
    S.DECIDED: "approvals.record_decision",
    S.RESPONDED: "approvals.respond",
    S.CORRECTED: "life.correct",
    S.MODIFICATION_SENT: "life.modification",
    S.MODIFICATION_NOTED: "life.modification",
    S.MODIFICATION_DECIDED: "life.modification_decision",
}
BY_THE_SERVICE = frozenset({S.TOOK_EFFECT})
SIMPLE = tuple(step for step in S if step not in OWN_PAGE and step not in BY_THE_SERVICE)
# What a body that decides on no application is not asked.
APPLYING = frozenset({S.BEGUN, S.SENT})
# Offered last.
RARE = frozenset({S.CORRECTED, S.LAPSED, S.SUSPENDED, S.STOPPED, S.APPEALED, S.BREACH, S.ADVERSE_EVENT})
# What most often comes next, for the one button of the page.
NEXT = {
    T.NEEDED: S.SENT,
    T.DRAFT: S.SENT,
    T.INVALID: S.SENT,
    T.SUBMITTED: S.DECIDED,
    T.VALID: S.DECIDED,
    T.UNDER_REVIEW: S.DECIDED,
    T.APPEAL: S.DECIDED,
    T.FURTHER_INFORMATION: S.INFORMATION_SENT,
    T.PROVISIONAL: S.INFORMATION_SENT,
    T.NO_OPINION: S.REVIEW_BEGAN,
    T.UNFAVOURABLE: S.APPEALED,
    T.ADVICE: S.RESPONDED,
    T.ACTIVE: S.MODIFICATION_SENT,
    T.MODIFICATION_PENDING: S.MODIFICATION_DECIDED,
    T.HALTED: S.RESUMED,
    T.SUSPENDED: S.RESUMED,
    T.TERMINATED: S.TOLD,
    T.ENDED: S.TOLD,
    T.FINAL_REPORT_DUE: S.REPORTED,
}


def offered(life: Life, asks: Asks) -> tuple[ApprovalStep | None, list[ApprovalStep]]:
    """The step that most often comes next, if it may be taken, and the others; each page once."""
    steps = [step for step in open_steps(life, asks) if step not in BY_THE_SERVICE]
    if not asks.application:
        steps = [step for step in steps if step not in APPLYING]
    if S.MODIFICATION_SENT in steps:
        steps.remove(S.MODIFICATION_NOTED)
    first = NEXT.get(life.stage)
    if life.incidents_open:
        first = S.INCIDENT_TOLD
    if life.stage in BEFORE and not asks.application:
        first = S.DECIDED
    if life.stage in OVER and not asks.final_report:
        first = S.CLOSED
    others = [step for step in steps if step is not first]
    others.sort(key=lambda step: step in RARE)
    return (first if first in steps else None), others


def change_word(body: Body | None, on: date) -> str:
    """What the body called a change to an approved study on a day."""
    return body.change_word(on) if body else "modification"


def offer(step: ApprovalStep, body: Body | None, today: date) -> str:
    """What the link to the page of a step says, in the word that the body uses today."""
    return in_its_word(OFFER[step], change_word(body, today))


def sort_of(change: Modification, body: Body | None) -> str:
    """The sort of a modification in the words of its day: amendments were substantial or not."""
    word = change_word(body, change.events[0].happened_on)
    plain = word == "amendment" and change.kind is not ModificationKind.SUBSTANTIAL
    sort = "Non-substantial" if plain else change.kind.label
    return f"{sort}, urgent safety measure" if change.urgent else sort


def sorts(word: str) -> list[tuple[str, str]]:
    """The sorts of a change that a body knows by its word."""
    if word == "amendment":
        return [("substantial", "Substantial"), ("minor", "Non-substantial")]
    return [(one.value, one.label) for one in ModificationKind]


def no_longer_due(body: Body | None, today: date) -> Clock | None:
    """The rule on yearly reports of a body that has ended, if it had one."""
    clocks = body.clocks if body else ()
    ended = (row for row in clocks if row.event == "progress_report" and row.in_force_until)
    return next((row for row in ended if row.in_force_until and row.in_force_until < today), None)


def replaceable(approval: Approval) -> bool:
    """Whether a new application may follow this approval."""
    return approval.stage in REPLACEABLE and approval.replaced_by is None


def details(approval: Approval, body: Body | None) -> list[tuple[str, str]]:
    """What is known of a body's own questions, as (question, answer)."""
    found = []
    for question in body.asked if body else ():
        if question.key in approval.details:
            value = str(approval.details[question.key])
            dated = question.kind is AnswerKind.DATE
            found.append((question.label, day(date.fromisoformat(value)) if dated else value))
    return found
