"""Projects, changed."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from compliance import audit, clock, frameworks
from compliance.conflict import refuse_stale
from compliance.db import db, transaction
from compliance.frameworks.schema import Requirement, Subject
from compliance.models import (
    Check,
    IntakeAnswer,
    Organisation,
    PillarPlan,
    Project,
    ProjectArea,
    ProjectChallenge,
    ProjectRole,
    User,
)
from compliance.projects.standing import FRAMEWORK
from compliance.projects.tasks import incomplete
from compliance.projects.wanted import add_expected, give_reasons, wanted_approvals
from compliance.references import next_reference
from compliance.rules.broken import RuleBroken
from compliance.rules.checks import DUE_DAYS
from compliance.rules.expected_approvals import Change, change
from compliance.rules.projects import NewProject
from compliance.terms import ScopeDecision, Tick


def start_project(new: NewProject, organisation: Organisation, *, by: User) -> Project:
    """Begin a registration; the draft is kept from its first answer."""
    with transaction():
        reference = next_reference(Project, "PRJ")
        audit.record("project.started", subject=reference, by=by)
        project = Project(
            reference=reference,
            title=new.title,
            organisation=organisation,
            created_at=clock.now(),
            created_by=by,
        )
        db.session.add(project)
    return project


def save_task(project: Project, values: dict[str, Any], *, seen: int, by: User) -> Change:
    """Save one task of the registration, and say which approvals follow besides or no longer.

    Raises RuleBroken or Conflict.
    """
    before = wanted_approvals(project)
    with transaction():
        audit.record("project.changed", subject=project.reference, by=by)
        refuse_stale(project, seen)
        for name, value in values.items():
            if name in COLLECTIONS:
                COLLECTIONS[name](project, value)
            else:
                setattr(project, name, value)
        moved = change(before, wanted_approvals(project)) if project.registered_at else Change()
        add_expected(project, moved.added, by=by)
        give_reasons(project, moved.otherwise)
    return moved


def set_intake(project: Project, values: dict[Any, Tick]) -> None:
    """Answer intake questions; a changed answer replaces the one before."""
    rows = {row.involvement: row for row in project.intake}
    for involvement, answer in values.items():
        if involvement in rows:
            rows[involvement].answer = answer
        else:
            project.intake.append(IntakeAnswer(involvement=involvement, answer=answer))


def set_pillars(project: Project, values: dict[Any, Any]) -> None:
    """Answer the open-science pillars."""
    rows = {row.pillar: row for row in project.pillars}
    for pillar, answer in values.items():
        if pillar in rows:
            rows[pillar].answer = answer
        else:
            project.pillars.append(PillarPlan(pillar=pillar, answer=answer))


def set_challenges(project: Project, values: list[Any]) -> None:
    """Choose the enduring challenges."""
    for row in [row for row in project.challenges if row.challenge not in values]:
        project.challenges.remove(row)
    held = {row.challenge for row in project.challenges}
    project.challenges.extend(ProjectChallenge(challenge=one) for one in values if one not in held)


def set_roles(project: Project, values: list[Any]) -> None:
    """Say what the organisation does in the research."""
    for row in [row for row in project.roles if row.role not in values]:
        project.roles.remove(row)
    held = {row.role for row in project.roles}
    project.roles.extend(ProjectRole(role=one) for one in values if one not in held)


def set_areas(project: Project, values: list[int]) -> None:
    """Choose areas of research interest, by their ids."""
    for row in [row for row in project.areas if row.area_id not in values]:
        project.areas.remove(row)
    held = {row.area_id for row in project.areas}
    project.areas.extend(ProjectArea(area_id=one) for one in values if one not in held)


COLLECTIONS: dict[str, Callable[[Project, Any], None]] = {
    "intake": set_intake,
    "pillars": set_pillars,
    "challenges": set_challenges,
    "roles": set_roles,
    "areas": set_areas,
}


def register(project: Project, *, seen: int, by: User) -> None:
    """Register a complete draft: its checks and needed approvals begin. Raises RuleBroken or Conflict."""
    missing = incomplete(project)
    if missing:
        raise RuleBroken(f"Not complete yet: {', '.join(task.title.lower() for task in missing)}")
    with transaction():
        audit.record("project.registered", subject=project.reference, by=by)
        refuse_stale(project, seen)
        if project.registered_at:
            raise RuleBroken("This project is already registered")
        project.registered_at, project.registered_by = clock.now(), by
        if project.scope_decision is not ScopeDecision.OUT_OF_SCOPE:
            add_checks(project)
            add_expected(project, wanted_approvals(project), by=by)


def wanted_checks() -> tuple[Requirement, ...]:
    """The requirements on the research community, one check each (Concordat 2025, Annex B)."""
    return frameworks.get(FRAMEWORK).for_subject(Subject.PROJECT)


def checks_due() -> date:
    """When the checks of a project that is registered today are due."""
    return clock.today() + timedelta(days=DUE_DAYS)


def add_checks(project: Project) -> None:
    """The checks that every project in scope gets."""
    due = checks_due()
    for requirement in wanted_checks():
        db.session.add(
            Check(
                project=project,
                organisation_id=project.organisation_id,
                framework=FRAMEWORK,
                requirement_code=requirement.code,
                commitment=requirement.heading,
                due_on=due,
            )
        )
