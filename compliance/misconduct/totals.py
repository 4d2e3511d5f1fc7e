"""The cases of organisations as the rules count them: for totals alone, nothing of a single case is shown."""

from collections.abc import Iterable, Sequence
from itertools import chain

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from compliance.db import db
from compliance.models import Case
from compliance.rules import misconduct as rules
from compliance.rules.periods import Period
from compliance.terms import CaseStep


def as_rule(case: Case) -> rules.Case:
    """A stored case as the counting rules see it; its allegations and steps must be loaded."""
    reached = {stage.step: stage.on for stage in case.steps}
    return rules.Case(
        reference=case.reference,
        case_class=case.case_class,
        received_on=case.received_on,
        allegations=tuple(rules.Allegation(row.kind, row.finding) for row in case.allegations),
        screened_out_on=reached.get(CaseStep.SCREENED_OUT),
        formal_started_on=reached.get(CaseStep.FORMAL_STARTED),
        formal_completed_on=reached.get(CaseStep.FORMAL_COMPLETED),
        other_text=case.other_text,
    )


def cases_in(organisations: Sequence[int]) -> dict[int, tuple[tuple[int, rules.Case], ...]]:
    """Every case of these by organisation, each with its id: as `cases_below`, in one statement."""
    asked = select(Case).where(Case.organisation_id.in_(organisations)).order_by(Case.received_on, Case.id)
    found: dict[int, list[tuple[int, rules.Case]]] = {one: [] for one in organisations}
    for row in db.session.scalars(
        asked.options(joinedload(Case.allegations), joinedload(Case.steps))
    ).unique():
        found[row.organisation_id].append((row.id, as_rule(row)))
    return {one: tuple(rows) for one, rows in found.items()}


def table_of(cases: Iterable[Iterable[tuple[int, rules.Case]]], period: Period) -> rules.Table:
    """Table 3B of what `cases_in` found in some organisations."""
    rows = sorted(chain(*cases), key=lambda row: (row[1].received_on, row[0]))
    return rules.tabulate(tuple(case for _, case in rows), period)
