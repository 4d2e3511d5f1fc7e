"""What is counted in each reporting period, and how far its statement has come; one question for all."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from compliance import clock, frameworks
from compliance.assessments.queries import return_missing
from compliance.board.scope import Top, scope_of
from compliance.db import db
from compliance.models import (
    BoardApproval,
    Narrative,
    Project,
    Publication,
    ReportingPeriod,
    SignOff,
    Statement,
)
from compliance.projects import queries as projects


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


def every_year(top: Top) -> Sequence[Year]:
    """Every reporting period with its project figures, the newest first.

    Organisations whose return for a period is missing are left out of that period, not counted as zero.
    """
    today = clock.today()
    began, over = projects.begun_in(ReportingPeriod), projects.ended_in(ReportingPeriod)
    counted = and_(
        or_(began, over),
        Project.organisation_id.in_(scope_of(top)),
        ~return_missing(Project.organisation_id, ReportingPeriod, today),
    )
    rows = db.session.execute(
        select(
            ReportingPeriod,
            how_many(began),
            how_many(began, projects.decided_before_start()),
            how_many(began, projects.protocol_in_advance()),
            how_many(over),
            how_many(over, projects.results_public()),
            statement(top, Statement.reference),
            statement(top, step()),
            statement(top, sections()),
            statement(top, sections_completed()),
        )
        .outerjoin(Project, counted)
        .where(ReportingPeriod.starts_on <= today)
        .group_by(ReportingPeriod.id)
        .order_by(ReportingPeriod.starts_on.desc())
    ).all()
    return [Year(*row) for row in rows]


def statement(top: Top, column: Any) -> ScalarSelect[Any]:
    """Something of the organisation's own statement for the period around it, the latest version."""
    return (
        select(column)
        .where(Statement.organisation_id == top, Statement.period_id == ReportingPeriod.id)
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


def how_many(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    """How many of the joined projects fulfil these conditions."""
    return func.count(case((and_(*conditions), Project.id)))
