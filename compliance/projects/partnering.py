"""Partners of a project, and the organisation that answers for a draft, changed."""

from typing import Any

from compliance import audit
from compliance.conflict import refuse_stale
from compliance.db import transaction
from compliance.models import Organisation, Partner, Project, User
from compliance.projects.queries import possible_leads
from compliance.rules.broken import RuleBroken


def add_partner(project: Project, values: dict[str, Any], *, seen: int, by: User) -> None:
    """Add a partner; raises Conflict."""
    with transaction():
        audit.record("project.partner_added", subject=project.reference, by=by)
        touch(project, seen)
        project.partners.append(Partner(**values))


def change_partner(
    project: Project, partner: Partner, values: dict[str, Any], *, seen: int, by: User
) -> None:
    """Correct a partner; raises Conflict."""
    with transaction():
        audit.record("project.partner_changed", subject=project.reference, by=by)
        touch(project, seen)
        for name, value in values.items():
            setattr(partner, name, value)


def remove_partner(project: Project, partner: Partner, *, seen: int, by: User) -> None:
    """Remove a partner; the trail keeps its name. Raises Conflict."""
    with transaction():
        audit.record("project.partner_removed", subject=project.reference, by=by)
        touch(project, seen)
        project.partners.remove(partner)


def touch(project: Project, seen: int) -> None:
    """Move the version of a project whose own columns stay; raises Conflict when it was not the one seen."""
    refuse_stale(project, seen)
    project.version += 1


def move_draft(project: Project, to: Organisation, *, seen: int, by: User) -> bool:
    """Let another organisation answer for a draft; whether its lead, who cannot lead there, was taken off.

    Raises RuleBroken once it is registered, since its checks and approvals then belong there, or Conflict.
    """
    with transaction():
        audit.record("project.organisation_changed", subject=project.reference, by=by)
        refuse_stale(project, seen)
        if project.registered_at:
            raise RuleBroken("The project is registered, so its organisation stays")
        project.organisation = to
        left = project.lead is not None and project.lead not in possible_leads(to.id)
        if left:
            project.lead = None
    return left
