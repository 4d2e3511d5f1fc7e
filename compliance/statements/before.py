"""The year before, as this year's statement needs it: values, what was promised, the statement itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from sqlalchemy import and_, select

from compliance import clock, frameworks
from compliance.assessments.queries import to_report
from compliance.db import db
from compliance.models import Publication, ReportingPeriod, SignOff, Statement
from compliance.reads import apart
from compliance.rules.due import going_on
from compliance.rules.periods import Period
from compliance.rules.promises import Promise
from compliance.statements import figures, standing, words
from compliance.statements.basis import Basis, Year, year_of
from compliance.statements.records import Records
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


@dataclass(frozen=True)
class Signed:
    """What was signed for the year before: the document, whether it was published, under which framework."""

    document: model.Statement
    published: bool
    framework: str


def before_of(
    basis: Basis, year: Year | None, signed: Signed | None, counted: Records | None, *, site: str
) -> Before:
    """Last year: the signed snapshot where there is one, else what was counted of the same records."""
    if year is None:
        return Before({}, {})
    promises, without_status = apart(promises_of, basis.organisation_id, year, basis.year)
    if counted:
        return counted_before(basis, counted, promises, without_status)
    if signed is None:
        return Before({}, {}, promises, without_status)
    last, comparable, link = signed.document, signed.framework == basis.framework, None
    if signed.published:
        starts, ends = words.day(year.starts_on), words.day(year.ends_on)
        link = model.Previous(
            title=f"Statement for {starts} to {ends}", address=address_of(site, basis.code, year.span)
        )
    values = {row.key: row.value for row in last.figures if comparable or row.key != "requirements_met"}
    then = {row.code: row.standing for row in last.requirements} if comparable else None
    tallies = {row.number: row.tally for row in last.commitments} if comparable else {}
    return Before(values, tallies, promises, without_status, link, "statement", then, last)


def counted_before(
    basis: Basis, records: Records, promises: tuple[model.Promise, ...], without_status: tuple[str, ...]
) -> Before:
    """The year before as its records give it, where no statement was signed for it."""
    values = {row.key: row.value for row in figures.figures_of(records, {})}
    counted = standing.commitments_of(records.judged, frameworks.get(basis.framework), {})
    tallies = {row.number: row.tally for row in counted}
    stood = {row.requirement.code: cast("model.Standing", row.standing.value) for row in records.judged}
    return Before(values, tallies, promises, without_status, source="records", standings=stood)


def year_before(organisation_id: int, year: Year) -> tuple[Year | None, Signed | None]:
    """The period before this one, and what counts as signed for it: of several what was published last.

    One query.
    """
    mine = and_(Statement.organisation_id == organisation_id, Statement.period_id == ReportingPeriod.id)
    found = db.session.execute(
        select(ReportingPeriod, SignOff.snapshot, Publication.id, Statement.framework)
        .outerjoin(Statement, mine)
        .outerjoin(SignOff, SignOff.statement_id == Statement.id)
        .outerjoin(Publication, Publication.statement_id == Statement.id)
        .where(ReportingPeriod.ends_on < year.starts_on)
        .order_by(
            ReportingPeriod.ends_on.desc(), Publication.id.desc().nulls_last(), SignOff.id.desc().nulls_last()
        )
        .limit(1)
    ).first()
    if found is None:
        return None, None
    period, snapshot, published, framework = found
    signed = Signed(model.from_json(snapshot), published is not None, framework) if snapshot else None
    return year_of(period), signed


def promises_of(
    organisation_id: int, last: Year, this: Year
) -> tuple[tuple[model.Promise, ...], tuple[str, ...]]:
    """What last year's judgements said would be done, under any framework: the edition may have changed.

    Beside them the titles of those of which nobody recorded anything. Two queries.
    """
    rows = to_report(organisation_id, last, this, as_at=clock.now())
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
