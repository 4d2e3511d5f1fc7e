"""What checks said would be done about a shortfall, and what became of it."""

from itertools import groupby
from typing import NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import contains_eager, joinedload
from werkzeug.exceptions import NotFound

from compliance.db import db
from compliance.models import ActionStep, Answer, Check, Project
from compliance.rules.promises import Promise, promises_of


class Promised(NamedTuple):
    """What one check of a project says will be done."""

    check: Check
    promise: Promise


def promised_where(*where: ColumnElement[bool]) -> list[Promised]:
    """Everything that checks ever said would be done, by project and requirement, in two statements."""
    answers = db.session.scalars(
        select(Answer)
        .join(Answer.check)
        .join(Check.project)
        .where(*where)
        .options(contains_eager(Answer.check).contains_eager(Check.project))
        .order_by(Project.id, Check.id, Answer.id)
    ).all()
    steps = steps_where(*where) if any(row.fix for row in answers) else {}
    return [
        Promised(check, promise)
        for check, rows in groupby(answers, key=lambda row: row.check)
        for promise in promises_of(check.requirement_code, list(rows), steps, "check_id")
    ]


def steps_where(*where: ColumnElement[bool]) -> dict[int, list[ActionStep]]:
    """What became of what answers said would be done, by the answer."""
    steps: dict[int, list[ActionStep]] = {}
    found = select(ActionStep).join(ActionStep.answer).join(Answer.check).where(*where)
    for step in db.session.scalars(found.options(joinedload(ActionStep.recorded_by)).order_by(ActionStep.id)):
        steps.setdefault(step.answer_id or 0, []).append(step)
    return steps


def promises_by(check: Check) -> list[Promise]:
    """What the answers of one check, which must be loaded, said would be done; the oldest first."""
    steps = steps_where(Check.id == check.id) if any(row.fix for row in check.answers) else {}
    return promises_of(check.requirement_code, check.answers[::-1], steps, "check_id")


def promised_in(organisation_id: int) -> list[Promised]:
    """What the projects of an organisation said would be done and have neither done nor dropped."""
    said = Check.answers.any(Answer.fix.is_not(None))
    return [
        row for row in promised_where(Check.organisation_id == organisation_id, said) if row.promise.is_open
    ]


def promised_for(check: Check, number: int | None = None) -> Promise:
    """What a check says will be done: of several the one with this number, or else the latest; NotFound."""
    for row in reversed(promised_where(Check.id == check.id)):
        if number in (None, row.promise.number):
            return row.promise
    raise NotFound
