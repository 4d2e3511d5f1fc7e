"""Which steps set each clock of a body running, which stop it, and what falls due."""

from dataclasses import dataclass

from compliance.terms import ApprovalStep

S = ApprovalStep


@dataclass(frozen=True)
class Course:
    """From which steps a clock of an event runs, which steps stop it, what falls due, and who must act."""

    starts: tuple[ApprovalStep, ...]
    stops: tuple[ApprovalStep, ...]
    what: str
    ours: bool


COURSES = {
    "usual_decision": Course((S.SENT,), (S.DECIDED, S.LAPSED), "decision expected", ours=False),
    "fix_application": Course(
        (S.SENT,),
        (S.FOUND_VALID, S.REVIEW_BEGAN, S.INFORMATION_ASKED, S.DECIDED, S.LAPSED),
        "last day to put the application right",
        ours=True,
    ),
    "decision": Course(
        (S.FOUND_VALID,),
        (S.INFORMATION_ASKED, S.DECIDED, S.LAPSED),
        "decision or request expected",
        ours=False,
    ),
    "answer": Course(
        (S.INFORMATION_ASKED,),
        (S.INFORMATION_SENT, S.DECIDED, S.LAPSED),
        "answer to the request due",
        ours=True,
    ),
    "decision_after_answer": Course((S.INFORMATION_SENT,), (S.DECIDED,), "decision expected", ours=False),
    "fix_modification": Course(
        (S.MODIFICATION_SENT,),
        (S.MODIFICATION_VALID, S.MODIFICATION_ASKED, S.MODIFICATION_DECIDED),
        "last day to put the modification right",
        ours=True,
    ),
    "modification_decision": Course(
        (S.MODIFICATION_VALID,),
        (S.MODIFICATION_ASKED, S.MODIFICATION_DECIDED),
        "decision on the modification expected",
        ours=False,
    ),
    "modification_answer": Course(
        (S.MODIFICATION_ASKED,),
        (S.MODIFICATION_ANSWERED, S.MODIFICATION_DECIDED),
        "answer about the modification due",
        ours=True,
    ),
    "modification_decision_after_answer": Course(
        (S.MODIFICATION_ANSWERED,),
        (S.MODIFICATION_DECIDED,),
        "decision on the modification expected",
        ours=False,
    ),
    "halt_notice": Course((S.HALTED,), (S.TOLD, S.RESUMED), "notice of the halt due", ours=True),
    "early_stop_notice": Course((S.STOPPED,), (S.TOLD,), "notice of the early stop due", ours=True),
    "end_declaration": Course((S.ENDED,), (S.TOLD,), "end of study declaration due", ours=True),
    "final_report": Course((S.ENDED, S.STOPPED), (S.REPORTED,), "final report due", ours=True),
}
START = {"start": "begin the study, or explain", "start_again": "begin the study, or explain again"}
YEARLY = {"progress_report": "yearly report due", "annual_review": "yearly review due"}
FORECAST = ("end_declaration", "final_report")
