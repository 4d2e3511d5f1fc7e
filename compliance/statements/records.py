"""Everything that a statement counts, read once: for the document, its checks and its pages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from compliance import clock
from compliance.assessments.queries import Judgement, judgements
from compliance.frameworks.schema import Framework, Responsibility
from compliance.misconduct.queries import nil_confirmed, table_for
from compliance.models import Organisation, ReportingPeriod
from compliance.rules import misconduct as rules
from compliance.rules.periods import Period
from compliance.rules.wording import BINDS
from compliance.statements import register, returns
from compliance.statements.draft import Draft
from compliance.statements.frozen import Frozen, frozen_returns


@dataclass(frozen=True)
class Records:
    """The records of one organisation and period, as they stood at a moment."""

    period: Period
    now: datetime
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
    return read_period(draft.organisation, draft.period, draft.framework)


def read_period(
    organisation: Organisation, year: ReportingPeriod, framework: Framework, *, decisions: bool = True
) -> Records:
    """The records of an organisation, and of all that stood below it, for a period.

    What is public is counted as it was on the day the returns were due, or today before that. Judgements are
    counted as at the moment that the document prints: what stops a statement may be judged until then. The
    projects and decisions of an organisation that sent its return are those that it sent. Without the
    decisions where only figures are wanted: none counts them.
    """
    now, today = clock.now().replace(microsecond=0), clock.today()
    period = Period(year.key, year.starts_on, year.ends_on)
    tree = returns.tree_on(organisation, period, year.id, today)
    counted = [row.id for row in tree.counted]
    sent = frozen_returns(year.id, [row.id for row in tree.sent])
    live = [row for row in counted if row not in sent]
    held = register.studies(period, counted, min(period.ends_on, today))
    return Records(
        period=period,
        now=now,
        today=today,
        counted_on=min(today, year.returns_due_on),
        tree=tree,
        judged=tuple(judgements(organisation.id, year.id, framework.key, as_at=now)),
        table=table_for(organisation.id, period),
        nil_confirmed=nil_confirmed(organisation.id, year.id),
        studies=studies_of(held, sent),
        decisions=decisions_of(register.decisions_in(period, live), sent.values()) if decisions else (),
        overdue_conditions=tuple(
            sorted((*register.overdue_conditions(period, live), *overdue_in(sent.values())))
        ),
        late_entries=late_entries(held, sent),
    )


def studies_of(held: Sequence[register.Study], sent: Mapping[int, Frozen]) -> tuple[register.Study, ...]:
    """The projects as they stand, those of a return as it was sent, in the order of references."""
    live = [row for row in held if row.organisation_id not in sent]
    frozen = [row for one in sent.values() for row in one.studies]
    return tuple(sorted((*live, *frozen), key=lambda row: row.reference))


def late_entries(held: Sequence[register.Study], sent: Mapping[int, Frozen]) -> tuple[str, ...]:
    """The references of projects that would count, had they been there when the return was sent."""
    known = {row.reference for one in sent.values() for row in one.studies}
    return tuple(row.reference for row in held if row.organisation_id in sent and row.reference not in known)


def decisions_of(live: Sequence[register.Decided], sent: Iterable[Frozen]) -> tuple[register.Decided, ...]:
    """Decisions as they stand, those of a return as it was sent, by body, day and approval."""
    frozen = [row for one in sent for row in one.decisions]
    return tuple(sorted((*live, *frozen), key=lambda row: (row.body, row.decided_on, row.approval)))


def overdue_in(sent: Iterable[Frozen]) -> Iterator[str]:
    """The conditions past their date of every return."""
    for one in sent:
        yield from one.overdue_conditions
