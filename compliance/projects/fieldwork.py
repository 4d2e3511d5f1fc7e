"""Fieldwork of a project: its start planned, its start recorded, the end of the research."""

from datetime import date

from compliance import audit, clock
from compliance.approvals.queries import all_facts
from compliance.conflict import refuse_stale
from compliance.db import transaction
from compliance.models import Project, User
from compliance.projects.wanted import add_expected, wanted_approvals
from compliance.rules import approvals as approval_rules
from compliance.rules.expected_approvals import change
from compliance.rules.projects import check_end, check_may_start, state
from compliance.terms import ProjectState


def state_of(project: Project) -> ProjectState:
    """Where a project stands today."""
    return state(
        registered=project.registered_at is not None,
        scope=project.scope_decision,
        started_on=project.started_on,
        ended_on=project.ended_on,
        on=clock.today(),
        listed=project.source_note is not None,
    )


def may_start(project: Project) -> None:
    """Raise RuleBroken when no start can be planned or recorded for this project at all."""
    check_may_start(state_of(project))


def plan_start(project: Project, start_on: date, *, seen: int, by: User) -> None:
    """Plan the start of fieldwork; RuleBroken names every binding approval that is missing (H1 to H3).

    Raises Conflict when the project is not the version that was seen.
    """
    with transaction():
        audit.record("project.start_planned", subject=project.reference, by=by)
        refuse_stale(project, seen)
        may_start(project)
        approval_rules.check_planned_start(all_facts(project.approvals, start_on), start_on)
        project.planned_start_on = start_on


def record_start(project: Project, start_on: date, reason: str | None, *, seen: int, by: User) -> None:
    """Record that fieldwork began; what was missing needs a reason and shows as an exception.

    Raises RuleBroken, or Conflict when the project is not the version that was seen.
    """
    with transaction():
        audit.record("project.fieldwork_begun", subject=project.reference, by=by)
        refuse_stale(project, seen)
        may_start(project)
        facts = all_facts(project.approvals, start_on)
        approval_rules.check_actual_start(facts, start_on, clock.today(), reason)
        project.started_on = start_on
        project.start_exception = reason if approval_rules.start_blockers(facts, start_on) else None


def record_end(project: Project, ended_on: date, *, seen: int, by: User) -> None:
    """Record that the research ended, and what is needed from then on; raises RuleBroken or Conflict."""
    with transaction():
        audit.record("project.ended", subject=project.reference, by=by)
        refuse_stale(project, seen)
        check_end(ended_on, project.started_on, project.ended_on, clock.today())
        before = wanted_approvals(project)
        project.ended_on = ended_on
        # Only what the end adds: what was declared not required before stays so.
        add_expected(project, change(before, wanted_approvals(project)).added, by=by)
