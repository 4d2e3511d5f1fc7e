"""Invented meetings of the boards, and how the council lets organisations be compared."""

from collections.abc import Mapping
from datetime import timedelta

from compliance import clock
from compliance.board.actions import record_meeting, set_comparison
from compliance.db import db
from compliance.derived.keep import keep
from compliance.models import Organisation, User
from compliance.rules.board import NewComparison, NewMeeting
from compliance.terms import Comparison

# The figures of both are what the records of the demonstration said on that day.
BEFORE = timedelta(days=60)


def load_meetings(organisations: Mapping[str, Organisation], lead: User) -> None:
    """A meeting of the council's board and of Northmoor's; the others are seen without names."""
    keep(db.session())
    with clock.standing_at(clock.now() - BEFORE):
        for code in ("npcc", "northmoor"):
            record_meeting(organisations[code], NewMeeting(clock.today()), by=lead)
        reason = "Decided by the board for this demonstration, so that no force is ranked by name"
        set_comparison(organisations["npcc"], NewComparison(Comparison.ANONYMOUS, reason), by=lead)
