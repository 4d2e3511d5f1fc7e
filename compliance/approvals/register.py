"""What each filter of the register of approvals means, as conditions in SQL."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, exists
from sqlalchemy.orm import aliased

from compliance.access import Day, later
from compliance.approvals.standing import FAVOURABLE, counts
from compliance.models import Approval, ApprovalStanding
from compliance.rules.approvals import SOON
from compliance.terms import ApprovalState, Outcome

T = ApprovalState
# The filters with the words of their choice, in order.
SHOWN = (
    ("", "All approvals"),
    ("needed", "Needed, not begun"),
    ("under-review", "Under review"),
    ("waits-for-you", "They wait for you"),
    ("unfavourable", "Unfavourable"),
    ("expired", "Ended while the project runs"),
    ("expiring-90", "End within 90 days"),
    ("expiring", "End within 30 days"),
    ("expiring-7", "End within 7 days"),
    ("conditions-late", "A condition is late"),
    ("response-owed", "Advice without an answer"),
    ("owed", "A report, notice or review is due"),
    ("modification", "Modification under review"),
    ("paused", "Halted or suspended"),
    ("report-due", "Ended, to be closed"),
)


# The list around it may read what is kept of the approval too.
LIVE = aliased(ApprovalStanding)


def live() -> ColumnElement[bool]:
    """Condition on Approval: its project is in scope and has not ended."""
    return exists().where(LIVE.approval_id == Approval.id, LIVE.live).correlate_except(LIVE)


def ends(first: Day | None, last: Day) -> ColumnElement[bool]:
    """Condition on Approval: in force by its decision, last day between these, and live."""
    return counts(
        ApprovalStanding.live,
        ApprovalStanding.outcome.in_(FAVOURABLE),
        ApprovalStanding.expires_on <= last,
        *([] if first is None else [ApprovalStanding.expires_on >= first]),
    )


def shown(show: str, on: Day) -> ColumnElement[bool] | None:
    """What a filter of the list means; None for all. Only the one asked for is built."""
    with_body = (T.SUBMITTED, T.VALID, T.UNDER_REVIEW, T.APPEAL)
    conditions: dict[str, Callable[[], ColumnElement[bool]]] = {
        "needed": lambda: and_(Approval.stage.in_((T.NEEDED, T.DRAFT, T.INVALID)), live()),
        "under-review": lambda: and_(Approval.stage.in_(with_body), live()),
        "waits-for-you": lambda: and_(Approval.stage.in_((T.FURTHER_INFORMATION, T.PROVISIONAL)), live()),
        "unfavourable": lambda: counts(ApprovalStanding.outcome == Outcome.UNFAVOURABLE),
        "expired": lambda: ends(None, later(on, timedelta(days=-1))),
        "expiring-90": lambda: ends(on, later(on, timedelta(days=90))),
        "expiring": lambda: ends(on, later(on, SOON)),
        "expiring-7": lambda: ends(on, later(on, timedelta(days=7))),
        "conditions-late": lambda: counts(ApprovalStanding.condition_due_on < on),
        "modification": lambda: Approval.stage == T.MODIFICATION_PENDING,
        "paused": lambda: Approval.stage.in_((T.HALTED, T.SUSPENDED)),
        "report-due": lambda: Approval.stage.in_((T.ENDED, T.TERMINATED, T.FINAL_REPORT_DUE)),
        "response-owed": lambda: and_(
            counts(ApprovalStanding.outcome == Outcome.ADVICE), Approval.responded_at.is_(None)
        ),
    }
    return conditions[show]() if show in conditions else None
