"""What a board asks: each question once, in SQL, for an organisation and all below it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ScalarSelect, and_, case, exists, func, or_, select

from compliance import clock
from compliance.access import in_force
from compliance.approvals import queries as approvals
from compliance.assessments.queries import return_owed
from compliance.board.scope import Top, scope_of
from compliance.db import db
from compliance.evidence.queries import review_due
from compliance.models import (
    Approval,
    Check,
    Contact,
    Evidence,
    Organisation,
    Project,
    ReportingPeriod,
    Return,
)
from compliance.projects import queries as projects
from compliance.terms import ContactRole, Standing

NEWEST = 6  # of the projects to decide about; above five they are told as one number


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
    checks_late: int
    projects_with_late_check: int
    evidence_due: int


class Alarm(NamedTuple):
    """A project in fieldwork without something binding; `of` is how many there are."""

    reference: str
    title: str
    organisation_id: int
    started_on: date
    missing: str
    reason: str | None
    of: int


def coverage(top: Top) -> Sequence[Coverage]:
    """Who owes a return in each period, who sent it, who had both roles named; the organisation itself too.

    Roles count on the last day of the period, or today while it runs.
    """
    today = clock.today()
    on: Any = case((ReportingPeriod.ends_on < today, ReportingPeriod.ends_on), else_=today)
    named = [
        exists().where(
            Contact.organisation_id == Organisation.id, Contact.role == role, *in_force(Contact, on)
        )
        for role in (ContactRole.SENIOR_LEAD, ContactRole.FIRST_CONTACT)
    ]
    rows = db.session.execute(
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
            Organisation.id.in_(scope_of(top)),
            or_(return_owed(ReportingPeriod), Organisation.id == top),
        )
    ).all()
    return [Coverage(*row) for row in rows]


def today_of(top: Top) -> Today:
    """What is wrong or running out today, in one statement."""
    today, scope = clock.today(), scope_of(top)
    in_projects, in_approvals = Project.organisation_id.in_(scope), Approval.organisation_id.in_(scope)
    late = (
        select(func.count().label("checks"), func.count(Check.project_id.distinct()).label("projects"))
        .join(Project, Project.id == Check.project_id)
        .where(
            Check.organisation_id.in_(scope),
            Check.standing == Standing.NOT_ASSESSED,
            Check.due_on < today,
            approvals.in_scope(),
        )
        .subquery()
    )
    row = db.session.execute(
        select(
            number_of(Project, in_projects, projects.shown("fieldwork")),
            number_of(Approval, in_approvals, approvals.shown("conditions-late", today)),
            number_of(Approval, in_approvals, approvals.shown("expiring", today)),
            late.c.checks,
            late.c.projects,
            number_of(Evidence, Evidence.organisation_id.in_(scope), review_due(today)),
        ).select_from(late)
    ).one()
    return Today(*row)


def number_of(model: type[Project | Approval | Evidence], *conditions: Any) -> ScalarSelect[int]:
    """How many rows of a model fulfil these conditions, as a subquery."""
    return select(func.count(model.id)).where(*conditions).scalar_subquery()


def alarms(top: Top) -> Sequence[Alarm]:
    """The first projects in fieldwork without something binding, the longest running first."""
    today = clock.today()
    lacking = (
        select(func.aggregate_strings(Approval.body_name, ", "))
        .where(Approval.project_id == Project.id, Approval.binding, ~approvals.settles(today))
        .correlate(Project)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            Project.reference,
            Project.title,
            Project.organisation_id,
            Project.started_on,
            lacking,
            Project.start_exception,
            func.count().over(),
        )
        .where(
            approvals.in_fieldwork(today),
            approvals.lacks_decision(today),
            Project.organisation_id.in_(scope_of(top)),
        )
        .order_by(Project.started_on, Project.id)
        .limit(NEWEST)
    ).all()
    return [Alarm(*row) for row in rows]


def contacts_of(organisation_id: int, on: date) -> dict[ContactRole, list[Contact]]:
    """Who an organisation names on a day, by role; a vacant role is missing."""
    found: dict[ContactRole, list[Contact]] = {}
    for row in db.session.scalars(
        select(Contact)
        .where(Contact.organisation_id == organisation_id, *in_force(Contact, on))
        .order_by(Contact.from_on, Contact.id)
    ):
        found.setdefault(row.role, []).append(row)
    return found
