"""What follows from the records of some projects, as one SELECT for each table that keeps it."""

from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    Date,
    Select,
    Update,
    and_,
    bindparam,
    case,
    false,
    func,
    literal,
    select,
    union,
    update,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.functions import FunctionElement

from compliance.derived.records import STOPS, corrected, in_scope, lacks
from compliance.models import (
    Approval,
    ApprovalEvent,
    Check,
    Condition,
    Cover,
    Decision,
    Project,
    ProjectStanding,
)
from compliance.terms import ApprovalStep, Standing

FIRST, LAST = date.min, date.max
IDS: BindParameter[Any] = bindparam("ids", expanding=True)
COMMITMENTS: BindParameter[Any] = bindparam("commitments", expanding=True)
ITS = aliased(Decision)
CHANGES = (*STOPS, ApprovalStep.RESUMED)
DUE = case((Check.standing == Standing.NOT_ASSESSED, Check.due_on))
# Of checks: without an answer, between which days due, not met of those asked for.
COUNTS = {
    "unanswered": func.count(DUE),
    "first_due_on": func.min(DUE),
    "last_due_on": func.max(DUE),
    "not_met": func.count(case((and_(Check.standing == Standing.NOT_MET, Check.due_on.is_not(None)), 1))),
}


class days_after(FunctionElement[date]):  # noqa: N801  (an SQL function)
    """So many days after that of a column."""

    type = Date()
    inherit_cache = True
    name = "days_after"


@compiles(days_after)
def add_days(element: Any, compiler: Any, **parts: Any) -> str:
    """PostgreSQL counts days."""
    return "({} + {})".format(*(compiler.process(one, **parts) for one in element.clauses))


@compiles(days_after, "sqlite")
def add_days_sqlite(element: Any, compiler: Any, **parts: Any) -> str:
    """SQLite keeps days as text."""
    return "date({}, {} || ' days')".format(*(compiler.process(one, **parts) for one in element.clauses))


def day_after(column: Any) -> Any:
    """The day after that of a column."""
    return days_after(column, 1)


def days() -> Any:
    """Every day on which something about the approvals of a project can change, as a subquery."""
    decided = select(Approval.project_id, Decision.decided_on.label("on")).join(Decision)
    expired = select(Approval.project_id, day_after(Decision.expires_on)).join(Decision)
    happened = select(Approval.project_id, ApprovalEvent.happened_on).join(ApprovalEvent)
    ended = select(Approval.project_id, day_after(ApprovalEvent.happened_on)).join(ApprovalEvent)
    mine = Approval.project_id.in_(IDS)
    return union(
        select(Project.id.label("project_id"), literal(FIRST, Date).label("on")).where(Project.id.in_(IDS)),
        decided.where(mine),
        expired.where(mine, Decision.expires_on.is_not(None)),
        happened.where(mine, ApprovalEvent.step.in_(CHANGES)),
        ended.where(mine, ApprovalEvent.step == ApprovalStep.ENDED),
    ).subquery()


def cover() -> Select[*tuple[Any, ...]]:
    """The spells of projects between two such days."""
    day = days()
    following = func.lead(day.c.on).over(partition_by=day.c.project_id, order_by=day.c.on)
    return (
        select(
            day.c.project_id,
            day.c.on,
            func.coalesce(following, literal(LAST, Date)),
            ~lacks(day.c.on, with_conditions=False),
            ~lacks(day.c.on),
        )
        .select_from(day)
        .join(Project, Project.id == day.c.project_id)
    )


def approvals() -> Select[*tuple[Any, ...]]:
    """What stands of each approval of projects."""
    return (
        select(
            Approval.id,
            Approval.project_id,
            Approval.organisation_id,
            and_(counted(), Project.ended_on.is_(None)),
            Decision.id,
            Decision.outcome,
            Decision.expires_on,
            first_condition(),
        )
        .join(Project, Project.id == Approval.project_id)
        .outerjoin(Decision, Decision.id == latest())
        .where(Approval.project_id.in_(IDS))
    )


def latest() -> Any:
    """The decision of the approval that counts: the last that none corrects."""
    return (
        select(ITS.id)
        .where(ITS.approval_id == Approval.id, ~corrected(ITS))
        .order_by(ITS.decided_on.desc(), ITS.id.desc())
        .limit(1)
        .correlate(Approval)
        .scalar_subquery()
    )


def first_condition() -> Any:
    """The day on which the first condition of the approval that is not met is due."""
    return (
        select(func.min(Condition.due_on))
        .join(ITS, ITS.id == Condition.decision_id)
        .where(ITS.approval_id == Approval.id, Condition.met_at.is_(None), ~corrected(ITS))
        .correlate(Approval)
        .scalar_subquery()
    )


def counted() -> Any:
    """Whether a project is in scope, never unknown."""
    return func.coalesce(in_scope(), false())


def projects() -> Select[*tuple[Any, ...]]:
    """What stands of projects, from their own rows, their spells and their checks."""
    spells, checks = settled_until(), check_counts()
    return (
        select(
            Project.id,
            Project.organisation_id,
            counted(),
            Project.started_on,
            Project.ended_on,
            func.coalesce(decided_first(), false()),
            func.coalesce(Project.protocol_published_on < Project.started_on, false()),
            Project.results_published_on.is_not(None),
            alarm_from(spells.c.until),
            func.coalesce(checks.c.unanswered, 0),
            checks.c.first_due_on,
            checks.c.last_due_on,
            func.coalesce(checks.c.not_met, 0),
        )
        .join(spells, spells.c.project_id == Project.id)
        .outerjoin(checks, checks.c.project_id == Project.id)
        .where(Project.id.in_(IDS))
    )


def settled_until() -> Any:
    """Up to which day everything of a project was last settled; the first of the calendar if never."""
    until = func.max(case((Cover.settled, Cover.until_on), else_=literal(FIRST, Date)))
    found = select(Cover.project_id, until.label("until")).where(Cover.project_id.in_(IDS))
    return found.group_by(Cover.project_id).subquery()


def alarm_from(until: Any) -> Any:
    """Since when fieldwork lacks something for good: the day when all was last settled, or its own first."""
    runs = and_(counted(), Project.started_on.is_not(None), Project.ended_on.is_(None))
    return case(
        (and_(runs, until > Project.started_on, until < LAST), until),
        (and_(runs, until <= Project.started_on), Project.started_on),
    )


def decided_first() -> Any:
    """Whether everything binding was decided on the day when fieldwork began."""
    begun = (Cover.project_id == Project.id, Cover.from_on <= Project.started_on)
    found = select(Cover.decided).where(*begun, Cover.until_on > Project.started_on)
    return found.correlate(Project).scalar_subquery()


def check_counts() -> Any:
    """The checks of projects, counted."""
    found = select(Check.project_id, *(counted.label(name) for name, counted in COUNTS.items()))
    return found.where(Check.project_id.in_(IDS)).group_by(Check.project_id).subquery()


@cache
def checks_alone() -> Update:
    """The same counts put into the rows that are kept, for when nothing but checks changed."""
    its = Check.project_id == ProjectStanding.project_id
    counts = {name: select(counted).where(its).scalar_subquery() for name, counted in COUNTS.items()}
    return update(ProjectStanding).where(ProjectStanding.project_id.in_(IDS)).values(counts)


def tallies() -> Select[*tuple[Any, ...]]:
    """The counts of the checks that projects of organisations are asked for, for commitments."""
    return (
        select(
            Check.organisation_id,
            Check.commitment,
            Check.standing,
            func.count(),
            func.count(Check.project_id.distinct()),
        )
        .where(Check.organisation_id.in_(IDS), Check.commitment.in_(COMMITMENTS), Check.due_on.is_not(None))
        .group_by(Check.organisation_id, Check.commitment, Check.standing)
    )
