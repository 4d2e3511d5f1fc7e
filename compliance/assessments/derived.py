"""What follows for every framework from the answers that an organisation gave."""

from datetime import datetime

from sqlalchemy import select

from compliance import frameworks
from compliance.assessments.asked import asked_of, latest_answer, pays
from compliance.db import db
from compliance.frameworks.schema import Ref, Subject
from compliance.models import Assessment, AssessmentAnswer
from compliance.rules.side_by_side import Column, column_of
from compliance.terms import Standing


def columns(organisation_id: int, period_id: int, *, as_at: datetime | None = None) -> list[Column]:
    """Every framework, from two statements: an answer is given once and read under each of them."""
    answers = answered(organisation_id, period_id, as_at=as_at)
    funds = pays(organisation_id, period_id)
    links = frameworks.links(Subject.ORGANISATION)
    return [
        column_of(one, asked_of(one, funds=funds), answers, links) for one in frameworks.everything().values()
    ]


def answered(organisation_id: int, period_id: int, *, as_at: datetime | None = None) -> dict[Ref, Standing]:
    """Every confirmed answer of an organisation for a period, whatever the framework, now or at a moment."""
    rows = db.session.execute(
        select(Assessment.framework, Assessment.requirement_code, AssessmentAnswer.standing)
        .join(AssessmentAnswer, AssessmentAnswer.id == latest_answer(as_at))
        .where(
            Assessment.organisation_id == organisation_id,
            Assessment.period_id == period_id,
            AssessmentAnswer.carried_from_id.is_(None),
            AssessmentAnswer.standing != Standing.NOT_ASSESSED,
        )
    ).all()
    return {Ref(framework, code): standing for framework, code, standing in rows}
