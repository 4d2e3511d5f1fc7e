"""The year before, as this year's statement needs it: values, what was promised, the statement itself."""

from dataclasses import dataclass
from typing import cast

from sqlalchemy import Row, select

from compliance.assessments.queries import judgements
from compliance.db import db
from compliance.models import ActionStep, Assessment, Publication, ReportingPeriod, SignOff, Statement
from compliance.rules.periods import Period
from compliance.statements import figures, standing, words
from compliance.statements.draft import Draft
from compliance.statements.records import read_period
from compliance.terms import ActionState
from reports.statement import model
from reports.statement.count import Value


@dataclass(frozen=True)
class Before:
    """Last year's values: from the statement that was signed, else counted from the records."""

    figures: dict[str, Value]
    tallies: dict[str, model.Tally]
    promises: tuple[model.Promise, ...] = ()
    # Promises of which nobody recorded what became, by title.
    without_status: tuple[str, ...] = ()
    statement: model.Previous | None = None
    source: str = ""


def address_of(site: str, code: str, period: Period) -> str:
    """Where a statement is published: the newest version of it, for good."""
    return f"{site}/published/{code}/{period.starts_on}-to-{period.ends_on}"


def before_of(draft: Draft, *, site: str) -> Before:
    """Last year: the signed snapshot where there is one, else the same counts from the records."""
    period = previous_period(draft)
    if period is None:
        return Before({}, {})
    span = Period(period.key, period.starts_on, period.ends_on)
    signed = signed_for(draft, period)
    promises, without_status = promises_of(draft, period)
    if signed is None:
        records = read_period(draft.organisation, period, draft.framework)
        values = {row.key: row.value for row in figures.figures_of(records, {})}
        tallies = standing.commitments_of(records.judged, draft.framework, {})
        last_tallies = {row.number: row.tally for row in tallies}
        return Before(values, last_tallies, promises, without_status, source="records")
    last = model.from_json(signed.snapshot)
    tallies_then = {row.number: row.tally for row in last.commitments}
    comparable = signed.framework == draft.framework.key
    link = None
    if signed.id is not None:
        starts, ends = words.day(span.starts_on), words.day(span.ends_on)
        link = model.Previous(
            title=f"Statement for {starts} to {ends}",
            address=address_of(site, draft.organisation.code, span),
        )
    values = {row.key: row.value for row in last.figures if comparable or row.key != "requirements_met"}
    return Before(values, tallies_then if comparable else {}, promises, without_status, link, "statement")


def signed_for(draft: Draft, period: ReportingPeriod) -> Row[tuple[str, int | None, str]] | None:
    """The snapshot that counts for a period, whether it was published, and by which framework."""
    found: Row[tuple[str, int | None, str]] | None = db.session.execute(
        select(SignOff.snapshot, Publication.id, Statement.framework)
        .join(Statement, Statement.id == SignOff.statement_id)
        .outerjoin(Publication, Publication.statement_id == Statement.id)
        .where(Statement.organisation_id == draft.organisation.id, Statement.period_id == period.id)
        .order_by(Publication.id.desc().nulls_last(), SignOff.id.desc())
        .limit(1)
    ).first()
    return found


def previous_period(draft: Draft) -> ReportingPeriod | None:
    """The reporting period before this one."""
    found: ReportingPeriod | None = db.session.scalar(
        select(ReportingPeriod)
        .where(ReportingPeriod.ends_on < draft.period.starts_on)
        .order_by(ReportingPeriod.ends_on.desc())
        .limit(1)
    )
    return found


def promises_of(draft: Draft, period: ReportingPeriod) -> tuple[tuple[model.Promise, ...], tuple[str, ...]]:
    """What last year's judgements said would be done, and the latest that was recorded of each.

    Beside them the titles of those of which nobody recorded anything.
    """
    steps: dict[int, ActionStep] = {
        row.assessment_id: row
        for row in db.session.scalars(
            select(ActionStep)
            .join(Assessment)
            .where(Assessment.organisation_id == draft.organisation.id, Assessment.period_id == period.id)
            .order_by(ActionStep.id)
        )
    }
    found, without_status = [], []
    for row in judgements(draft.organisation.id, period.id, draft.framework.key):
        if row.answer and row.answer.fix:
            step = steps.get(row.answer.assessment_id)
            state = step.state if step else ActionState.NOT_BEGUN
            without_status += [] if step else [row.requirement.title]
            found.append(
                model.Promise(
                    code=row.requirement.code,
                    title=row.requirement.title,
                    promised=row.answer.fix,
                    owner=row.answer.fix_owner or "",
                    due_on=row.answer.fix_due_on,
                    state=cast("model.PromiseState", state.value),
                    note=(step.note if step else None) or "",
                    new_due_on=step.due_on if step else None,
                )
            )
    return tuple(found), tuple(without_status)
