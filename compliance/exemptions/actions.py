"""Exemptions, recorded; a later one stands beside an earlier."""

from dataclasses import asdict

from compliance import audit, clock
from compliance.db import db, transaction
from compliance.models import Exemption, Project, User
from compliance.rules.exemptions import NewExemption


def add_exemption(project: Project, new: NewExemption, *, by: User) -> Exemption:
    """Record an exemption; raises RuleBroken, also when the project's lead records it (H9)."""
    new.check(clock.today(), recorder_id=by.id, lead_id=project.lead_id)
    with transaction():
        audit.record("exemption.added", subject=project.reference, by=by)
        row = Exemption(
            project_id=project.id,
            organisation_id=project.organisation_id,
            recorded_at=clock.now(),
            recorded_by=by,
            **asdict(new),
        )
        db.session.add(row)
    return row
