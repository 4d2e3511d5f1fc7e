"""What judgements said would be done, and what became of it."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from compliance.assessments.queries import judgements
from compliance.db import db
from compliance.frameworks.schema import Requirement
from compliance.models import ActionStep, Assessment, AssessmentAnswer
from compliance.terms import ActionState


class Promise(NamedTuple):
    """Something that a judgement said would be done, and the latest that is known of it."""

    requirement: Requirement
    answer: AssessmentAnswer
    step: ActionStep | None

    @property
    def state(self) -> ActionState:
        """What became of it; nothing recorded means not begun."""
        return self.step.state if self.step else ActionState.NOT_BEGUN

    @property
    def due_on(self) -> date | None:
        """By when; the new date when it was carried over."""
        return self.step.due_on if self.step and self.step.due_on else self.answer.fix_due_on

    @property
    def is_open(self) -> bool:
        """Whether it is neither done nor dropped."""
        return self.state not in (ActionState.DONE, ActionState.DROPPED)


def promised(organisation_id: int, period_id: int) -> list[Promise]:
    """Everything that the latest answers of a period say will be done, in the framework's order."""
    rows = [row for row in judgements(organisation_id, period_id) if row.answer and row.answer.fix]
    steps: dict[int, ActionStep] = {
        step.assessment_id: step
        for step in db.session.scalars(
            select(ActionStep)
            .join(Assessment)
            .where(Assessment.organisation_id == organisation_id, Assessment.period_id == period_id)
            .options(joinedload(ActionStep.recorded_by))
            .order_by(ActionStep.id)
        )
    }
    return [
        Promise(row.requirement, row.answer, steps.get(row.answer.assessment_id))
        for row in rows
        if row.answer
    ]


def promise(organisation_id: int, period_id: int, code: str) -> Promise:
    """What one requirement says will be done; NotFound when it says nothing."""
    for one in promised(organisation_id, period_id):
        if one.requirement.code == code:
            return one
    raise NotFound
