"""What is recorded on a board: its meetings, and how organisations are compared."""

from sqlalchemy import exists, select

from compliance import audit, clock
from compliance.board.meetings import kept_of
from compliance.board.picture import board_of
from compliance.board.scope import top_of
from compliance.db import db, transaction
from compliance.models import BoardMeeting, ComparisonPolicy, Organisation, User
from compliance.rules.board import NewComparison, NewMeeting
from compliance.rules.broken import RuleBroken


def record_meeting(organisation: Organisation, new: NewMeeting, *, by: User) -> None:
    """Keep a meeting with the figures that stand on the board now; raises RuleBroken or NoPeriod."""
    new.check(clock.today())
    # Read before the transaction: a board takes longer than a writer may hold up others.
    board = board_of(top_of(organisation.code, by=by), "")
    kept = kept_of([*board.period_figures, *board.today_figures])
    period_id = board.frame.period.id
    with transaction():
        audit.record("board_meeting.recorded", subject=organisation.code, by=by)
        held = (BoardMeeting.organisation_id == organisation.id, BoardMeeting.held_on == new.held_on)
        if db.session.scalar(select(exists().where(*held))):
            raise RuleBroken("A meeting on this day is recorded already", field="held_on")
        db.session.add(
            BoardMeeting(
                organisation=organisation,
                period_id=period_id,
                held_on=new.held_on,
                kept_on=clock.today(),
                figures=kept,
                recorded_at=clock.now(),
                recorded_by=by,
            )
        )


def set_comparison(organisation: Organisation, new: NewComparison, *, by: User) -> None:
    """Keep how the organisations below see each other on their boards."""
    with transaction():
        audit.record("comparison_policy.set", subject=organisation.code, by=by)
        db.session.add(
            ComparisonPolicy(
                organisation=organisation,
                comparison=new.comparison,
                reason=new.reason,
                set_at=clock.now(),
                set_by=by,
            )
        )
