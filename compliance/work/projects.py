"""Research that waits for somebody: fieldwork without a decision, clearances, checks, drafts."""

from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import Date, Integer, Select, cast, func, null, select
from sqlalchemy.orm import joinedload

from compliance import clock
from compliance.access import ME, TODAY, my_organisations
from compliance.approvals.queries import all_facts
from compliance.clearances.queries import ending_for_me
from compliance.models import (
    Approval,
    Check,
    Clearance,
    Decision,
    Organisation,
    Project,
    ProjectStanding,
    User,
)
from compliance.permissions import Permission
from compliance.rules.approvals import start_blockers
from compliance.rules.clearances import access
from compliance.rules.work import missing_since
from compliance.terms import Access, ProjectState, Standing, Waiting
from compliance.work.items import SHOWN, Item, Pile
from compliance.work.together import by_kind, first_of_kind, most_urgent, together, total


@cache
def fieldwork_rows() -> Select[Any]:
    """Fieldwork without a binding decision, each project with what its approvals say."""
    row = ProjectStanding
    found = select(row.project_id, func.count().over().label("of")).where(
        row.alarm_from_on <= TODAY, row.organisation_id.in_(my_organisations(Permission.APPROVAL_RECORD))
    )
    first = found.order_by(row.started_on, row.project_id).limit(SHOWN).subquery()
    everything = joinedload(Project.approvals).joinedload(Approval.decisions).joinedload(Decision.conditions)
    return (
        select(Project, first.c.of)
        .join(first, first.c.project_id == Project.id)
        .options(everything)
        .order_by(Project.started_on, Project.id)
    )


def fieldwork(by: User) -> Pile:
    """Fieldwork that runs without a binding decision, with what is missing and since when."""
    rows, total = most_urgent(fieldwork_rows(), by)
    items = tuple(alarm(project) for (project,) in rows)
    return Pile("fieldwork without a decision", items, total, "projects.index", {"show": "without-decision"})


def alarm(project: Project) -> Item:
    """One project whose fieldwork lacks something binding."""
    today, facts = clock.today(), all_facts(project.approvals)
    return Item(
        what="Fieldwork is running without a binding decision",
        about=project.title,
        reference=project.reference,
        why="; ".join(entry.message for entry in start_blockers(facts, today)),
        status=Waiting.START_NOT_ALLOWED,
        on=missing_since(facts, project.started_on or today, today),
        endpoint="projects.show",
        values={"reference": project.reference},
    )


class Kind(StrEnum):
    """Why a project stands on My work besides fieldwork without a decision."""

    CLEARANCE = "clearance"
    OVERDUE = "overdue"
    DRAFT = "draft"


def firsts() -> list[Select[Any]]:
    """The first projects that wait for ME, one narrow query a kind: which, by what day, whose clearance."""
    row, no_day, no_number = ProjectStanding, cast(null(), Date), cast(null(), Integer)
    late = select(*named(row.project_id, row.first_due_on, no_number)).where(
        row.counted,
        row.first_due_on < TODAY,
        row.organisation_id.in_(my_organisations(Permission.CHECK_ANSWER)),
    )
    begun = select(*named(Project.id, no_day, no_number)).where(
        Project.registered_at.is_(None),
        Project.created_by_id == ME,
        Project.organisation_id.in_(my_organisations(Permission.PROJECT_REGISTER)),
    )
    ends = named(Clearance.project_id, Clearance.expires_on, Clearance.id)
    return [
        first_of_kind(Kind.CLEARANCE, ending_for_me().with_only_columns(*ends)),
        first_of_kind(Kind.OVERDUE, late.order_by(row.first_due_on, row.project_id)),
        first_of_kind(Kind.DRAFT, begun.order_by(Project.id)),
    ]


def named(project: Any, on: Any, cleared: Any) -> tuple[Any, ...]:
    """The columns of a narrow query: which project, by what day, whose clearance."""
    return project.label("project_id"), on.label("on"), cleared.label("cleared")


@cache
def waiting_rows() -> Select[Any]:
    """The first of each kind: the project, the clearance, how many of its checks are late."""
    first = together(firsts())
    late = (
        select(func.count(Check.id))
        .where(Check.project_id == Project.id, Check.standing == Standing.NOT_ASSESSED, Check.due_on < TODAY)
        .correlate(Project)
        .scalar_subquery()
    )
    return (
        select(first.c.kind, first.c.of, first.c.on, Project, Clearance, late.label("late"))
        .join(Project, Project.id == first.c.project_id)
        .outerjoin(Clearance, Clearance.id == first.c.cleared)
        .options(joinedload(Project.organisation).joinedload(Organisation.names))
        .order_by(first.c.on, first.c.project_id, first.c.cleared)
    )


def waiting(by: User) -> list[Pile]:
    """Clearances that end, checks past their date, registrations not finished; in one statement."""
    ends, late, begun = by_kind(waiting_rows(), Kind, by)
    return [
        pile("clearances that end", "clearance-ends", ends, [clearance(row) for row in ends]),
        pile("projects with checks overdue", "checks-overdue", late, [overdue(row) for row in late]),
        pile("drafts", "draft", begun, [draft(row.Project) for row in begun]),
    ]


def pile(name: str, show: str, rows: Sequence[Any], items: Sequence[Item]) -> Pile:
    """The first of one kind, and the list that shows all of it."""
    return Pile(name, tuple(items), total(rows), "projects.index", {"show": show})


def clearance(row: Any) -> Item:
    """Someone whose access ends within 30 days, or has ended with their clearance (H8)."""
    one, status = row.Clearance, access(row.Clearance.expires_on, clock.today())
    ended = status is Access.BLOCKED
    return Item(
        what=f"{one.person}: the clearance {'has ended, no access' if ended else 'ends'}",
        about=row.Project.title,
        reference=row.Project.reference,
        status=status,
        on=one.expires_on,
        ends=True,
        why=f"{one.level.label}, {one.issuing_force}. Record the renewal, or that it is not needed",
        endpoint="projects.show",
        values={"reference": row.Project.reference, "_anchor": "clearances"},
    )


def overdue(row: Any) -> Item:
    """A project with checks past their date without an answer."""
    return Item(
        what="Answer 1 check" if row.late == 1 else f"Answer {row.late} checks",
        about=row.Project.title,
        reference=row.Project.reference,
        status=Waiting.LATE,
        on=row.on,
        endpoint="projects.show",
        values={"reference": row.Project.reference},
    )


def draft(project: Project) -> Item:
    """A registration that this person began and has not finished."""
    return Item(
        what="Finish the registration",
        about=project.title,
        reference=project.reference,
        why=f"For {project.organisation.name_on(clock.today())}",
        status=ProjectState.DRAFT,
        endpoint="registration.tasks",
        values={"reference": project.reference},
    )
