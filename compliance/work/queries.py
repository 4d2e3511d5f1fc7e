"""What waits for a person, from every kind of work that their permissions make theirs."""

from collections.abc import Callable, Collection, Sequence
from functools import cache
from typing import NamedTuple

from sqlalchemy import Select, select

from compliance import clock
from compliance.db import db
from compliance.kept import Kept, recorded
from compliance.models import ReportingPeriod, User
from compliance.permissions import Permission
from compliance.rules.periods import being_prepared
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


KEPT: Kept[Waits] = Kept(most=200)


def waiting(*, by: User, granted: Collection[Permission]) -> tuple[Waits, ReportingPeriod | None]:
    """Whatever waits for this person or for others, given what they may do somewhere today.

    With the period whose statement is being prepared, if there is one.
    """
    rows = db.session.execute(with_periods()).all()
    period = being_prepared([row.ReportingPeriod for row in rows], clock.today())
    if not rows:
        return counted(by, granted, period), None
    return KEPT.of(rows[0].recorded, by.id, lambda: counted(by, granted, period)), period


@cache
def with_periods() -> Select[ReportingPeriod, str]:
    """Every reporting period, with what was recorded last of all; built once."""
    return select(ReportingPeriod, recorded().label("recorded")).order_by(ReportingPeriod.starts_on.desc())


def counted(by: User, granted: Collection[Permission], period: ReportingPeriod | None) -> Waits:
    """The same, from the records."""
    piles, others = [], None
    if P.APPROVAL_RECORD in granted:
        *mine, others = approvals.waiting(by)
        piles = [projects.fieldwork(by), *mine]
    piles += [pile for asked, kind in KINDS if not asked.isdisjoint(granted) for pile in kind(by)]
    if period and P.ASSESSMENT_ANSWER in granted:
        piles.append(year.judging(by, period))
    return Waits([pile for pile in piles if pile.total], others)
