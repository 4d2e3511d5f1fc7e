"""What is counted in each reporting period, and how far its statement has come; one question for all."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, Select, Subquery, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from compliance import frameworks
from compliance.access import TODAY
from compliance.board.counting import counting
from compliance.board.scope import Top, Whose, kept_apart
from compliance.db import db
from compliance.models import (
    BoardApproval,
    Narrative,
    ProjectStanding,
    Publication,
    ReportingPeriod,
    SignOff,
    Statement,
)


class Year(NamedTuple):
    """One reporting period with what is counted in it; returns and roles are counted by `Coverage`.

    The statement is the one that nothing has replaced; its steps are 0 draft, 1 approved by the board,
    2 signed, 3 published.
    """

    period: ReportingPeriod
    begun: int
    decided: int
    in_advance: int
    ended: int
    published: int
    statement: str | None
    statement_step: int | None
    sections: int
    sections_completed: int | None


@kept_apart
def every_year(top: Top) -> Sequence[Year]:
    """Every reporting period with its project figures, the newest first.

    Organisations below whose return for a period is missing are left out of that period, not counted as
    zero; whose board it is counts always, as in its statement.
    """
    return [Year(*row) for row in db.session.execute(of_every_year(top.id), top.given)]


@cache
def of_every_year(whose: Whose) -> Select[*tuple[Any, ...]]:
    """The same, built once."""
    row = ProjectStanding
    began = in_each_period(whose, row.started_on, row.decided_first, row.protocol_first)
    over = in_each_period(whose, row.ended_on, row.results_public, row.results_public)
    counts = [func.coalesce(one, 0) for one in (*list(began.c)[1:], *list(over.c)[1:3])]
    return (
        select(
            ReportingPeriod,
            *counts,
            statement(whose, Statement.reference),
            statement(whose, step()),
            statement(whose, sections()),
            statement(whose, sections_completed()),
        )
        .outerjoin(began, began.c.period_id == ReportingPeriod.id)
        .outerjoin(over, over.c.period_id == ReportingPeriod.id)
        .where(ReportingPeriod.starts_on <= TODAY)
        .order_by(ReportingPeriod.starts_on.desc())
    )


def in_each_period(whose: Whose, day: Any, first: Any, second: Any) -> Subquery:
    """How many projects have this day in each period, and two counts among them."""
    place = counting(whose)
    within = and_(
        ProjectStanding.organisation_id == place.c.organisation_id,
        ProjectStanding.counted,
        day.between(place.c.starts_on, place.c.ends_on),
    )
    return (
        select(
            place.c.period_id,
            func.count().label("all"),
            func.count(case((first, 1))).label("first"),
            func.count(case((second, 1))).label("second"),
        )
        .join_from(place, ProjectStanding, within)
        .group_by(place.c.period_id)
        .subquery()
    )


def statement(whose: Whose, column: Any) -> ScalarSelect[Any]:
    """Something of the organisation's own statement for the period around it, the latest version."""
    return (
        select(column)
        .where(Statement.organisation_id == whose, Statement.period_id == ReportingPeriod.id)
        .order_by(Statement.id.desc())
        .limit(1)
        .correlate(ReportingPeriod)
        .scalar_subquery()
    )


def step() -> ColumnElement[int]:
    """How far a statement has come."""
    done = [exists().where(row.statement_id == Statement.id) for row in (Publication, SignOff, BoardApproval)]
    return case((done[0], 3), (done[1], 2), (done[2], 1), else_=0)


def sections() -> ColumnElement[int]:
    """How many sections the layout of a statement has."""
    counts = {key: len(layout.sections) for key, layout in frameworks.layouts().items()}
    return case(counts, value=Statement.layout, else_=0)


def sections_completed() -> ScalarSelect[int]:
    """How many sections of its layout a statement has marked as completed in their newest words."""
    later = aliased(Narrative)
    replaced = exists().where(
        later.statement_id == Narrative.statement_id,
        later.section == Narrative.section,
        later.number > Narrative.number,
    )
    in_layout = or_(
        *(
            and_(Statement.layout == key, Narrative.section.in_([row.key for row in layout.sections]))
            for key, layout in frameworks.layouts().items()
        )
    )
    return (
        select(func.count(Narrative.id))
        .where(
            Narrative.statement_id == Statement.id,
            Narrative.completed,
            in_layout,
            ~replaced.correlate_except(later),
        )
        .correlate(Statement)
        .scalar_subquery()
    )
