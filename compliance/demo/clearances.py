"""Clearances of invented contractors: two in order, one that ends soon, one that has ended."""

from datetime import timedelta

from sqlalchemy import select

from compliance import audit, clock
from compliance.db import db, transaction
from compliance.demo.histories import moment
from compliance.models import Approval, Clearance, User
from compliance.terms import ClearanceLevel

# Pseudonym, level, and in how many days the clearance ends.
PEOPLE = (
    ("Engineer 1 (pseudonym)", ClearanceLevel.NPPV_3, 410),
    ("Engineer 2 (pseudonym)", ClearanceLevel.NPPV_2_FULL, 19),
    ("Volunteer 1 (pseudonym)", ClearanceLevel.NPPV_1, 640),
    ("Analyst 1 (pseudonym)", ClearanceLevel.NPPV_2_ABBREVIATED, -6),
)


def load_clearances(by: User) -> None:
    """People for every project that lets non-police people in."""
    today = clock.today()
    with clock.standing_at(moment(today)), transaction():
        audit.record("clearance.added", subject="invented people", by=by)
        for approval in db.session.scalars(select(Approval).where(Approval.body_key == "vetting")):
            for person, level, days in PEOPLE:
                row = Clearance(
                    project_id=approval.project_id,
                    organisation_id=approval.organisation_id,
                    person=person,
                    level=level,
                    issuing_force="Northmoor Constabulary (invented)",
                    granted_on=today - timedelta(days=300),
                    expires_on=today + timedelta(days=days),
                    recorded_at=clock.now(),
                    recorded_by=by,
                )
                db.session.add(row)
