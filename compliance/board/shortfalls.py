"""Where organisations fall short with nothing open to mend it, and what is late of what they said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any

from sqlalchemy import Select, and_, or_, select

from compliance import clock, frameworks
from compliance.assessments.queries import PERIOD
from compliance.board.scope import Top, Whose, kept_apart, scope_of
from compliance.db import db
from compliance.frameworks.schema import Requirement
from compliance.models import ActionStep, Assessment, AssessmentAnswer, ReportingPeriod
from compliance.rules.promises import Promise, promises_of
from compliance.terms import Standing

# The filters with the words of their choice, in order.
SHOWN = (
    ("without-action", "Not met, and nothing to be done"),
    ("overdue", "Actions past their date"),
)

# Of an answer, what a promise is told from.
ANSWER = (
    AssessmentAnswer.id,
    AssessmentAnswer.standing,
    AssessmentAnswer.fix,
    AssessmentAnswer.fix_owner,
    AssessmentAnswer.fix_due_on,
    AssessmentAnswer.answered_at,
)


@dataclass(frozen=True)
class Shortfall:
    """A requirement of an organisation, with the action that is late; None where nothing is to be done."""

    organisation_id: int
    requirement: Requirement
    # The key of the year in which it was last judged so.
    period: str
    promise: Promise | None

    @property
    def due_on(self) -> date:
        """By when it was to be done; the last of all days where nothing is."""
        return (self.promise and self.promise.due_on) or date.max


@kept_apart
def shortfalls(top: Top, period: ReportingPeriod) -> Mapping[str, Sequence[Shortfall]]:
    """The rows of each filter, the longest overdue first, in one statement.

    Not met is what a period says; an action stays open, whatever the year, until it is done or dropped.
    """
    rows, today = judged(top, period), clock.today()
    promised = promises([row for row in rows if row.fix])
    open_for = {(place, one.code) for place, _period, one in promised if one.is_open}
    short = dict.fromkeys(whose(row) for row in rows if row.period_id == period.id and row.short)
    late = [
        row_of(place, one.code, last, one)
        for place, last, one in promised
        if one.is_open and one.due_on and one.due_on < today
    ]
    return {
        "without-action": [row_of(*one, period.key, None) for one in short if one not in open_for],
        "overdue": sorted(late, key=lambda row: row.due_on),
    }


def chosen(found: Mapping[str, Sequence[Shortfall]], show: str) -> str:
    """The filter that an address names; the first for one that there is not."""
    return show if show in found else next(iter(found))


def row_of(organisation_id: int, code: str, period: str, promise: Promise | None) -> Shortfall:
    """One row, its requirement looked up in whichever framework holds it."""
    return Shortfall(organisation_id, frameworks.holders()[code][1], period, promise)


def judged(top: Top, period: ReportingPeriod) -> Sequence[Any]:
    """What a period says is not met, and each answer that says what will be done; once for each step."""
    found: Sequence[Any] = db.session.execute(
        short_or_promised(top.id), {"period": period.id, **top.given}
    ).all()
    return found


@cache
def short_or_promised(whose: Whose) -> Select[*tuple[Any, ...]]:
    """The same for PERIOD, built once."""
    short = and_(
        Assessment.period_id == PERIOD, Assessment.standing == Standing.NOT_MET, Assessment.confirmed
    )
    said = and_(AssessmentAnswer.assessment_id == Assessment.id, AssessmentAnswer.fix.is_not(None))
    requirement = (Assessment.organisation_id, Assessment.requirement_code)
    year = (Assessment.id.label("assessment_id"), Assessment.period_id, ReportingPeriod.key)
    return (
        select(*ANSWER, *year, *requirement, short.label("short"), ActionStep)
        .select_from(Assessment)
        .join(Assessment.period)
        .outerjoin(AssessmentAnswer, said)
        .outerjoin(ActionStep, ActionStep.assessment_answer_id == AssessmentAnswer.id)
        .where(Assessment.organisation_id.in_(scope_of(whose)), or_(short, AssessmentAnswer.id.is_not(None)))
        .order_by(*requirement, ReportingPeriod.starts_on, AssessmentAnswer.id, ActionStep.id)
    )


def promises(rows: Sequence[Any]) -> list[tuple[int, str, Promise]]:
    """Everything that organisations said they would do: whose, the year that said it last, and what."""
    answers = {row.id: row for row in rows}
    steps: dict[int, list[ActionStep]] = {}
    for row in rows:
        if row.ActionStep:
            steps.setdefault(row.id, []).append(row.ActionStep)
    return [
        (place, one.answer.key, one)
        for (place, code), said in groupby(answers.values(), key=whose)
        for one in promises_of(code, list(said), steps, "assessment_id")
    ]


def whose(row: Any) -> tuple[int, str]:
    """The organisation and the requirement that an answer is about."""
    return row.organisation_id, row.requirement_code
