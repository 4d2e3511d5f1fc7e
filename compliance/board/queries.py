"""What a board asks: each question once, in SQL, for an organisation and all below it."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Date, ScalarSelect, Select, Subquery, and_, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import joinedload, lazyload

from compliance import clock
from compliance.access import in_force
from compliance.approvals import queries as approvals
from compliance.assessments.queries import return_owed
from compliance.board.scope import Top, scope_of
from compliance.db import db
from compliance.evidence.queries import review_due
from compliance.models import (
    Approval,
    ApprovalStanding,
    BoardApproval,
    BoardReturn,
    BoardSubmission,
    Check,
    Contact,
    Evidence,
    Organisation,
    Project,
    ProjectStanding,
    ReportingPeriod,
    Return,
    Statement,
    User,
)
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
    expired: int
    unfavourable: int
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


def today_of(scope: Select[int]) -> Subquery:
    """What is wrong or running out today, as one row."""
    today = clock.today()
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


def alarms(top: Top) -> Sequence[Alarm]:
    """The first projects in fieldwork without something binding, the longest running first."""
    row, today = ProjectStanding, clock.today()
    found = select(row.project_id, func.count().over().label("of")).where(
        row.alarm_from_on <= today, row.organisation_id.in_(scope_of(top))
    )
    first = found.order_by(row.started_on, row.project_id).limit(NEWEST).subquery()
    lacking = and_(Approval.project_id == Project.id, Approval.binding, ~SETTLED)
    rows = db.session.execute(
        select(Project, first.c.of, Approval.body_name)
        .join(first, first.c.project_id == Project.id)
        .outerjoin(Approval, lacking)
        .order_by(Project.started_on, Project.id, Approval.id),
        {"today": today},
    ).all()
    return [
        Alarm(
            one.reference,
            one.title,
            one.organisation_id,
            one.started_on,
            ", ".join(body for _one, _of, body in bodies if body),
            one.start_exception,
            of,
        )
        for (one, of), bodies in groupby(rows, key=lambda row: (row[0], row[1]))
    ]


# Built once: a condition of this size costs more to build than to run.
SETTLED = approvals.settles(bindparam("today", type_=Date()))


class Waiting(NamedTuple):
    """A statement that was sent to the board and that it has not decided about."""

    reference: str
    organisation_id: int
    period: str
    meeting_on: date
    sent_by: str


def waiting(top: Top) -> Sequence[Waiting]:
    """Every statement that waits for the approval of its board, the earliest meeting first."""
    sent = BoardSubmission
    rows = db.session.execute(
        select(
            Statement.reference,
            Statement.organisation_id,
            ReportingPeriod.key,
            sent.meeting_on,
            User.name,
        )
        .join(sent.statement)
        .join(Statement.period)
        .join(sent.submitted_by)
        .where(
            Statement.organisation_id.in_(scope_of(top)),
            ~exists().where(BoardApproval.submission_id == sent.id),
            ~exists().where(BoardReturn.submission_id == sent.id),
        )
        .order_by(sent.meeting_on, sent.id)
    ).all()
    return [Waiting(*row) for row in rows]


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
