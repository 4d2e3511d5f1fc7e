"""Answers that wait for a reviewer, and those that came back to whoever gave them."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import aliased

from compliance import clock
from compliance.access import ME, my_organisations
from compliance.models import (
    Answer,
    Assessment,
    AssessmentAnswer,
    Check,
    Organisation,
    Project,
    ReportingPeriod,
    Review,
    User,
)
from compliance.permissions import Permission
from compliance.terms import ReviewKind, Term, Waiting
from compliance.work.items import Item, Pile
from compliance.work.projects import first_of, most_urgent

TO_REVIEW, RETURNED = "answers to review", "answers returned to you"


def latest_step(row: Any) -> ColumnElement[bool]:
    """Condition on Review: the latest step in the review of a check or an assessment; a comment is none."""
    one = aliased(Review)
    of = getattr(one, row.key)
    steps = select(func.max(one.id)).where(one.kind != ReviewKind.COMMENT, of.is_not(None)).group_by(of)
    return Review.id.in_(steps)


def author(answer: Any, belongs: ColumnElement[bool], row: Any) -> Any:
    """Who gave the latest answer of a check or an assessment."""
    newest = select(answer.answered_by_id).where(belongs).order_by(answer.id.desc()).limit(1)
    return newest.correlate(row).scalar_subquery()


def waits(kind: ReviewKind, author_id: Any) -> ColumnElement[bool]:
    """Condition on Review: sent by others for ME to review, or returned to ME."""
    if kind is ReviewKind.RETURNED:
        return and_(Review.kind == kind, author_id == ME)
    return and_(Review.kind == kind, author_id != ME, Review.said_by_id != ME)


@cache
def of_checks(kind: ReviewKind, permission: Permission) -> Select[Any]:
    """(project, how many of its answers, since when, the first code), the longest waiting first."""
    wrote, since = author(Answer, Answer.check_id == Check.id, Check), func.min(Review.said_at)
    return first_of(
        select(Project, func.count(), since, func.min(Check.requirement_code))
        .join(Check, Check.project_id == Project.id)
        .join(Review, Review.check_id == Check.id)
        .where(
            latest_step(Review.check_id),
            waits(kind, wrote),
            Check.organisation_id.in_(my_organisations(permission)),
        )
        .group_by(Project.id)
        .order_by(since, Project.id)
    )


@cache
def of_assessments(kind: ReviewKind, permission: Permission) -> Select[Any]:
    """(organisation, period, how many answers, since when, the first code), the longest waiting first."""
    wrote = author(AssessmentAnswer, AssessmentAnswer.assessment_id == Assessment.id, Assessment)
    since = func.min(Review.said_at)
    return first_of(
        select(Organisation, ReportingPeriod, func.count(), since, func.min(Assessment.requirement_code))
        .join(Assessment, Assessment.organisation_id == Organisation.id)
        .join(ReportingPeriod, ReportingPeriod.id == Assessment.period_id)
        .join(Review, Review.assessment_id == Assessment.id)
        .where(
            latest_step(Review.assessment_id),
            waits(kind, wrote),
            Assessment.organisation_id.in_(my_organisations(permission)),
        )
        .group_by(Organisation.id, ReportingPeriod.id)
        .order_by(since, Organisation.id)
    )


def checks_to_review(by: User) -> Pile:
    """Answers of projects that others sent and this person may accept or return."""
    rows, total = most_urgent(of_checks(ReviewKind.SUBMITTED, Permission.ANSWER_REVIEW), by)
    items = tuple(project_item(*row, status=Waiting.REVIEW_WAITS) for row in rows)
    return Pile(TO_REVIEW, items, total, "projects.index")


def checks_returned(by: User) -> Pile:
    """Answers of projects that a reviewer returned to this person."""
    rows, total = most_urgent(of_checks(ReviewKind.RETURNED, Permission.CHECK_ANSWER), by)
    items = tuple(project_item(*row, status=Waiting.RETURNED) for row in rows)
    return Pile(RETURNED, items, total, "projects.index")


def assessments_to_review(by: User) -> Pile:
    """Judgements of organisations that others sent and this person may accept or return."""
    rows, total = most_urgent(of_assessments(ReviewKind.SUBMITTED, Permission.ANSWER_REVIEW), by)
    items = tuple(assessment_item(*row, status=Waiting.REVIEW_WAITS) for row in rows)
    return Pile(TO_REVIEW, items, total, "assessments.index")


def assessments_returned(by: User) -> Pile:
    """Judgements of organisations that a reviewer returned to this person."""
    rows, total = most_urgent(of_assessments(ReviewKind.RETURNED, Permission.ASSESSMENT_ANSWER), by)
    items = tuple(assessment_item(*row, status=Waiting.RETURNED) for row in rows)
    return Pile(RETURNED, items, total, "assessments.index")


def words(number: int, status: Term, since: datetime) -> tuple[str, str]:
    """What to do, and since when it waits."""
    answers = "1 answer" if number == 1 else f"{number} answers"
    day = clock.day_of(since)
    when = f"since {day.day} {day:%B %Y}"
    if status is Waiting.RETURNED:
        return f"Look again at {answers}", f"Returned by a reviewer, {when}"
    return f"Review {answers}", f"With you {when}"


def project_item(project: Project, number: int, since: datetime, code: str, *, status: Term) -> Item:
    """What waits in one project: the answer itself when it is one, else the project."""
    what, why = words(number, status, since)
    page = "checks.show" if status is Waiting.RETURNED else "reviews.review_check"
    return Item(
        what=what,
        about=project.title,
        reference=project.reference,
        why=why,
        status=status,
        endpoint=page if number == 1 else "projects.show",
        values={"reference": project.reference} | ({"code": code} if number == 1 else {}),
    )


def assessment_item(
    organisation: Organisation,
    period: ReportingPeriod,
    number: int,
    since: datetime,
    code: str,
    *,
    status: Term,
) -> Item:
    """What waits in the assessment of one organisation: the answer itself when it is one, else all."""
    what, why = words(number, status, since)
    page = "assessments.requirement" if status is Waiting.RETURNED else "reviews.review_assessment"
    place = {"organisation": organisation.code, "period": period.key}
    return Item(
        what=what,
        about=f"{organisation.name_on(clock.today())}, {period.label}",
        why=why,
        status=status,
        endpoint=page if number == 1 else "assessments.show",
        values=place | ({"code": code} if number == 1 else {}),
    )
