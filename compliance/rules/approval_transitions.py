"""Which step of an approval may be taken from which stage, and what to say when it may not: the table.

The stages are those of approvals, section 9 (our judgement), completed with what sections 6.2 and 7 name:
suspended, terminated, appeal, lapsed. A body's steps that nobody reported to us stay unrecorded, so a
decision may follow the application at once; what cannot have happened is refused.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from compliance.terms import ApprovalState, ApprovalStep, Outcome

S, T = ApprovalStep, ApprovalState

AFTER_DECISION = {
    Outcome.FAVOURABLE: T.FAVOURABLE,
    Outcome.FAVOURABLE_WITH_CONDITIONS: T.WITH_CONDITIONS,
    Outcome.PROVISIONAL: T.PROVISIONAL,
    Outcome.UNFAVOURABLE: T.UNFAVOURABLE,
    Outcome.NO_OPINION: T.NO_OPINION,
    Outcome.ADVICE: T.ADVICE,
    Outcome.NOT_REQUIRED: T.NOT_REQUIRED,
    Outcome.WITHDRAWN: T.WITHDRAWN,
    Outcome.INVALID: T.INVALID,
}
BEFORE = frozenset({T.NEEDED, T.DRAFT})
WITH_THE_BODY = frozenset({T.SUBMITTED, T.VALID, T.UNDER_REVIEW, T.FURTHER_INFORMATION, T.APPEAL})
UNDECIDED = BEFORE | WITH_THE_BODY | {T.PROVISIONAL, T.NO_OPINION, T.INVALID}
DECIDED = frozenset(AFTER_DECISION.values()) | {T.ACTIVE}
RUNNING = frozenset({T.ACTIVE, T.MODIFICATION_PENDING})
PAUSED = frozenset({T.HALTED, T.SUSPENDED})
OVER = frozenset({T.ENDED, T.TERMINATED})
# What may be followed by a new application: the new approval refers to the one it replaces.
# One whose time ran out before its conditions were met is renewed too, and advice is asked for again.
REPLACEABLE = (
    RUNNING
    | PAUSED
    | OVER
    | {T.FAVOURABLE, T.WITH_CONDITIONS, T.RESPONDED}
    | {T.UNFAVOURABLE, T.NOT_REQUIRED, T.WITHDRAWN, T.LAPSED, T.CLOSED}
)


@dataclass(frozen=True)
class Transition:
    """A step, from where it may be taken, where it leads, and why it may not be taken elsewhere.

    `to` is None when the step leaves the stage as it is, or when `after` works it out.
    """

    step: ApprovalStep
    sources: frozenset[ApprovalState]
    to: ApprovalState | None
    otherwise: str


def _one(
    step: ApprovalStep, sources: Iterable[ApprovalState], to: ApprovalState | None, otherwise: str
) -> Transition:
    return Transition(step, frozenset(sources), to, otherwise)


NOT_IN_FORCE = "This can be recorded only while the approval is in force"
NO_MODIFICATION = "No modification is with the body"
NOT_BEGUN = "This can be recorded only once the approval has taken effect"
NO_INCIDENT = "The body was told of every breach and adverse event on record"
NOT_TOLD_HERE = "The rules of this body ask for no report of a breach or an adverse event"
INCIDENTS = frozenset({ApprovalStep.BREACH, ApprovalStep.ADVERSE_EVENT})
TRANSITIONS = {
    row.step: row
    for row in (
        _one(S.BEGUN, {T.NEEDED}, T.DRAFT, "An application has been begun already"),
        _one(
            S.SENT,
            {T.NEEDED, T.DRAFT, T.SUBMITTED, T.INVALID},
            T.SUBMITTED,
            "The application has gone further than that: it cannot be sent again",
        ),
        _one(S.FOUND_VALID, {T.SUBMITTED}, T.VALID, "Only an application that was sent can be found valid"),
        _one(
            S.REVIEW_BEGAN,
            {T.SUBMITTED, T.VALID, T.NO_OPINION, T.PROVISIONAL},
            T.UNDER_REVIEW,
            "A review begins after the application was sent, and before a final decision",
        ),
        _one(
            S.INFORMATION_ASKED,
            {T.SUBMITTED, T.VALID, T.UNDER_REVIEW, T.PROVISIONAL},
            T.FURTHER_INFORMATION,
            "The body can ask for more only while an application is with it",
        ),
        _one(
            S.INFORMATION_SENT,
            {T.FURTHER_INFORMATION, T.PROVISIONAL},
            T.UNDER_REVIEW,
            "The body has not asked for anything",
        ),
        _one(
            S.LAPSED,
            {T.SUBMITTED, T.FURTHER_INFORMATION, T.PROVISIONAL},
            T.LAPSED,
            "Only an application that waits for an answer can lapse",
        ),
        _one(
            S.DECIDED,
            WITH_THE_BODY | BEFORE | {T.INVALID, T.PROVISIONAL, T.NO_OPINION},
            None,
            "A decision stands already: record a modification, correct it, or apply again",
        ),
        _one(S.CORRECTED, DECIDED, None, "Only a decision that nothing has followed can be corrected"),
        _one(
            S.TOOK_EFFECT,
            {T.FAVOURABLE, T.WITH_CONDITIONS},
            T.ACTIVE,
            "Only a favourable decision takes effect",
        ),
        _one(S.RESPONDED, {T.ADVICE, T.RESPONDED}, T.RESPONDED, "There is no advice to answer"),
        _one(S.APPEALED, {T.UNFAVOURABLE}, T.APPEAL, "Only an unfavourable decision can be appealed"),
        _one(
            S.MODIFICATION_SENT,
            RUNNING | PAUSED,
            None,
            "A modification can be sent only while the approval is in force or paused",
        ),
        _one(S.MODIFICATION_NOTED, RUNNING | PAUSED, None, NOT_IN_FORCE),
        _one(S.MODIFICATION_VALID, RUNNING | PAUSED, None, NO_MODIFICATION),
        _one(S.MODIFICATION_ASKED, RUNNING | PAUSED, None, NO_MODIFICATION),
        _one(S.MODIFICATION_ANSWERED, RUNNING | PAUSED, None, NO_MODIFICATION),
        _one(S.MODIFICATION_DECIDED, RUNNING | PAUSED, None, NO_MODIFICATION),
        _one(S.PROGRESS_REPORTED, RUNNING | PAUSED, None, NOT_IN_FORCE),
        _one(S.BREACH, RUNNING | PAUSED | OVER, None, NOT_BEGUN),
        _one(S.ADVERSE_EVENT, RUNNING | PAUSED | OVER, None, NOT_BEGUN),
        _one(S.INCIDENT_TOLD, RUNNING | PAUSED | OVER, None, NO_INCIDENT),
        _one(S.HALTED, RUNNING, T.HALTED, "A study can be halted only while its approval is in force"),
        _one(
            S.SUSPENDED, RUNNING | {T.HALTED}, T.SUSPENDED, "Only an approval in force or halted is suspended"
        ),
        _one(S.RESUMED, PAUSED, None, "Only a study that is halted or suspended can be resumed"),
        _one(S.STOPPED, RUNNING | PAUSED, T.TERMINATED, "A study stops early only after its approval began"),
        _one(S.ENDED, RUNNING | {T.HALTED}, T.ENDED, "A study can end only after its approval took effect"),
        _one(
            S.TOLD,
            OVER | {T.HALTED},
            None,
            "The body is told of a halt, an early stop or the end: record that first",
        ),
        _one(
            S.REPORTED,
            {T.FINAL_REPORT_DUE},
            T.CLOSED,
            "The final report follows the end of the study, after the body was told of it",
        ),
        _one(S.CLOSED, OVER | {T.RESPONDED}, T.CLOSED, "Record first that the study ended"),
    )
}
DECISION_STEPS = frozenset({S.DECIDED, S.CORRECTED, S.TOOK_EFFECT})
ABOUT_MODIFICATION = frozenset(
    {S.MODIFICATION_VALID, S.MODIFICATION_ASKED, S.MODIFICATION_ANSWERED, S.MODIFICATION_DECIDED}
)
