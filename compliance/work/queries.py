"""What waits for a person, from every kind of work that their permissions make theirs."""

from collections.abc import Callable, Collection
from typing import NamedTuple

from compliance.models import User
from compliance.permissions import Permission
from compliance.work import (
    access,
    approvals,
    cases,
    clearances,
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
KINDS: tuple[tuple[Permission, Callable[[User], Pile]], ...] = (
    (P.APPROVAL_RECORD, clearances.ending),
    (P.CHECK_ANSWER, projects.checks),
    (P.CHECK_ANSWER, reviews.checks_returned),
    (P.ANSWER_REVIEW, reviews.checks_to_review),
    (P.ANSWER_REVIEW, reviews.assessments_to_review),
    (P.ASSESSMENT_ANSWER, reviews.assessments_returned),
    (P.PROJECT_REGISTER, projects.drafts),
    (P.ASSESSMENT_ANSWER, year.judging),
    (P.STATEMENT_SIGN, statements.to_sign),
    (P.STATEMENT_PUBLISH, statements.to_publish),
    (P.STATEMENT_DRAFT, statements.to_write),
    (P.EVIDENCE_KEEP, evidence.to_review),
    (P.MISCONDUCT_RECORD, cases.open_cases),
    (P.ACCOUNT_MANAGE, access.to_review),
)


class Waits(NamedTuple):
    """The piles that hold something for a person, and what they wait for: None where it is not theirs."""

    piles: list[Pile]
    others: Pile | None


def waiting(*, by: User, granted: Collection[Permission]) -> Waits:
    """Whatever waits for this person or for others, given what they may do somewhere today."""
    piles, others = [], None
    if P.APPROVAL_RECORD in granted:
        *mine, others = approvals.waiting(by)
        piles = [projects.fieldwork(by), *mine]
    piles += [kind(by) for permission, kind in KINDS if permission in granted]
    return Waits([pile for pile in piles if pile.total], others)
