"""What waits for a person, from every kind of work that their permissions make theirs."""

from collections.abc import Callable, Collection

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

# Who is asked for what; a new kind of work is one more line. Each costs a fixed number of statements.
KINDS: tuple[tuple[Permission, Callable[[User], Pile]], ...] = (
    (P.APPROVAL_RECORD, projects.fieldwork),
    (P.APPROVAL_RECORD, approvals.asked),
    (P.APPROVAL_RECORD, approvals.ending),
    (P.APPROVAL_RECORD, approvals.owing),
    (P.APPROVAL_RECORD, clearances.ending),
    (P.APPROVAL_RECORD, approvals.conditions),
    (P.APPROVAL_RECORD, approvals.advice),
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


def waiting(*, by: User, granted: Collection[Permission]) -> list[Pile]:
    """Every pile that holds something for this person, given what they may do somewhere today."""
    piles = [kind(by) for permission, kind in KINDS if permission in granted]
    return [pile for pile in piles if pile.total]


def with_others(*, by: User, granted: Collection[Permission]) -> Pile | None:
    """What this person waits for: applications that bodies have not decided; None for others."""
    return approvals.with_others(by) if P.APPROVAL_RECORD in granted else None
