"""Everything that a statement counts, read once: for the document, its checks and its pages."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain

from compliance import clock
from compliance.assessments.queries import Judgement, judgements
from compliance.frameworks.schema import Responsibility
from compliance.misconduct.queries import nil_confirmed, table_for
from compliance.reads import apart, by_place
from compliance.rules import misconduct as rules
from compliance.rules.periods import Period
from compliance.rules.wording import BINDS
from compliance.statements import register, returns
from compliance.statements.basis import Basis
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
    """The records behind a draft; thirteen queries, whatever the number of projects and organisations."""
    return read_period(draft.basis)


def read_period(basis: Basis, *, decisions: bool = True) -> Records:
    """The records of an organisation, and of all that stood below it, for a period.

    What is public is counted as it was on the day the returns were due, or today before that. Judgements are
    counted as they stand now: what stops a statement may be judged until it is signed. The projects and
    decisions of an organisation that sent its return are those that it sent. Without the decisions where only
    figures are wanted: none counts them.
    """
    organisation, year, today = basis.organisation_id, basis.year, clock.today()
    period = year.span
    tree = apart(returns.tree_on, organisation, period, year.id, today)
    counted, last = [row.id for row in tree.counted], min(period.ends_on, today)
    returned = by_place(frozen_returns, [row.id for row in tree.sent], year.id)
    sent = {one: frozen for one, frozen in returned.items() if frozen}
    live = [row for row in counted if row not in sent]
    held = by_place(register.studies, counted, period, last)
    overdue = by_place(register.overdue_conditions, live, period)
    decided = by_place(register.decisions_in, live, period) if decisions else {}
    return Records(
        period=period,
        today=today,
        counted_on=min(today, year.returns_due_on),
        tree=tree,
        judged=apart(judged, organisation, year.id, basis.framework),
        table=apart(table_for, organisation, period),
        nil_confirmed=apart(nil_confirmed, organisation, year.id),
        studies=studies_of(held, sent),
        decisions=decisions_of(chain(*decided.values()), sent.values()) if decisions else (),
        overdue_conditions=tuple(sorted((*chain(*overdue.values()), *overdue_in(sent.values())))),
        late_entries=late_entries(held, sent),
    )


def judged(organisation_id: int, period_id: int, framework: str) -> tuple[Judgement, ...]:
    """How the organisation stands to every requirement now; two queries."""
    return tuple(judgements(organisation_id, period_id, framework, as_at=clock.now()))


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
