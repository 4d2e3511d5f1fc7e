"""What a board shows of which there is one row each, asked in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, Subquery, and_, select, true

from compliance.access import TODAY
from compliance.board.links import Links
from compliance.board.meetings import KEPT, LastMeeting, last_before, meeting_of
from compliance.board.publication import Clocked, counts_of, publication
from compliance.board.queries import Today, today_of
from compliance.board.scope import Top, Whose, kept_apart, scope_of
from compliance.db import db
from compliance.models import BoardMeeting, ReportingPeriod


@dataclass(frozen=True)
class Once:
    """What is wrong today, how publication stands to its clocks, and what the last meeting saw."""

    today: Today
    publication: Sequence[Clocked]
    meeting: LastMeeting | None


@cache
def all_of(whose: Whose) -> tuple[tuple[Subquery, ...], Select[*tuple[Any, ...]]]:
    """The parts that have numbers, and the statement of all, built once."""
    today, (began, ended) = today_of(scope_of(whose)), counts_of(whose)
    met = and_(BoardMeeting.organisation_id == whose, BoardMeeting.held_on == last_before(whose, TODAY))
    together = select(today, began, ended, *KEPT).join_from(today, began, true()).join(ended, true())
    return (today, began, ended), together.outerjoin(BoardMeeting, met)


@kept_apart
def once(top: Top, period: ReportingPeriod, links: Links) -> Once:
    """All of it for one board and period."""
    parts, together = all_of(top.id)
    row = iter(db.session.execute(together, {"period": period.id, **top.given}).one())
    numbers = [[next(row) for _ in one.c] for one in parts]
    return Once(Today(*numbers[0]), publication(numbers[1], numbers[2], links), meeting_of(*row))
