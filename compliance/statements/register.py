"""The projects behind a statement: which ran in the period, and what had been decided about them when.

What counts is said once, in the queries of projects and approvals, so that boards and statements agree.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Integer, Select, cast, exists, literal, null, select, union_all

from compliance.approvals.queries import (
    corrected,
    covenant_rated,
    in_scope,
    lacks_decision,
    late_condition,
    owes_covenant,
)
from compliance.db import db
from compliance.models import Approval, Condition, Decision, Project
from compliance.projects.queries import decided_before_start, protocol_in_advance, under_way_in
from compliance.rules.periods import Period
from compliance.statements.basis import Year
from compliance.terms import Outcome, Stage

T = TypeVar("T")


class Study(NamedTuple):
    """A project in scope whose fieldwork ran on a day of the period."""

    reference: str
    title: str
    organisation_id: int
    stage: Stage | None
    started_on: date
    ended_on: date | None
    protocol_published_on: date | None
    results_published_on: date | None
    # Whether anything binding was needed; stood on the day it began; stood by the last day of the period.
    binding: bool
    decided_first: bool
    decided_by_the_end: bool
    # Whether something binding, a condition for the start included, was missing on the last day.
    lacks_decision: bool
    protocol_first: bool
    # Whether it uses AI, so that the Covenant is due; whether its six principles were rated by that day.
    uses_ai: bool
    principles_rated: bool

    def runs_on(self, on: date) -> bool:
        """Whether fieldwork had begun and not ended on a day."""
        return self.started_on <= on and (self.ended_on is None or self.ended_on > on)


def studies(
    organisations: Sequence[int], years: tuple[Year, ...], today: date
) -> dict[int, dict[int, tuple[Study, ...]]]:
    """Every project that a statement counts by organisation and id of the year, in the order of references.

    One query.
    """
    asked = (studied(organisations, year.span, min(year.ends_on, today), year.id) for year in years)
    found: dict[int, dict[int, list[Study]]] = {one: {year.id: [] for year in years} for one in organisations}
    for number, *row in db.session.execute(union_all(*asked)):
        study = Study._make(row)
        found[study.organisation_id][number].append(study)
    for by_year in found.values():
        for rows in by_year.values():
            rows.sort(key=attrgetter("reference"))
    return {one: tuples(by_year) for one, by_year in found.items()}


def tuples(found: Mapping[int, Iterable[T]]) -> dict[int, tuple[T, ...]]:
    """The same, as nobody changes it any more."""
    return {one: tuple(rows) for one, rows in found.items()}


def studied(
    organisations: Sequence[int], period: Period, last: date, number: int
) -> Select[*tuple[Any, ...]]:
    """The projects of one period, each with a number.

    `last` is the last day of the period, or today while the period runs.
    """
    return select(
        literal(number),
        Project.reference,
        Project.title,
        Project.organisation_id,
        Project.stage,
        Project.started_on,
        Project.ended_on,
        Project.protocol_published_on,
        Project.results_published_on,
        exists().where(Approval.project_id == Project.id, Approval.binding).label("binding"),
        decided_before_start().label("decided_first"),
        (~lacks_decision(last, with_conditions=False)).label("decided_by_the_end"),
        lacks_decision(last).label("lacks_decision"),
        protocol_in_advance().label("protocol_first"),
        owes_covenant(last).label("uses_ai"),
        covenant_rated(last).label("principles_rated"),
    ).where(under_way_in(period), Project.organisation_id.in_(organisations))


class Decided(NamedTuple):
    """A decision on a project in scope, as it was recorded last."""

    approval: str
    body: str
    outcome: Outcome
    decided_on: date


class Recorded(NamedTuple):
    """The decisions dated in the first of some years; and for each year, by its id, the approval of each
    condition due by its end and not met.
    """

    decisions: tuple[Decided, ...]
    overdue: Mapping[int, tuple[str, ...]]


def recorded(organisations: Sequence[int], years: tuple[Year, ...]) -> dict[int, Recorded]:
    """What was recorded about approvals, by organisation, whatever became of the project; one query."""
    asked = [decisions_in(organisations, years[0].span), *(overdue_in(organisations, year) for year in years)]
    decisions: dict[int, list[tuple[Any, ...]]] = {one: [] for one in organisations}
    late: dict[int, dict[int, list[tuple[str, int]]]] = {
        one: {year.id: [] for year in years} for one in organisations
    }
    for place, number, row_id, approval, *decided in db.session.execute(union_all(*asked)):
        if number is None:
            decisions[place].append((decided[0], decided[2], approval, row_id, decided[1]))
        else:
            late[place][number].append((approval, row_id))
    return {
        one: Recorded(
            tuple(Decided(approval, body, outcome, on) for body, on, approval, _, outcome in sorted(rows)),
            {number: tuple(approval for approval, _ in sorted(found)) for number, found in late[one].items()},
        )
        for one, rows in decisions.items()
    }


def decisions_in(organisations: Sequence[int], period: Period) -> Select[*tuple[Any, ...]]:
    """Decisions dated in a period, as narrow rows without a number."""
    return (
        select(
            Project.organisation_id,
            cast(null(), Integer),
            Decision.id,
            Approval.reference,
            Approval.body_name,
            Decision.outcome,
            Decision.decided_on,
        )
        .join(Decision, Decision.approval_id == Approval.id)
        .join(Project, Project.id == Approval.project_id)
        .where(
            in_scope(),
            Project.organisation_id.in_(organisations),
            Decision.decided_on.between(period.starts_on, period.ends_on),
            ~corrected(Decision),
        )
    )


def overdue_in(organisations: Sequence[int], year: Year) -> Select[*tuple[Any, ...]]:
    """Conditions late at the end of a year, as narrow rows with its id."""
    return (
        select(
            Project.organisation_id,
            literal(year.id),
            Condition.id,
            Approval.reference,
            null(),
            null(),
            null(),
        )
        .join(Decision, Decision.approval_id == Approval.id)
        .join(Condition, Condition.decision_id == Decision.id)
        .join(Project, Project.id == Approval.project_id)
        .where(
            in_scope(),
            Project.organisation_id.in_(organisations),
            late_condition(year.ends_on + timedelta(days=1)),
        )
    )
