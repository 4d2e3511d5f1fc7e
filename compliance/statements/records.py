"""Everything that a statement counts, read once: for the document, its checks and its pages."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from compliance import clock, frameworks
from compliance.assessments.queries import Judgement, judged_in_each
from compliance.frameworks.schema import Responsibility
from compliance.misconduct.queries import cases_in, table_of
from compliance.reads import apart, by_place
from compliance.rules import misconduct as rules
from compliance.rules.periods import Period
from compliance.rules.wording import BINDS
from compliance.statements import register, returns
from compliance.statements.basis import Basis, Year
from compliance.statements.draft import Draft
from compliance.statements.frozen import Frozen, frozen_returns


@dataclass(frozen=True)
class Records:
    """The records of one organisation and period, as they stood when they were read."""

    period: Period
    today: date
    # What became public later is not counted: the board and the signatory must see the same.
    counted_on: date
    tree: returns.Tree
    judged: tuple[Judgement, ...]
    table: rules.Table
    nil_confirmed: bool
    studies: tuple[register.Study, ...]
    decisions: tuple[register.Decided, ...]
    overdue_conditions: tuple[str, ...]
    # Projects that came into the register of a force after its return was sent: not counted, but told.
    late_entries: tuple[str, ...] = ()

    @property
    def binds(self) -> str:
        """Whom the requirements that are counted address, in words: "employers and funders"."""
        asked = {row.requirement.binds for row in self.judged}
        return " and ".join(BINDS[one].lower() for one in Responsibility if one in asked) or "nobody"

    @cached_property
    def begun(self) -> tuple[register.Study, ...]:
        """Projects whose fieldwork began in the period."""
        return tuple(row for row in self.studies if self.period.contains(row.started_on))

    @cached_property
    def ended(self) -> tuple[register.Study, ...]:
        """Projects whose fieldwork ended in the period."""
        return tuple(row for row in self.studies if self.period.contains(row.ended_on))


def read(draft: Draft) -> Records:
    """The records behind a draft."""
    return read_years(draft.basis, (draft.basis.year,))[draft.basis.year.id]


def read_years(basis: Basis, years: tuple[Year, ...]) -> dict[int, Records]:
    """The records of an organisation, and of all that stood below it, for some years, by the id of the year.

    What is public is counted as it was on the day the returns were due, or today before that. Judgements are
    counted as they stand now: what stops a statement may be judged until it is signed. The projects and
    decisions of an organisation that sent its return are those that it sent. Only the decisions of the first
    year are read: figures do not count them. Six queries, whatever the number of projects and organisations.
    """
    organisation, today = basis.organisation_id, clock.today()
    trees = apart(returns.trees_on, organisation, years, today)
    members = {row.id for tree in trees.values() for row in (tree.root, *tree.below)}
    counted, sent = sorted(places(trees, "counted")), sorted(places(trees, "sent"))
    found = Found(
        trees=trees,
        returned=by_place(frozen_returns, sent, years),
        studies=by_place(register.studies, counted, years, today),
        recorded=by_place(register.recorded, counted, years),
        judged=apart(judged, organisation, years, basis.framework),
        cases=by_place(cases_in, sorted(members)),
    )
    return {year.id: records_of(found, year, today, decisions=year == years[0]) for year in years}


class Found(NamedTuple):
    """What was read for some years."""

    trees: Mapping[int, returns.Tree]
    returned: Mapping[int, Mapping[int, Frozen] | None]
    studies: Mapping[int, Mapping[int, tuple[register.Study, ...]]]
    recorded: Mapping[int, register.Recorded]
    judged: Mapping[int, tuple[Judgement, ...]]
    cases: Mapping[int, tuple[tuple[int, rules.Case], ...]]


def records_of(found: Found, year: Year, today: date, *, decisions: bool) -> Records:
    """The records of one year among what was read."""
    tree = found.trees[year.id]
    frozen = {one.id: (found.returned[one.id] or {}).get(year.id) for one in tree.sent}
    sent = {one: row for one, row in frozen.items() if row}
    held = {row.id: found.studies[row.id][year.id] for row in tree.counted}
    live = [found.recorded[one] for one in held if one not in sent]
    overdue = chain(*(one.overdue[year.id] for one in live), overdue_in(sent.values()))
    decided = chain(*(one.decisions for one in live))
    return Records(
        period=year.span,
        today=today,
        counted_on=min(today, year.returns_due_on),
        tree=tree,
        judged=found.judged[year.id],
        table=table_of((found.cases[row.id] for row in (tree.root, *tree.below)), year.span),
        nil_confirmed=tree.root.nil_confirmed,
        studies=studies_of(held, sent),
        decisions=decisions_of(decided, sent.values()) if decisions else (),
        overdue_conditions=tuple(sorted(overdue)),
        late_entries=late_entries(held, sent),
    )


def places(trees: Mapping[int, returns.Tree], which: str) -> set[int]:
    """The ids of those whose return was `sent`, or whose records are `counted`, in any year."""
    return {row.id for tree in trees.values() for row in getattr(tree, which)}


def judged(organisation_id: int, years: tuple[Year, ...], framework: str) -> dict[int, tuple[Judgement, ...]]:
    """How the organisation stands to every requirement now, by the id of the year; one query."""
    ids, of = [year.id for year in years], [frameworks.get(framework)]
    found = judged_in_each(organisation_id, ids, of, as_at=clock.now())
    return {number: tuple(rows) for number, rows in found.items()}


def studies_of(
    held: Mapping[int, Iterable[register.Study]], sent: Mapping[int, Frozen]
) -> tuple[register.Study, ...]:
    """The projects as they stand, those of a return as it was sent, in the order of references."""
    live = [row for one, rows in held.items() if one not in sent for row in rows]
    frozen = [row for one in sent.values() for row in one.studies]
    return tuple(sorted((*live, *frozen), key=lambda row: row.reference))


def late_entries(held: Mapping[int, Iterable[register.Study]], sent: Mapping[int, Frozen]) -> tuple[str, ...]:
    """The references of projects that would count, had they been there when the return was sent."""
    known = {row.reference for one in sent.values() for row in one.studies}
    there = (row.reference for one in sent for row in held[one])
    return tuple(sorted(reference for reference in there if reference not in known))


def decisions_of(live: Iterable[register.Decided], sent: Iterable[Frozen]) -> tuple[register.Decided, ...]:
    """Decisions as they stand, those of a return as it was sent, by body, day and approval."""
    frozen = [row for one in sent for row in one.decisions]
    return tuple(sorted((*live, *frozen), key=lambda row: (row.body, row.decided_on, row.approval)))


def overdue_in(sent: Iterable[Frozen]) -> Iterator[str]:
    """The conditions past their date of every return."""
    for one in sent:
        yield from one.overdue_conditions
