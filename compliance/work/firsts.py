"""The first approvals of each kind that wait for somebody, found together in one statement."""

from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import (
    Date,
    Integer,
    Select,
    and_,
    cast,
    func,
    literal,
    not_,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased, joinedload

from compliance.access import TODAY, later, my_organisations
from compliance.approvals.queries import corrected, in_fieldwork, in_scope, shown
from compliance.models import Approval, ApprovalStanding, Condition, Decision, Project
from compliance.permissions import Permission
from compliance.rules.approvals import SOON
from compliance.work.items import SHOWN

# The decision that counts; the conditions of other queries speak of Decision themselves.
Counting = aliased(Decision)
NO_DAY, NO_NUMBER = cast(null(), Date), cast(null(), Integer)


class Kind(StrEnum):
    """Why an approval stands on My work."""

    ASKED = "asked"
    ENDING = "ending"
    CONDITION = "condition"
    ADVICE = "advice"
    OTHERS = "others"


def first_where(kind: Kind, *where: Any, on: Any = NO_DAY, condition: Any = NO_NUMBER) -> Select[Any]:
    """The first approvals of ME under these conditions by a day, in narrow rows: a limit sorts them all."""
    row = ApprovalStanding
    found = (
        select(
            literal(kind).label("kind"),
            Approval.id.label("approval_id"),
            condition.label("condition_id"),
            on.label("on"),
            func.count().over().label("of"),
        )
        .select_from(Approval)
        .join(row, row.approval_id == Approval.id)
        .where(Approval.organisation_id.in_(my_organisations(Permission.APPROVAL_RECORD)), *where)
    )
    if condition is not NO_NUMBER:
        found = found.join(Decision, Decision.approval_id == row.approval_id)
        found = found.join(Condition, Condition.decision_id == Decision.id)
    place = Approval.id if condition is NO_NUMBER else condition
    return select(found.order_by(on, place).limit(SHOWN).subquery())


def firsts() -> list[Select[Any]]:
    """What waits, one narrow query a kind."""
    row, soon = ApprovalStanding, later(TODAY, SOON)
    covered = and_(Approval.binding, Approval.project.has(in_fieldwork(TODAY)), row.expires_on < TODAY)
    ends = or_(shown("expired", TODAY), shown("expiring-90", TODAY))  # type: ignore[arg-type]
    running = Approval.project.has(
        and_(in_scope(), or_(Project.ended_on.is_(None), Project.ended_on > TODAY))
    )
    given = select(Decision.decided_on).where(Decision.id == row.decision_id).scalar_subquery()
    unmet = (
        # The first says little more than the second, but there is an index on it.
        row.condition_due_on <= soon,
        Condition.due_on <= soon,
        Condition.met_at.is_(None),
        ~corrected(Decision),
        running,
    )
    return [
        first_where(Kind.ASKED, shown("waits-for-you", TODAY)),
        first_where(Kind.ENDING, ends, not_(covered), on=row.expires_on),
        first_where(Kind.CONDITION, *unmet, on=Condition.due_on, condition=Condition.id),
        first_where(Kind.ADVICE, shown("response-owed", TODAY), on=given),
        first_where(
            Kind.OTHERS, shown("under-review", TODAY), Approval.applied_on <= TODAY, on=Approval.applied_on
        ),
    ]


@cache
def found_first() -> Select[Any]:
    """The first of each kind: which, of how many, the approval, its decision that counts, the condition."""
    first = union_all(*firsts()).subquery()
    return (
        select(first.c.kind, first.c.of, Approval, Counting, Condition)
        .select_from(first)
        .join(Approval, Approval.id == first.c.approval_id)
        .join(ApprovalStanding, ApprovalStanding.approval_id == Approval.id)
        .outerjoin(Counting, Counting.id == ApprovalStanding.decision_id)
        .outerjoin(Condition, Condition.id == first.c.condition_id)
        .options(joinedload(Approval.project))
        .order_by(first.c.on, first.c.condition_id, Approval.id)
    )
