"""Tables of the document: decisions by body, organisations and returns, projects, misconduct."""

from datetime import date
from typing import cast

from compliance.rules import misconduct as rules
from compliance.rules.suppression import COLUMNS as CELLS
from compliance.rules.suppression import TOTAL
from compliance.statements.numbers import Shown
from compliance.statements.records import Records
from compliance.statements.register import Study
from compliance.statements.words import carried_over, day
from compliance.terms import Outcome
from reports.statement.count import NotProvided, Number
from reports.statement.model import (
    ApprovalsByBody,
    DecisionRow,
    Misconduct,
    MisconductRow,
    ProjectRow,
    ReturnRow,
)
from reports.statement.model import Outcome as DecidedAs

COLUMNS = {
    Outcome.FAVOURABLE: "favourable",
    Outcome.FAVOURABLE_WITH_CONDITIONS: "with_conditions",
    Outcome.PROVISIONAL: "provisional",
    Outcome.UNFAVOURABLE: "unfavourable",
    Outcome.ADVICE: "advice",
}


def decisions_of(records: Records) -> tuple[DecisionRow, ...]:
    """Every decision dated in the period, as the table of approvals counts it."""
    return tuple(
        DecisionRow(
            approval=row.approval,
            body=row.body,
            outcome=cast("DecidedAs", COLUMNS.get(row.outcome, "other")),
            decided_on=row.decided_on,
        )
        for row in records.decisions
    )


def approvals_of(records: Records) -> tuple[ApprovalsByBody, ...]:
    """The same by body and outcome, in the order of names."""
    found: dict[str, dict[str, int]] = {}
    for row in records.decisions:
        numbers = found.setdefault(row.body, dict.fromkeys((*COLUMNS.values(), "other"), 0))
        numbers[COLUMNS.get(row.outcome, "other")] += 1
    return tuple(ApprovalsByBody(body=body, **numbers) for body, numbers in found.items())


def returns_of(records: Records) -> tuple[ReturnRow, ...]:
    """Every organisation below with its return; without one its number of projects is not provided."""
    projects: dict[int, int] = {}
    for study in records.studies:
        projects[study.organisation_id] = projects.get(study.organisation_id, 0) + 1
    return tuple(
        ReturnRow(
            code=row.code,
            organisation=row.name,
            state=row.state,
            sent_on=row.sent_on,
            senior_lead=row.senior_lead,
            first_contact=row.first_contact,
            projects=NotProvided(reason="No return was received")
            if row.state == "missing"
            else Number(value=projects.get(row.id, 0)),
        )
        for row in records.tree.below
    )


def projects_of(records: Records) -> tuple[ProjectRow, ...]:
    """The register: every project counted, with what became of its ethics decision, protocol and results."""
    names = {row.id: row.name for row in records.tree.counted}
    return tuple(
        ProjectRow(
            reference=row.reference,
            title=row.title,
            organisation=names[row.organisation_id],
            stage=row.stage.label if row.stage else "",
            ethics=ethics_of(row),
            protocol=protocol_of(row, records),
            results=results_of(row, records),
            ended_on=ended_by(row, records),
            results_on=public_by(row.results_published_on, records),
        )
        for row in records.studies
    )


def ethics_of(study: Study) -> str:
    """When the binding decisions came."""
    if not study.binding:
        return "No binding body"
    if study.decided_first:
        return "Before fieldwork"
    return "After fieldwork began" if study.decided_by_the_end else "Missing"


def protocol_of(study: Study, records: Records) -> str:
    """When the protocol was public, by the day the returns were due."""
    published = study.protocol_published_on
    if published is None or published > records.counted_on:
        return "Not public"
    return f"Published {day(published)}" + ("" if study.protocol_first else ", not in advance")


def ended_by(study: Study, records: Records) -> date | None:
    """The day on which fieldwork ended, where that was by the end of the period."""
    ended = study.ended_on
    return ended if ended and ended <= records.period.ends_on else None


def public_by(published: date | None, records: Records) -> date | None:
    """The day on which something became public, where that was by the day the returns were due."""
    return published if published and published <= records.counted_on else None


def results_of(study: Study, records: Records) -> str:
    """When the results were public, by the day the returns were due; pending once the fieldwork has ended."""
    published = study.results_published_on
    if published and published <= records.counted_on:
        return f"Published {day(published)}"
    ended = study.ended_on is not None and study.ended_on <= records.period.ends_on
    return "Pending" if ended else "Under way"


def misconduct_of(table: rules.Table, shown: Shown) -> Misconduct:
    """Table 3B as printed, with what must be said beside it."""
    return Misconduct(
        rows=tuple(row_of(shown, row.kind.value, row.kind.label) for row in table.rows),
        total=row_of(shown, TOTAL, "Total"),
        cases_reported=shown.count("cases_reported"),
        cases_completed=shown.count("cases_completed"),
        questionable_practices=shown.count("questionable_practices"),
        nil=table.nil,
        other_text=table.other_text,
        notes=carried_over(table, shown.below),
    )


def row_of(shown: Shown, key: str, label: str) -> MisconductRow:
    """One row of the table."""
    cells = {column: shown.count(column, key) for column in CELLS}
    return MisconductRow(key=key, label=label, **cells)
