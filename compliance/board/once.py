"""What a board shows of which there is one row each, asked in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, select, true

from compliance import clock
from compliance.board.links import Links
from compliance.board.meetings import KEPT, LastMeeting, last_before, meeting_of
from compliance.board.publication import Clocked, counts_of, publication
from compliance.board.queries import Today, today_of
from compliance.board.scope import Top, scope_of
from compliance.db import db
from compliance.models import BoardMeeting, ReportingPeriod


@dataclass(frozen=True)
class Once:
    """What is wrong today, how publication stands to its clocks, and what the last meeting saw."""

    today: Today
    publication: Sequence[Clocked]
    meeting: LastMeeting | None


def once(top: Top, period: ReportingPeriod, links: Links) -> Once:
    """All of it for one board and period."""
    scope = scope_of(top)
    today, (began, ended) = today_of(scope), counts_of(top, scope, period)
    met = and_(BoardMeeting.organisation_id == top, BoardMeeting.held_on == last_before(top, clock.today()))
    together = select(today, began, ended, *KEPT).join_from(today, began, true()).join(ended, true())
    row = iter(db.session.execute(together.outerjoin(BoardMeeting, met)).one())
    numbers = [[next(row) for _ in one.c] for one in (today, began, ended)]
    return Once(Today(*numbers[0]), publication(numbers[1], numbers[2], links), meeting_of(*row))
