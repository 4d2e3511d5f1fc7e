"""What a board shows of which there is one row each, asked in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, true

from compliance.board.links import Links
from compliance.board.publication import Clocked, counts_of, publication
from compliance.board.queries import Today, today_of
from compliance.board.scope import Top, scope_of
from compliance.db import db
from compliance.models import ReportingPeriod


@dataclass(frozen=True)
class Once:
    """What is wrong today, and how publication stands to its clocks."""

    today: Today
    publication: Sequence[Clocked]


def once(top: Top, period: ReportingPeriod, links: Links) -> Once:
    """All of it for one board and period."""
    scope = scope_of(top)
    today, (began, ended) = today_of(scope), counts_of(top, scope, period)
    together = select(today, began, ended).join_from(today, began, true()).join(ended, true())
    row = iter(db.session.execute(together).one())
    numbers = [[next(row) for _ in one.c] for one in (today, began, ended)]
    return Once(Today(*numbers[0]), publication(numbers[1], numbers[2], links))
