"""Answers that wait for a reviewer, and those that came back to whoever gave them."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, cast, func, null, select
from sqlalchemy.orm import aliased, joinedload

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
from compliance.work.together import by_kind, first_of_kind, together, total

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


class Kind(StrEnum):
    """Which answers wait, and why."""

    CHECKS_RETURNED = "checks returned"
    CHECKS_TO_REVIEW = "checks to review"
    ASSESSMENTS_TO_REVIEW = "assessments to review"
    ASSESSMENTS_RETURNED = "assessments returned"


# Of each kind: what last happened in the review, and who is asked.
OF_CHECKS = {
    Kind.CHECKS_RETURNED: (ReviewKind.RETURNED, Permission.CHECK_ANSWER),
    Kind.CHECKS_TO_REVIEW: (ReviewKind.SUBMITTED, Permission.ANSWER_REVIEW),
}
OF_ASSESSMENTS = {
    Kind.ASSESSMENTS_TO_REVIEW: (ReviewKind.SUBMITTED, Permission.ANSWER_REVIEW),
    Kind.ASSESSMENTS_RETURNED: (ReviewKind.RETURNED, Permission.ASSESSMENT_ANSWER),
}


def of_checks(kind: ReviewKind, permission: Permission) -> Select[Any]:
    """The projects with such answers, the longest waiting first, as narrow rows."""
    wrote, since = author(Answer, Answer.check_id == Check.id, Check), func.min(Review.said_at)
    return (
        select(Check.project_id, cast(null(), Integer), cast(null(), Integer))
        .add_columns(func.count(), since, func.min(Check.requirement_code))
        .join(Review, Review.check_id == Check.id)
        .where(
            latest_step(Review.check_id),
            waits(kind, wrote),
            Check.organisation_id.in_(my_organisations(permission)),
        )
        .group_by(Check.project_id)
        .order_by(since, Check.project_id)
    )


def of_assessments(kind: ReviewKind, permission: Permission) -> Select[Any]:
    """The assessments with such answers, the longest waiting first, as narrow rows."""
    wrote = author(AssessmentAnswer, AssessmentAnswer.assessment_id == Assessment.id, Assessment)
    since, place = func.min(Review.said_at), (Assessment.organisation_id, Assessment.period_id)
    return (
        select(cast(null(), Integer), *place)
        .add_columns(func.count(), since, func.min(Assessment.requirement_code))
        .join(Review, Review.assessment_id == Assessment.id)
        .where(
            latest_step(Review.assessment_id),
            waits(kind, wrote),
            Assessment.organisation_id.in_(my_organisations(permission)),
        )
        .group_by(*place)
        .order_by(since, *place)
    )


COLUMNS = ("project_id", "organisation_id", "period_id", "number", "since", "code")


def named(narrow: Select[Any]) -> Select[Any]:
    """The columns of a narrow query by their names."""
    told = [one.label(name) for one, name in zip(narrow.selected_columns, COLUMNS, strict=True)]
    return narrow.with_only_columns(*told)


@cache
def waiting_rows() -> Select[Any]:
    """The first of each kind: which project, or whose assessment of which period; how many answers."""
    firsts = [first_of_kind(kind, named(of_checks(*asked))) for kind, asked in OF_CHECKS.items()]
    firsts += [first_of_kind(kind, named(of_assessments(*asked))) for kind, asked in OF_ASSESSMENTS.items()]
    first = together(firsts)
    return (
        select(first.c.kind, first.c.of, Project, Organisation, ReportingPeriod)
        .add_columns(first.c.number, first.c.since, first.c.code)
        .select_from(first)
        .outerjoin(Project, Project.id == first.c.project_id)
        .outerjoin(Organisation, Organisation.id == first.c.organisation_id)
        .outerjoin(ReportingPeriod, ReportingPeriod.id == first.c.period_id)
        .options(joinedload(Organisation.names))
        .order_by(first.c.since, first.c.project_id, first.c.organisation_id)
    )


def waiting(by: User) -> list[Pile]:
    """Answers that others sent to review, and those that a reviewer returned; in one statement."""
    returned, to_review, judged, back = by_kind(waiting_rows(), Kind, by)
    asked, again = Waiting.REVIEW_WAITS, Waiting.RETURNED
    return [
        Pile(RETURNED, of_projects(returned, again), total(returned), "projects.index"),
        Pile(TO_REVIEW, of_projects(to_review, asked), total(to_review), "projects.index"),
        Pile(TO_REVIEW, of_organisations(judged, asked), total(judged), "assessments.index"),
        Pile(RETURNED, of_organisations(back, again), total(back), "assessments.index"),
    ]


def of_projects(rows: Sequence[Any], status: Term) -> tuple[Item, ...]:
    """What waits in projects."""
    return tuple(project_item(row.Project, row.number, row.since, row.code, status=status) for row in rows)


def of_organisations(rows: Sequence[Any], status: Term) -> tuple[Item, ...]:
    """What waits in the assessments of organisations."""
    return tuple(
        assessment_item(row.Organisation, row.ReportingPeriod, row.number, row.since, row.code, status=status)
        for row in rows
    )


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
