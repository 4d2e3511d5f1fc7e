"""The same changes make the same trail, whatever their addresses in memory."""

from sqlalchemy import select

from compliance import audit
from compliance.db import db, transaction
from compliance.models import AuditEvent
from tests.conftest import TODAY


def test_the_same_changes_make_the_same_trail(make):
    places = [make.organisation(f"force-{number:02}") for number in range(12)]
    with transaction():
        audit.record("organisation.changed", subject="all", by=None)
        # Read first, or reading each would write down the change before it.
        ids = [place.id for place in places]
        for place in reversed(places):
            place.returns_from_on = TODAY.date()
    changed = db.session.scalars(
        select(AuditEvent.row).where(AuditEvent.event == "organisation.changed").order_by(AuditEvent.seq)
    ).all()
    assert changed == [f"organisation {number}" for number in ids]
