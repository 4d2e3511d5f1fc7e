"""When an approval stands: the one place where lists, boards and statements ask it, mostly in SQL."""

from datetime import date

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, exists, or_, select

from compliance.derived.records import (
    CORRECTION,
    FAVOURABLE,
    Day,
    corrected,
    in_scope,
    is_latest,
    open_before_start,
    settles,
)
from compliance.models import Approval, ApprovalStanding, Condition, Cover, Decision, Project, ProjectStanding

__all__ = [
    "FAVOURABLE",
    "Day",
    "corrected",
    "in_scope",
    "is_latest",
    "open_before_start",
    "settles",
]


def in_fieldwork(on: Day) -> ColumnElement[bool]:
    """Condition on Project: in scope, begun and not ended on a day."""
    return and_(in_scope(), Project.started_on <= on, or_(Project.ended_on.is_(None), Project.ended_on > on))


def lacks_decision(on: Day, *, with_conditions: bool = True) -> ColumnElement[bool]:
    """Condition on Project: some binding approval neither stands nor is declared not required (H1 to H3)."""
    stood = Cover.settled if with_conditions else Cover.decided
    on_the_day = (Cover.project_id == Project.id, Cover.from_on <= on, Cover.until_on > on)
    return exists().where(*on_the_day, ~stood).correlate_except(Cover)


def in_fieldwork_today(today: Day) -> ColumnElement[bool]:
    """Condition on ProjectStanding: as `in_fieldwork`."""
    row = ProjectStanding
    return and_(row.counted, row.started_on <= today, or_(row.ended_on.is_(None), row.ended_on > today))


def alarm(today: Day) -> ColumnElement[bool]:
    """Condition on Project: fieldwork runs today without something binding."""
    return stands(ProjectStanding.alarm_from_on <= today)


def stands(*conditions: SQLColumnExpression[bool]) -> ColumnElement[bool]:
    """Condition on Project: what is kept of it fulfils these conditions."""
    return Project.id.in_(select(ProjectStanding.project_id).where(*conditions))


def counts(*conditions: SQLColumnExpression[bool]) -> ColumnElement[bool]:
    """Condition on Approval: what is kept of it and its decision that counts fulfils these conditions."""
    return Approval.id.in_(select(ApprovalStanding.approval_id).where(*conditions))


def has_latest(on: date, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Condition on Approval: its latest decision up to a day fulfils these conditions."""
    return exists().where(Decision.approval_id == Approval.id, is_latest(on), *conditions)


def late_condition(on: Day) -> ColumnElement[bool]:
    """Condition on Condition: due before a day and not met."""
    return and_(Condition.due_on < on, Condition.met_at.is_(None), ~corrected_decision())


def corrected_decision() -> ColumnElement[bool]:
    """Condition on Condition: its decision was corrected by a later one, which carries it on."""
    return exists().where(CORRECTION.corrects_id == Condition.decision_id)


def standing_decisions(approval: Approval) -> list[Decision]:
    """The decisions that no later one corrects, in order."""
    corrected = {row.corrects_id for row in approval.decisions}
    return [row for row in approval.decisions if row.id not in corrected]


def latest(approval: Approval, on: date | None = None) -> Decision | None:
    """The decision that counts, or that counted on an earlier day; the newest where none had come by then."""
    found = standing_decisions(approval)
    by_then = [row for row in found if on is None or row.decided_on <= on]
    return next(reversed(by_then or found), None)
