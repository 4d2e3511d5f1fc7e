"""What projects owe to bodies: reports, declarations, notices, answers about modifications, and reviews.

Which approvals a rule could make something due for is asked in SQL; what is due, and why, is worked out.
"""

from collections.abc import Collection
from datetime import date
from functools import cache

from sqlalchemy import ColumnElement, Integer, Select, String, and_, bindparam, select, union_all

from compliance import clock, frameworks
from compliance.access import asked_by, my_organisations
from compliance.approvals.dates import open_dues
from compliance.approvals.loading import with_dates, with_everything
from compliance.approvals.standing import in_scope
from compliance.db import db
from compliance.models import Approval, Project, User
from compliance.permissions import Permission
from compliance.rules.approval_transitions import OVER, PAUSED, RUNNING
from compliance.rules.approvals import SOON
from compliance.rules.due import Due
from compliance.terms import ApprovalState

T = ApprovalState
DECIDED = (T.FAVOURABLE, T.WITH_CONDITIONS, *RUNNING, *PAUSED)
TO_CLOSE = (*OVER, T.FINAL_REPORT_DUE)
# Told elsewhere: each condition, the end of an approval, what a body asked for before its decision.
ELSEWHERE = ("condition/", "end/")
ANSWER, REVIEW = "answer", "review_due_on"


def could_owe(permission: Permission) -> ColumnElement[bool]:
    """Condition on Approval, where ME holds the permission: its body has clocks and it went far enough, it is
    over, its review nears, or it is `also` wanted.

    Several questions, so that each finds its rows by an index of its own.
    """
    bodies = frameworks.bodies().values()
    clocked = [one.key for one in bodies if any(row.event != "usual_decision" for row in one.clocks)]
    reviewed = [one.key for one in bodies if any(row.key == REVIEW for row in one.questions)]
    near = Approval.details[REVIEW].as_string() <= bindparam(None, type_=String(), callable_=soon)
    mine = Approval.organisation_id.in_(my_organisations(permission))
    far, found = Approval.stage.in_((T.SUBMITTED, *DECIDED)), select(Approval.id)
    kept = found.where(Approval.body_key.in_(reviewed), Approval.stage.in_(DECIDED)).correlate(None)
    could = union_all(
        found.where(mine, Approval.stage.in_(TO_CLOSE)),
        found.where(Approval.body_key.in_(clocked), far),
        found.where(Approval.id.in_(kept), near),
        found.where(Approval.own_body_id.is_not(None), Approval.stage.in_(DECIDED), near),
        found.where(Approval.id.in_(bindparam("also", type_=Integer(), expanding=True))),
    )
    return and_(mine, Approval.id.in_(could))


def soon() -> str:
    """The last day of what is due soon, as the details of approvals write days."""
    return (clock.today() + SOON).isoformat()


@cache
def owing(permission: Permission) -> Select[Approval]:
    """Every approval that could owe something, where ME holds the permission."""
    could = select(Approval).where(could_owe(permission), Approval.project.has(in_scope()))
    return could.options(*with_everything(), *with_dates())


def owed(
    permission: Permission, *, by: User, also: Collection[int] = ()
) -> list[tuple[Approval, Due | None]]:
    """What is late or due within 30 days where this person holds the permission, the earliest first.

    An approval that is over and to be closed is owed even where no rule gives it a day. All that dates follow
    from is loaded with the approvals, and with others by their ids, which are read `also`.
    """
    today = clock.today()
    rows = db.session.scalars(owing(permission), {"also": list(also), **asked_by(by)}).unique()
    found: list[tuple[Approval, Due | None]] = []
    for row in rows:
        mine = [one for one in open_dues(row, today) if told_here(one, row.project)]
        found += [(row, one) for one in mine if one.on <= today + SOON]
        if row.stage in TO_CLOSE and not mine and row.replaced_by is None:
            found.append((row, None))
    return sorted(found, key=lambda pair: (pair[1].on if pair[1] else date.max, pair[0].id))


def told_here(one: Due, project: Project) -> bool:
    """Whether something due is ours to send and is told nowhere else; a review ends with its project."""
    over = project.ended_on is not None and one.key.startswith("review/")
    return one.ours and one.event != ANSWER and not one.key.startswith(ELSEWHERE) and not over
