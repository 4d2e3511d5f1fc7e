"""Answers in review: accepted, returned, changed since, for a project and for a unit's assessment."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from sqlalchemy import select

from compliance import clock
from compliance.checks.actions import answer_check
from compliance.db import db
from compliance.demo.histories import moment
from compliance.models import Assessment, Check, Organisation, Project, ReportingPeriod, User
from compliance.reviews import actions, queries
from compliance.rules.checks import NewAnswer
from compliance.rules.evidence import NewEvidence
from compliance.rules.reviews import NewReview
from compliance.terms import ReviewKind, Role, Standing

K = ReviewKind
Row = TypeVar("Row", Check, Assessment)
STUDY = "Bail addresses and repeat victims"
RETURNED = NewReview(K.RETURNED, "Which section of the protocol? I cannot find it in version 2.")
COMMENT = NewReview(K.COMMENT, "Clear and short. I will show it to the other leads.")
CHANGED = NewAnswer(Standing.MET, "In the protocol, section 3, and in the agreement with the landlords")


def load_reviews(unit: Organisation, period: ReportingPeriod, people: dict[Role, User]) -> None:
    """A study of the research lead, and the unit’s assessment by the integrity lead, both in review."""
    lead, reviewer = people[Role.RESEARCH_LEAD], people[Role.ETHICS_OFFICER]
    project = db.session.scalars(select(Project).where(Project.title == STUDY)).one()
    today = clock.today()
    with clock.standing_at(moment(today - timedelta(days=20))):
        actions.send(queries.checks_of(project.id), subject=project.reference, by=lead)
    checks = sent_of(queries.checks_of(project.id))
    with clock.standing_at(moment(today - timedelta(days=12))):
        judge(checks, project.reference, reviewer)
    with clock.standing_at(moment(today - timedelta(days=7))):
        answer_check(checks[0], CHANGED, NewEvidence(), seen=checks[0].version, by=lead)
    subject = f"{unit.code} {period.key}"
    with clock.standing_at(datetime(2026, 4, 28, 10, tzinfo=UTC)):
        actions.send(
            queries.assessments_of(unit.id, period.id), subject=subject, by=people[Role.INTEGRITY_LEAD]
        )
    with clock.standing_at(datetime(2026, 5, 6, 10, tzinfo=UTC)):
        judge(sent_of(queries.assessments_of(unit.id, period.id)), subject, reviewer)


def sent_of(rows: Sequence[Row]) -> list[Row]:
    """Those that were sent for review."""
    return [row for row in rows if row.reviews]


def judge(rows: Sequence[Check | Assessment], subject: str, by: User) -> None:
    """Accept what was sent but for the last three: one commented, one returned, one left alone."""
    says = [NewReview(K.ACCEPTED, None)] * (len(rows) - 3) + [COMMENT, RETURNED]
    for row, new in zip(rows, says, strict=False):
        actions.say(row, new, seen=row.answers[0].id, subject=subject, by=by)
