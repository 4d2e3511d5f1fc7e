"""The projects behind a statement: which ran in the period, and what had been decided about them when.

What counts is said once, in the queries of projects and approvals, so that boards and statements agree.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from sqlalchemy import exists, select

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


def tuples(found: Mapping[int, Iterable[T]]) -> dict[int, tuple[T, ...]]:
    """The same, as nobody changes it any more."""
    return {one: tuple(rows) for one, rows in found.items()}


def studies(organisations: Sequence[int], period: Period, last: date) -> dict[int, tuple[Study, ...]]:
    """Every project that a statement counts by organisation, in the order of references; one query.

    `last` is the last day of the period, or today while the period runs.
    """
    rows = db.session.execute(
        select(
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
        )
        .where(under_way_in(period), Project.organisation_id.in_(organisations))
        .order_by(Project.reference)
    )
    found: dict[int, list[Study]] = {one: [] for one in organisations}
    for row in map(Study._make, rows):
        found[row.organisation_id].append(row)
    return tuples(found)


class Decided(NamedTuple):
    """A decision on a project in scope, as it was recorded last."""

    approval: str
    body: str
    outcome: Outcome
    decided_on: date


def decisions_in(organisations: Sequence[int], period: Period) -> dict[int, tuple[Decided, ...]]:
    """Decisions dated in the period, whatever became of the project, by organisation; one query."""
    rows = db.session.execute(
        select(
            Project.organisation_id,
            Approval.reference.label("approval"),
            Approval.body_name.label("body"),
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
        .order_by(Approval.body_name, Decision.decided_on, Approval.reference, Decision.id)
    )
    found: dict[int, list[Decided]] = {one: [] for one in organisations}
    for place, *row in rows:
        found[place].append(Decided(*row))
    return tuples(found)


def overdue_conditions(organisations: Sequence[int], period: Period) -> dict[int, tuple[str, ...]]:
    """By organisation, the approval of each condition due by the end of the period and not met; one query."""
    rows = db.session.execute(
        select(Project.organisation_id, Approval.reference)
        .join(Decision, Decision.approval_id == Approval.id)
        .join(Condition, Condition.decision_id == Decision.id)
        .join(Project, Project.id == Approval.project_id)
        .where(
            in_scope(),
            Project.organisation_id.in_(organisations),
            late_condition(period.ends_on + timedelta(days=1)),
        )
        .order_by(Approval.reference, Condition.id)
    )
    found: dict[int, list[str]] = {one: [] for one in organisations}
    for place, reference in rows:
        found[place].append(reference)
    return tuples(found)
