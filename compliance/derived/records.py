"""What the records say of an approval on a day, asked of all of them: exact, and slow for many rows.

Lists and boards read what is kept of the answers; `refresh` keeps it, with these very conditions.
"""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, exists, func, or_
from sqlalchemy.orm import aliased

from compliance.models import Approval, ApprovalEvent, Condition, Decision, Project
from compliance.terms import ApprovalStep, Outcome, ScopeDecision

FAVOURABLE = (Outcome.FAVOURABLE, Outcome.FAVOURABLE_WITH_CONDITIONS)
STOPS = (ApprovalStep.HALTED, ApprovalStep.SUSPENDED, ApprovalStep.STOPPED)
# A day that everyone shares, or a column with a day of each row's own.
Day = date | SQLColumnExpression[date | None]

# Other rows of the same tables. Made once: an alias builds all its columns, which a board feels.
CORRECTION, LATER = aliased(Decision), aliased(Decision)
STOP, RESUMED, END = aliased(ApprovalEvent), aliased(ApprovalEvent), aliased(ApprovalEvent)
SUCCESSOR, EARLIER = aliased(Approval), aliased(Approval)


def in_scope() -> ColumnElement[bool]:
    """Condition on Project: registered, and in or partly in scope."""
    return and_(
        Project.registered_at.is_not(None),
        Project.scope_decision.in_((ScopeDecision.IN_SCOPE, ScopeDecision.PARTLY)),
    )


def corrected(decision: Any) -> ColumnElement[bool]:
    """Condition on a decision: a later one corrects it."""
    return exists().where(CORRECTION.corrects_id == decision.id).correlate_except(CORRECTION)


def is_latest(on: Day) -> ColumnElement[bool]:
    """Condition on Decision: not corrected, and no later decision of the same approval up to a day."""
    return and_(
        Decision.decided_on <= on,
        ~corrected(Decision),
        ~exists()
        .where(
            LATER.approval_id == Decision.approval_id,
            LATER.decided_on <= on,
            ~corrected(LATER),
            or_(
                LATER.decided_on > Decision.decided_on,
                and_(LATER.decided_on == Decision.decided_on, LATER.id > Decision.id),
            ),
        )
        .correlate_except(LATER),
    )


def open_before_start() -> ColumnElement[bool]:
    """Condition on Decision: some condition to meet before the start is not met."""
    return exists().where(
        Condition.decision_id == Decision.id, Condition.before_start, Condition.met_at.is_(None)
    )


def at_high_risk(approval: Any) -> ColumnElement[bool]:
    """Condition on an approval: high risk remains, and the ICO was not consulted (H6)."""
    details = approval.details
    return and_(
        func.coalesce(details["residual_risk"].as_string(), "") == "High",
        func.coalesce(details["ico_consulted_on"].as_string(), "") == "",
    )


def paused(approval: Any, on: Day) -> ColumnElement[bool]:
    """Condition on an approval: halted, suspended or stopped by a day and not resumed, or ended before it."""
    again = exists().where(
        RESUMED.approval_id == STOP.approval_id,
        RESUMED.step == ApprovalStep.RESUMED,
        RESUMED.number > STOP.number,
        RESUMED.happened_on <= on,
    )
    stopped = exists().where(
        STOP.approval_id == approval.id,
        STOP.step.in_(STOPS),
        STOP.happened_on <= on,
        ~again.correlate_except(RESUMED),
    )
    ended = exists().where(
        END.approval_id == approval.id, END.step == ApprovalStep.ENDED, END.happened_on < on
    )
    return or_(stopped.correlate_except(STOP), ended.correlate_except(END))


def decided(
    approval: Any, on: Day, *, with_conditions: bool, not_required: bool = True
) -> ColumnElement[bool]:
    """Condition on an approval: its own latest decision up to a day stands, or says it is not required."""
    stands = and_(
        Decision.outcome.in_(FAVOURABLE),
        or_(Decision.expires_on.is_(None), Decision.expires_on >= on),
        ~paused(approval, on),
    )
    if with_conditions:
        stands = and_(stands, ~open_before_start(), ~at_high_risk(approval))
    if not_required:
        stands = or_(stands, Decision.outcome == Outcome.NOT_REQUIRED)
    # Only the decision is asked for here: the day may be a column of the project around it.
    return (
        exists().where(Decision.approval_id == approval.id, is_latest(on), stands).correlate_except(Decision)
    )


def settles(on: Day, *, with_conditions: bool = True) -> ColumnElement[bool]:
    """Condition on Approval: its latest decision up to a day stands on it, or says it is not required.

    An approval that was replaced is settled by its successor; a successor without a decision,
    by the approval that it is to replace.
    """
    by_successor = exists().where(
        SUCCESSOR.replaces_id == Approval.id, decided(SUCCESSOR, on, with_conditions=with_conditions)
    )
    by_earlier = exists().where(
        EARLIER.id == Approval.replaces_id,
        decided(EARLIER, on, with_conditions=with_conditions, not_required=False),
    )
    has_decision = exists().where(Decision.approval_id == Approval.id, Decision.decided_on <= on)
    return or_(
        decided(Approval, on, with_conditions=with_conditions),
        by_successor.correlate_except(SUCCESSOR),
        and_(~has_decision.correlate_except(Decision), by_earlier.correlate_except(EARLIER)),
    )


def lacks(on: Day, *, with_conditions: bool = True) -> ColumnElement[bool]:
    """Condition on Project: some binding approval neither stands nor is declared not required (H1 to H3)."""
    unsettled = ~settles(on, with_conditions=with_conditions)
    mine = exists().where(Approval.project_id == Project.id, Approval.binding, unsettled)
    return mine.correlate_except(Approval)
