"""What a board asks: each question once, in SQL, for an organisation and all below it."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ScalarSelect,
    Select,
    Subquery,
    and_,
    case,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import joinedload, lazyload

from compliance.access import TODAY, in_force
from compliance.approvals import queries as approvals
from compliance.assessments.queries import return_owed
from compliance.board.scope import Top, Whose, kept_apart, scope_of
from compliance.db import db
from compliance.evidence.queries import review_due
from compliance.models import (
    Approval,
    ApprovalStanding,
    Check,
    Contact,
    Evidence,
    Organisation,
    ProjectStanding,
    ReportingPeriod,
    Return,
)
from compliance.rules.board import Ratio
from compliance.terms import ContactRole, Standing


class Coverage(NamedTuple):
    """One organisation in one period: when it sent its return, whether both roles are named."""

    period_id: int
    organisation_id: int
    sent_at: datetime | None
    named: bool
    asked: bool


class Today(NamedTuple):
    """What is wrong or running out today; each the number of rows of a list."""

    fieldwork: int
    conditions_late: int
    expiring: int
    expired: int
    unfavourable: int
    checks_late: int
    projects_with_late_check: int
    evidence_due: int


@kept_apart
def coverage(top: Top) -> Sequence[Coverage]:
    """Who owes a return in each period, who sent it, who had both roles named; the organisation itself too.

    Roles count on the last day of the period, or today while it runs.
    """
    return [Coverage(*row) for row in db.session.execute(covering(top.id), top.given)]


@cache
def covering(whose: Whose) -> Select[*tuple[Any, ...]]:
    """The same, built once."""
    today = TODAY
    on: Any = case((ReportingPeriod.ends_on < today, ReportingPeriod.ends_on), else_=today)
    named = [
        exists().where(
            Contact.organisation_id == Organisation.id, Contact.role == role, *in_force(Contact, on)
        )
        for role in (ContactRole.SENIOR_LEAD, ContactRole.FIRST_CONTACT)
    ]
    return (
        select(
            ReportingPeriod.id,
            Organisation.id,
            Return.sent_at,
            and_(*named),
            func.coalesce(return_owed(ReportingPeriod), False),
        )
        .select_from(Organisation)
        .join(ReportingPeriod, ReportingPeriod.starts_on <= today)
        .outerjoin(
            Return,
            and_(Return.organisation_id == Organisation.id, Return.period_id == ReportingPeriod.id),
        )
        .where(
            Organisation.id.in_(scope_of(whose)),
            or_(return_owed(ReportingPeriod), Organisation.id == whose),
        )
    )


def returned_in(rows: Sequence[Coverage], period: ReportingPeriod, above: int) -> Ratio:
    """How many of the organisations below one returned data for a period, of those asked."""
    below = [row for row in rows if row.period_id == period.id and row.organisation_id != above]
    return Ratio(sum(row.sent_at is not None for row in below), len(below))


def today_of(scope: Select[int]) -> Subquery:
    """What is wrong or running out today, as one row."""
    today = TODAY
    project, approval = ProjectStanding, ApprovalStanding
    in_approvals = approval.organisation_id.in_(scope)
    # A project all of whose dates have passed is counted from its own row; the few others by their checks.
    between = and_(project.counted, project.first_due_on < today, project.last_due_on >= today)
    some = Check.project_id.in_(select(project.project_id).where(between, project.organisation_id.in_(scope)))
    others = number_of(Check.id, some, Check.standing == Standing.NOT_ASSESSED, Check.due_on < today)
    counts = (
        func.count(case((approvals.in_fieldwork_today(today), 1))),
        number_of(approval.approval_id, in_approvals, approval.condition_due_on < today),
        *(
            number_of(Approval.id, Approval.organisation_id.in_(scope), approvals.shown(show, today))
            for show in ("expiring", "expired", "unfavourable")
        ),
        func.coalesce(func.sum(case((project.last_due_on < today, project.unanswered))), 0) + others,
        func.count(case((project.first_due_on < today, 1))),
        number_of(Evidence.id, Evidence.organisation_id.in_(scope), review_due(today)),
    )
    named = [one.label(name) for one, name in zip(counts, Today._fields, strict=True)]
    return select(*named).where(project.counted, project.organisation_id.in_(scope)).subquery()


def number_of(key: Any, *conditions: Any) -> ScalarSelect[int]:
    """How many rows fulfil these conditions, as a subquery."""
    return select(func.count(key)).where(*conditions).scalar_subquery()


def with_contacts(organisation_id: int) -> Organisation:
    """An organisation with everybody it ever named; one query."""
    found: Organisation = (
        db.session.scalars(
            select(Organisation)
            .where(Organisation.id == organisation_id)
            .options(joinedload(Organisation.contacts), lazyload(Organisation.names))
        )
        .unique()
        .one()
    )
    return found
