"""The ratings of the AI Covenant's principles, read and in SQL; only what is rated in full counts."""

from datetime import date

from sqlalchemy import ColumnElement, and_, distinct, exists, func, select
from sqlalchemy.orm import joinedload

from compliance.approvals.standing import has_latest
from compliance.db import db
from compliance.models import Approval, Decision, PrincipleRating, Project
from compliance.rules.covenant import COVENANT
from compliance.terms import ApprovalState, Outcome, Principle

Ratings = dict[Principle, PrincipleRating]


def ratings_of(project_id: int) -> dict[int, Ratings]:
    """The latest rating of each principle, by the id of the approval; one query."""
    found: dict[int, Ratings] = {}
    rows = db.session.scalars(
        select(PrincipleRating)
        .join(Approval, Approval.id == PrincipleRating.approval_id)
        .where(Approval.project_id == project_id)
        .options(joinedload(PrincipleRating.evidence), joinedload(PrincipleRating.rated_by))
        .order_by(PrincipleRating.id)
    )
    for row in rows:
        found.setdefault(row.approval_id, {})[row.principle] = row
    return found


def covenants_of(project: Project) -> list[tuple[Approval, Ratings]]:
    """The Covenant of a project with its ratings; empty without AI, and for one that another replaced."""
    replaced = {row.replaces_id for row in project.approvals}
    mine = [row for row in project.approvals if row.body_key == COVENANT and row.id not in replaced]
    due = [row for row in mine if row.stage is not ApprovalState.NOT_REQUIRED]
    found = ratings_of(project.id) if due else {}
    return [(row, found.get(row.id, {})) for row in due]


def owes_covenant(on: date) -> ColumnElement[bool]:
    """Condition on Project: it uses AI, so that the Covenant is due, and nobody found it not required."""
    due = exists().where(
        Approval.project_id == Project.id,
        Approval.body_key == COVENANT,
        ~has_latest(on, Decision.outcome.in_((Outcome.NOT_REQUIRED, Outcome.WITHDRAWN))),
    )
    return due.correlate(Project)


def covenant_rated(on: date) -> ColumnElement[bool]:
    """Condition on Project: all six principles are rated, and were said to be on a date up to this day.

    A rating has the moment of its recording; what counts by date is the decision, which waits for all six.
    """
    rated = (
        select(func.count(distinct(PrincipleRating.principle)))
        .where(PrincipleRating.approval_id == Approval.id)
        .scalar_subquery()
    )
    done = exists().where(
        Approval.project_id == Project.id,
        Approval.body_key == COVENANT,
        and_(has_latest(on, Decision.outcome == Outcome.ADVICE), rated == len(Principle)),
    )
    return done.correlate(Project)
