"""What projects owe to bodies: reports, declarations, notices, answers about modifications, and reviews.

Which approvals a rule could make something due for is asked in SQL; what is due, and why, is worked out.
"""

from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select

from compliance import clock, frameworks
from compliance.access import organisations_where
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
ANSWER = "answer"


def could_owe(today: date) -> ColumnElement[bool]:
    """Condition on Approval: its body has clocks and it went far enough, it is over, or its review nears."""
    clocked = [
        body.key
        for body in frameworks.bodies().values()
        if any(row.event != "usual_decision" for row in body.clocks)
    ]
    near = Approval.details["review_due_on"].as_string() <= (today + SOON).isoformat()
    return or_(
        Approval.stage.in_(TO_CLOSE),
        and_(Approval.stage.in_((T.SUBMITTED, *DECIDED)), Approval.body_key.in_(clocked)),
        and_(Approval.stage.in_(DECIDED), near),
    )


def owed(permission: Permission, *, by: User) -> list[tuple[Approval, Due | None]]:
    """What is late or due within 30 days where this person holds the permission, the earliest first.

    An approval that is over and to be closed is owed even where no rule gives it a day.
    """
    today = clock.today()
    rows = db.session.scalars(
        select(Approval)
        .where(
            Approval.organisation_id.in_(organisations_where(by, permission, today)),
            Approval.project.has(in_scope()),
            could_owe(today),
        )
        .options(*with_everything(), *with_dates())
    ).unique()
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
