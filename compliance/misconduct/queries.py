"""The case register, read: for those who may see it, and as totals for statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.exceptions import NotFound

from compliance import clock
from compliance.access import organisations_below, organisations_where
from compliance.db import db
from compliance.misconduct.totals import as_rule, cases_in, table_of
from compliance.models import Case, CaseStage, LessonOffer, NilYear, Organisation, ReportingPeriod, User
from compliance.permissions import Permission
from compliance.rules import misconduct as rules
from compliance.rules.periods import Period
from compliance.terms import CaseStep, Finding, Term

__all__ = ["cases_in", "table_of"]

CLOSED = (CaseStep.SCREENED_OUT, CaseStep.FORMAL_COMPLETED)


def cases_below(organisation_id: int, on: date) -> tuple[rules.Case, ...]:
    """Every case of an organisation and of all below it on a day, in the order of receipt.

    No permission stands in it: a statement prints totals that its drafter may not trace to a case.
    Show nothing of a single case from here. Two statements, whatever the number of cases.
    """
    rows = (
        db.session.scalars(
            select(Case)
            .where(Case.organisation_id.in_(organisations_below(organisation_id, on)))
            .options(joinedload(Case.allegations), selectinload(Case.steps))
            .order_by(Case.received_on, Case.id)
        )
        .unique()
        .all()
    )
    return tuple(as_rule(row) for row in rows)


def lessons_offered(organisation_id: int, period: ReportingPeriod) -> list[str]:
    """What closed cases taught, as a misconduct officer offered it: no permission, and no case is named."""
    closed = exists().where(
        CaseStage.case_id == LessonOffer.case_id,
        CaseStage.step.in_(CLOSED),
        CaseStage.on.between(period.starts_on, period.ends_on),
    )
    newest = select(func.max(LessonOffer.id)).group_by(LessonOffer.case_id)
    found = db.session.scalars(
        select(LessonOffer.text)
        .join(Case, Case.id == LessonOffer.case_id)
        .where(
            Case.organisation_id.in_(organisations_below(organisation_id, last_day(period))),
            LessonOffer.id.in_(newest),
            closed,
        )
        .order_by(LessonOffer.text)
    )
    return list(dict.fromkeys(found))


def last_day(period: Period | ReportingPeriod) -> date:
    """The day whose tree counts for a period: its last one, or today while it runs."""
    return min(period.ends_on, clock.today())


def table_for(organisation_id: int, period: Period) -> rules.Table:
    """Table 3B of an organisation and of all that stood below it on the last day of a period.

    While the period runs, of all below it today. Like `cases_below`, without a permission.
    """
    return rules.tabulate(cases_below(organisation_id, last_day(period)), period)


def nil_confirmed(organisation_id: int, period_id: int) -> bool:
    """Whether someone confirmed for this organisation that the period had nothing to report."""
    return bool(
        db.session.scalar(
            select(exists().where(NilYear.organisation_id == organisation_id, NilYear.period_id == period_id))
        )
    )


def next_reference(year: int) -> str:
    """The next free reference of a year of receipt, like CASE-2026-04; call inside a transaction."""
    used = db.session.scalars(select(Case.reference).where(Case.reference.startswith(f"CASE-{year}-"))).all()
    last = max((int(reference.rpartition("-")[2]) for reference in used), default=0)
    return f"CASE-{year}-{last + 1:02d}"


def reached(step: CaseStep) -> ColumnElement[bool]:
    """Condition on Case: it has reached a stage."""
    return exists().where(CaseStage.case_id == Case.id, CaseStage.step == step)


def stands_at(stage: str) -> ColumnElement[bool] | None:
    """Condition on Case for a filter of the register; None for all stages."""
    return {
        "received": ~exists().where(CaseStage.case_id == Case.id, CaseStage.step != CaseStep.RECEIVED),
        "screened_out": reached(CaseStep.SCREENED_OUT),
        "formal_started": and_(reached(CaseStep.FORMAL_STARTED), ~reached(CaseStep.FORMAL_COMPLETED)),
        "formal_completed": reached(CaseStep.FORMAL_COMPLETED),
    }.get(stage)


def touches(period: ReportingPeriod) -> ColumnElement[bool]:
    """Condition on Case: received by the end of a period, and not closed before it began."""
    closed_before = exists().where(
        CaseStage.case_id == Case.id, CaseStage.step.in_(CLOSED), CaseStage.on < period.starts_on
    )
    return and_(Case.received_on <= period.ends_on, ~closed_before)


def cases_where(
    permission: Permission,
    *,
    by: User,
    organisation: Organisation,
    period: ReportingPeriod | None,
    stage: str = "",
) -> Select[Case]:
    """The cases of an organisation and all below it that a filter asks for, the newest first."""
    today = clock.today()
    found = (
        select(Case)
        .where(
            Case.organisation_id.in_(organisations_where(by, permission, today)),
            Case.organisation_id.in_(
                organisations_below(organisation.id, last_day(period) if period else today)
            ),
        )
        .options(selectinload(Case.allegations), selectinload(Case.steps))
        .order_by(Case.received_on.desc(), Case.id.desc())
    )
    condition = stands_at(stage)
    if condition is not None:
        found = found.where(condition)
    return found.where(touches(period)) if period else found


def with_everything() -> tuple[Any, ...]:
    """Load what a page about cases shows, in a fixed number of statements."""
    return (
        joinedload(Case.organisation),
        selectinload(Case.allegations),
        selectinload(Case.steps).joinedload(CaseStage.recorded_by),
        selectinload(Case.classings),
    )


def get_case(reference: str, permission: Permission, *, by: User) -> Case:
    """One case; NotFound where this person does not hold the permission."""
    found: Case | None = db.session.scalar(
        select(Case)
        .where(
            Case.reference == reference,
            Case.organisation_id.in_(organisations_where(by, permission, clock.today())),
        )
        .options(*with_everything())
    )
    if found is None:
        raise NotFound
    return found


def stands(case: Case) -> tuple[Term, ...]:
    """What to show of where a case stands: its findings once completed, else the last stage."""
    findings = tuple(one for one in Finding if any(row.finding is one for row in case.allegations))
    return findings if case.steps[-1].step is CaseStep.FORMAL_COMPLETED else (case.steps[-1].step,)


@dataclass(frozen=True)
class Line:
    """One line of a case's story: what became true on which day, and who recorded it when."""

    on: date
    words: str
    detail: str
    by: str
    at: datetime


def story(case: Case) -> list[Line]:
    """Stages and re-classings of a case, the newest first."""
    lines = [
        Line(row.on, row.step.label, "", row.recorded_by.name, row.recorded_at) for row in case.steps
    ] + [
        Line(
            clock.day_of(row.recorded_at),
            f"Now taken to be: {row.became.label.lower()}",
            row.reason,
            row.recorded_by.name,
            row.recorded_at,
        )
        for row in case.classings
    ]
    return sorted(lines, key=lambda line: (line.on, line.at), reverse=True)


def periods() -> Sequence[ReportingPeriod]:
    """Every reporting period that has begun, the newest first."""
    found: Sequence[ReportingPeriod] = db.session.scalars(
        select(ReportingPeriod)
        .where(ReportingPeriod.starts_on <= clock.today())
        .order_by(ReportingPeriod.starts_on.desc())
    ).all()
    return found


def get_period(key: str) -> ReportingPeriod:
    """A reporting period by its key; NotFound when there is none."""
    found: ReportingPeriod | None = db.session.scalar(
        select(ReportingPeriod).where(ReportingPeriod.key == key)
    )
    if found is None:
        raise NotFound
    return found


def as_period(row: ReportingPeriod) -> Period:
    """A stored period as the rules know it."""
    return Period(row.key, row.starts_on, row.ends_on)


def nil_year(organisation_id: int, period_id: int) -> NilYear | None:
    """The confirmation of a nil year with the person who gave it; None when nobody did."""
    found: NilYear | None = db.session.scalar(
        select(NilYear)
        .where(NilYear.organisation_id == organisation_id, NilYear.period_id == period_id)
        .options(joinedload(NilYear.confirmed_by))
    )
    return found
