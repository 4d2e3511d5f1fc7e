"""What waits for a person, from every kind of work that their permissions make theirs."""

from collections.abc import Callable, Collection, Hashable, Sequence
from functools import cache, partial
from typing import NamedTuple

from sqlalchemy import Select, select

from compliance import clock
from compliance.db import db
from compliance.models import ReportingPeriod, User
from compliance.permissions import Permission
from compliance.reads import Reads
from compliance.rules.periods import being_prepared
from compliance.touched import Seen, last
from compliance.work import (
    access,
    approvals,
    cases,
    evidence,
    projects,
    reviews,
    statements,
    year,
)
from compliance.work.items import Pile

P = Permission

# Who is asked for what besides approvals, which are asked together; a new kind of work is one more line.
# Each costs a fixed number of statements.
KINDS: tuple[tuple[set[Permission], Callable[[User], Sequence[Pile]]], ...] = (
    ({P.APPROVAL_RECORD, P.CHECK_ANSWER, P.PROJECT_REGISTER}, projects.waiting),
    ({P.CHECK_ANSWER, P.ANSWER_REVIEW, P.ASSESSMENT_ANSWER}, reviews.waiting),
    ({P.STATEMENT_SIGN, P.STATEMENT_PUBLISH, P.STATEMENT_DRAFT}, statements.waiting),
    ({P.EVIDENCE_KEEP}, lambda by: [evidence.to_review(by)]),
    ({P.MISCONDUCT_RECORD}, lambda by: [cases.open_cases(by)]),
    ({P.ACCOUNT_MANAGE}, lambda by: [access.to_review(by)]),
)


class Waits(NamedTuple):
    """The piles that hold something for a person, and what they wait for: None where it is not theirs."""

    piles: list[Pile]
    others: Pile | None


# Each kind of work of each person by itself: a save touches few of them.
KEPT: Reads[Sequence[Pile]] = Reads(most=1500)


def waiting(*, by: User, granted: Collection[Permission]) -> tuple[Waits, ReportingPeriod | None]:
    """Whatever waits for this person or for others, given what they may do somewhere today.

    With the period whose statement is being prepared, if there is one.
    """
    rows = db.session.execute(with_periods()).all()
    period = being_prepared([row.ReportingPeriod for row in rows], clock.today())
    now = Seen(rows[0].seq, rows[0].hash) if rows and rows[0].seq else None
    return counted(by, granted, period, now), period


@cache
def with_periods() -> Select[ReportingPeriod, int, str]:
    """Every reporting period, with the last event of all; built once."""
    seq, sha256 = last()
    found = select(ReportingPeriod, seq.label("seq"), sha256.label("hash"))
    return found.order_by(ReportingPeriod.starts_on.desc())


def counted(
    by: User, granted: Collection[Permission], period: ReportingPeriod | None, now: Seen | None
) -> Waits:
    """The same, of each kind what is kept or else what the records say."""

    def piles_of(kind: Hashable, make: Callable[[], Sequence[Pile]]) -> Sequence[Pile]:
        return KEPT.of((kind, by.id), make, now)

    piles: list[Pile] = []
    others = None
    if P.APPROVAL_RECORD in granted:
        *mine, others = piles_of(approvals.waiting, partial(approvals.waiting, by))
        piles = [*piles_of(projects.fieldwork, lambda: [projects.fieldwork(by)]), *mine]
    for asked, kind in KINDS:
        if not asked.isdisjoint(granted):
            piles += piles_of(kind, partial(kind, by))
    if period and P.ASSESSMENT_ANSWER in granted:
        told = (year.judging, period.key, period.label, period.returns_due_on)
        piles += piles_of(told, lambda: [year.judging(by, period)])
    return Waits([pile for pile in piles if pile.total], others)
