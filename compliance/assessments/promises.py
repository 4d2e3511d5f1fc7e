"""What judgements of any year and framework said would be done, and what became of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import NamedTuple, Protocol

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import contains_eager, joinedload
from werkzeug.exceptions import NotFound

from compliance import frameworks
from compliance.db import db
from compliance.frameworks.schema import Requirement
from compliance.models import ActionStep, Assessment, AssessmentAnswer, ReportingPeriod
from compliance.rules.periods import Dated
from compliance.rules.promises import Promise, promises_of


class Year(Dated, Protocol):
    """A reporting period, as a row or as a value."""

    @property
    def id(self) -> int:
        """The id of its row."""


class Promised(NamedTuple):
    """What one requirement says will be done."""

    requirement: Requirement
    promise: Promise

    @property
    def period(self) -> ReportingPeriod:
        """The year in which it was first said; a year that repeats it says nothing new."""
        period: ReportingPeriod = self.promise.answers[0].assessment.period
        return period

    def said_in(self, period: Year) -> bool:
        """Whether an answer of a period says it, or repeats it."""
        return any(one.assessment.period_id == period.id for one in self.promise.answers)


def all_promised(organisation_id: int, code: str = "", *, as_at: datetime | None = None) -> list[Promised]:
    """Everything that an organisation, or one requirement of it, ever said would be done, in one statement.

    In the order of the frameworks. With `as_at`, as it was known at that moment.
    """
    return promised_by(*answers_and_steps(followed_up(organisation_id, code, as_at)))


def answers_and_steps(
    asked: Select[AssessmentAnswer, ActionStep],
) -> tuple[list[AssessmentAnswer], dict[int, list[ActionStep]]]:
    """The answers of `followed_up`, each once, and the steps of each by its id."""
    answers: dict[int, AssessmentAnswer] = {}
    steps: dict[int, list[ActionStep]] = {}
    for answer, step in db.session.execute(asked):
        answers[answer.id] = answer
        if step is not None:
            steps.setdefault(answer.id, []).append(step)
    return list(answers.values()), steps


def promised_by(
    answers: Sequence[AssessmentAnswer], steps: Mapping[int, Sequence[ActionStep]]
) -> list[Promised]:
    """What these answers of an organisation, by requirement and the oldest first, say will be done.

    `steps` are those of each answer by its id.
    """
    order = list(frameworks.holders())
    found = [
        Promised(frameworks.holders()[code][1], promise)
        for code, rows in groupby(answers, key=lambda row: row.assessment.requirement_code)
        for promise in promises_of(code, list(rows), steps, "assessment_id")
    ]
    return sorted(found, key=lambda row: (order.index(row.promise.code), row.promise.number))


def followed_up(
    organisation_id: int, code: str, as_at: datetime | None = None
) -> Select[AssessmentAnswer, ActionStep]:
    """Every answer by requirement, the oldest first, with each step that followed it up."""
    step = and_(
        ActionStep.assessment_answer_id == AssessmentAnswer.id,
        *([ActionStep.recorded_at <= as_at] if as_at else []),
    )
    return (
        select(AssessmentAnswer, ActionStep)
        .join(AssessmentAnswer.assessment)
        .join(Assessment.period)
        .outerjoin(ActionStep, step)
        .where(
            Assessment.organisation_id == organisation_id,
            *([Assessment.requirement_code == code] if code else []),
            *([AssessmentAnswer.answered_at <= as_at] if as_at else []),
        )
        .options(
            contains_eager(AssessmentAnswer.assessment).contains_eager(Assessment.period),
            joinedload(ActionStep.recorded_by),
        )
        .order_by(Assessment.requirement_code, ReportingPeriod.starts_on, AssessmentAnswer.id, ActionStep.id)
    )


def promised(organisation_id: int, period_id: int) -> list[Promised]:
    """Everything that was first said in a period."""
    return [row for row in all_promised(organisation_id) if row.period.id == period_id]


def promised_for(organisation_id: int, code: str, number: int | None = None) -> Promised:
    """What one requirement says will be done: of several the one with this number, or else the latest.

    Raises NotFound when it says nothing.
    """
    for row in reversed(all_promised(organisation_id, code)):
        if number in (None, row.promise.number):
            return row
    raise NotFound
