"""Research that waits for somebody: fieldwork without a decision, checks, drafts."""

from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from compliance import clock
from compliance.access import organisations_where
from compliance.approvals.queries import all_facts, fieldwork_without_decision
from compliance.db import db
from compliance.models import Approval, Check, Decision, Project, ProjectStanding, User
from compliance.permissions import Permission
from compliance.rules.approvals import start_blockers
from compliance.rules.work import missing_since
from compliance.terms import ProjectState, Standing, Waiting
from compliance.work.items import SHOWN, Item, Pile


def most_urgent(statement: Select[Any]) -> tuple[list[Any], int]:
    """The first rows of a query, and how many it has in all, in one statement."""
    rows = db.session.execute(statement.add_columns(func.count().over()).limit(SHOWN)).all()
    return [row[:-1] for row in rows], rows[0][-1] if rows else 0


def fieldwork(by: User) -> Pile:
    """Fieldwork that runs without a binding decision, with what is missing and since when."""
    rows, total = most_urgent(
        fieldwork_without_decision(Permission.APPROVAL_RECORD, by=by).options(
            selectinload(Project.approvals).selectinload(Approval.decisions).selectinload(Decision.conditions)
        )
    )
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


def overdue(by: User) -> list[tuple[Project, int, date, int]]:
    """The first projects with a check past its date: how many, since when, of how many."""
    today, row = clock.today(), ProjectStanding
    number = (
        select(func.count(Check.id))
        .where(Check.project_id == Project.id, Check.standing == Standing.NOT_ASSESSED, Check.due_on < today)
        .correlate(Project)
        .scalar_subquery()
    )
    found = select(row.project_id, row.first_due_on, func.count().over().label("of")).where(
        row.counted,
        row.first_due_on < today,
        row.organisation_id.in_(organisations_where(by, Permission.CHECK_ANSWER, today)),
    )
    first = found.order_by(row.first_due_on, row.project_id).limit(SHOWN).subquery()
    rows = db.session.execute(
        select(Project, number, first.c.first_due_on, first.c.of)
        .join(first, first.c.project_id == Project.id)
        .order_by(first.c.first_due_on, Project.id)
    )
    return [(project, many, since, of) for project, many, since, of in rows]


def checks(by: User) -> Pile:
    """Checks past their date without an answer, one item a project."""
    rows = overdue(by)
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
        for project, number, since, _of in rows
    )
    total = rows[0][-1] if rows else 0
    return Pile("projects with checks overdue", items, total, "projects.index", {"show": "checks-overdue"})


def drafts(by: User) -> Pile:
    """Registrations that this person began and has not finished."""
    today = clock.today()
    rows, total = most_urgent(
        select(Project)
        .where(
            Project.registered_at.is_(None),
            Project.created_by_id == by.id,
            Project.organisation_id.in_(organisations_where(by, Permission.PROJECT_REGISTER, today)),
        )
        .options(joinedload(Project.organisation))
        .order_by(Project.id)
    )
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
