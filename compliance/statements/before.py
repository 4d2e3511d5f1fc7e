"""The year before, as this year's statement needs it: values, what was promised, the statement itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Row, select

from compliance.assessments.queries import to_report
from compliance.db import db
from compliance.models import Publication, ReportingPeriod, SignOff, Statement
from compliance.rules.due import going_on
from compliance.rules.periods import Period
from compliance.rules.promises import Promise
from compliance.statements import figures, standing, words
from compliance.statements.draft import Draft
from compliance.statements.records import read_period
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
    # How each requirement stood, None where another edition was used; and what was signed.
    standings: Mapping[str, model.Standing] | None = None
    last: model.Statement | None = None


def address_of(site: str, code: str, period: Period) -> str:
    """Where a statement is published: the newest version of it, for good."""
    return f"{site}/published/{code}/{period.starts_on}-to-{period.ends_on}"


def before_of(draft: Draft, *, site: str, as_at: datetime) -> Before:
    """Last year: the signed snapshot where there is one, else the same counts from the records.

    What became of what was promised is told as at the moment that the document prints.
    """
    period = previous_period(draft)
    if period is None:
        return Before({}, {})
    span = Period(period.key, period.starts_on, period.ends_on)
    signed = signed_for(draft, period)
    promises, without_status = promises_of(draft, period, as_at)
    if signed is None:
        records = read_period(draft.organisation, period, draft.framework, decisions=False)
        values = {row.key: row.value for row in figures.figures_of(records, {})}
        counted = standing.commitments_of(records.judged, draft.framework, {})
        last_tallies = {row.number: row.tally for row in counted}
        stood = {row.requirement.code: cast("model.Standing", row.standing.value) for row in records.judged}
        return Before(values, last_tallies, promises, without_status, source="records", standings=stood)
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
    then = {row.code: row.standing for row in last.requirements} if comparable else None
    tallies = tallies_then if comparable else {}
    return Before(values, tallies, promises, without_status, link, "statement", then, last)


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


def promises_of(
    draft: Draft, period: ReportingPeriod, as_at: datetime
) -> tuple[tuple[model.Promise, ...], tuple[str, ...]]:
    """What last year's judgements said would be done, under any framework: the edition may have changed.

    Beside them the titles of those of which nobody recorded anything.
    """
    rows = to_report(draft.organisation.id, period, draft.period, as_at=as_at)
    without_status = [row.requirement.title for row in rows if row.promise.step is None]
    return tuple(told(row.requirement.title, row.promise) for row in rows), tuple(without_status)


def told(title: str, promise: Promise) -> model.Promise:
    """One promise as the document prints it."""
    step, answer = promise.step, promise.answer
    since = "The requirement has since been judged met." if promise.met_since else ""
    note = (step.note if step else None) or ""
    return model.Promise(
        code=promise.code,
        title=title,
        promised=answer.fix,
        owner=answer.fix_owner or "",
        due_on=answer.fix_due_on,
        state=cast("model.PromiseState", promise.state.value),
        note=f"{going_on(note)}. {since}" if note and since else note or since,
        new_due_on=step.due_on if step else None,
    )
