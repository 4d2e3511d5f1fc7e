"""Clearances, recorded: a renewal is a new one beside the old."""

from datetime import date

from compliance import audit, clock
from compliance.conflict import refuse_stale
from compliance.db import db, transaction
from compliance.models import Clearance, Project, User
from compliance.rules.clearances import NewClearance, check_left


def add_clearance(project: Project, new: NewClearance, *, by: User) -> Clearance:
    """Record a clearance of a person; raises RuleBroken."""
    new.check(clock.today())
    with transaction():
        audit.record("clearance.added", subject=project.reference, by=by)
        row = Clearance(
            project_id=project.id,
            organisation_id=project.organisation_id,
            person=new.person,
            level=new.level,
            issuing_force=new.issuing_force,
            reference=new.reference,
            granted_on=new.granted_on,
            expires_on=new.expires_on,
            accepted_by=list(new.accepted_by),
            recorded_at=clock.now(),
            recorded_by=by,
        )
        db.session.add(row)
    return row


def change_clearance(
    clearance: Clearance, accepted_by: tuple[str, ...], left_on: date | None, *, seen: int, by: User
) -> None:
    """Record who accepted a transfer, or that access is no longer needed; raises RuleBroken or Conflict."""
    check_left(clearance.granted_on, left_on, clock.today())
    with transaction():
        audit.record("clearance.changed", subject=clearance.project.reference, by=by)
        refuse_stale(clearance, seen)
        clearance.accepted_by, clearance.left_on = list(accepted_by), left_on
