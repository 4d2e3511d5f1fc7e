"""What waits for a person, from every kind of work that their permissions make theirs."""

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from sqlalchemy import select

from compliance.db import db
from compliance.kept import Kept, recorded
from compliance.models import ReportingPeriod, User
from compliance.permissions import Permission
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


def waiting(*, by: User, granted: Collection[Permission], period: ReportingPeriod | None) -> Waits:
    """Whatever waits for this person or for others, given what they may do somewhere today.

    `period` is the one whose statement is being prepared, if there is one.
    """
    head = db.session.scalar(select(recorded()))
    return KEPT.of(head, by.id, lambda: counted(by, granted, period))


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
