"""Research that waits for somebody: fieldwork without a decision, checks, drafts."""

from functools import cache
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from compliance import clock
from compliance.access import ME, TODAY, asked_by, my_organisations
from compliance.approvals.queries import all_facts
from compliance.db import db
from compliance.models import Approval, Check, Decision, Organisation, Project, ProjectStanding, User
from compliance.permissions import Permission
from compliance.rules.approvals import start_blockers
from compliance.rules.work import missing_since
from compliance.terms import ProjectState, Standing, Waiting
from compliance.work.items import SHOWN, Item, Pile


def first_of(statement: Any) -> Select[Any]:
    """The first rows of a query, each with how many it has in all."""
    first: Select[Any] = statement.add_columns(func.count().over()).limit(SHOWN)
    return first


def most_urgent(statement: Select[Any], by: User) -> tuple[list[Any], int]:
    """The first rows for a person, and how many there are in all, in one statement."""
    rows = db.session.execute(statement, asked_by(by)).unique().all()
    return [row[:-1] for row in rows], rows[0][-1] if rows else 0


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


@cache
def overdue() -> Select[Any]:
    """The first projects with a check past its date: how many, since when, of how many."""
    today, row = TODAY, ProjectStanding
    number = (
        select(func.count(Check.id))
        .where(Check.project_id == Project.id, Check.standing == Standing.NOT_ASSESSED, Check.due_on < today)
        .correlate(Project)
        .scalar_subquery()
    )
    found = select(row.project_id, row.first_due_on, func.count().over().label("of")).where(
        row.counted,
        row.first_due_on < today,
        row.organisation_id.in_(my_organisations(Permission.CHECK_ANSWER)),
    )
    first = found.order_by(row.first_due_on, row.project_id).limit(SHOWN).subquery()
    return (
        select(Project, number, first.c.first_due_on, first.c.of)
        .join(first, first.c.project_id == Project.id)
        .order_by(first.c.first_due_on, Project.id)
    )


def checks(by: User) -> Pile:
    """Checks past their date without an answer, one item a project."""
    rows, total = most_urgent(overdue(), by)
    items = tuple(
        Item(
            what="Answer 1 check" if number == 1 else f"Answer {number} checks",
            about=project.title,
            reference=project.reference,
            status=Waiting.LATE,
            on=since,
            endpoint="projects.show",
            values={"reference": project.reference},
        )
        for project, number, since in rows
    )
    return Pile("projects with checks overdue", items, total, "projects.index", {"show": "checks-overdue"})


@cache
def begun() -> Select[Any]:
    """Registrations that ME began and has not finished."""
    return first_of(
        select(Project)
        .where(
            Project.registered_at.is_(None),
            Project.created_by_id == ME,
            Project.organisation_id.in_(my_organisations(Permission.PROJECT_REGISTER)),
        )
        .options(joinedload(Project.organisation).joinedload(Organisation.names))
        .order_by(Project.id)
    )


def drafts(by: User) -> Pile:
    """Registrations that this person began and has not finished."""
    today = clock.today()
    rows, total = most_urgent(begun(), by)
    items = tuple(
        Item(
            what="Finish the registration",
            about=project.title,
            reference=project.reference,
            why=f"For {project.organisation.name_on(today)}",
            status=ProjectState.DRAFT,
            endpoint="registration.tasks",
            values={"reference": project.reference},
        )
        for (project,) in rows
    )
    return Pile("drafts", items, total, "projects.index", {"show": "draft"})
