"""A board as it was drawn, kept by a worker until something that it shows changes."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from compliance import clock
from compliance.board.frame import Frame, plain
from compliance.board.scope import Place, Top, allowed
from compliance.guard import granted
from compliance.reads import Reads
from compliance.rules.periods import Period


class Headed(NamedTuple):
    """What the heading of a board shows of its frame, without a row of the database in it."""

    top: Place
    national: bool
    period: Period
    periods: Sequence[Period]


class Drawn(NamedTuple):
    """A board: its heading, when it was counted, all below the heading."""

    frame: Headed
    at: datetime
    body: str


BOARDS: Reads[Drawn] = Reads(most=60)


def drawn(top: Top, period: str, draw: Callable[[Top], tuple[Frame, str]]) -> Drawn:
    """The board of an organisation as it was drawn for people with the same permissions.

    Raises NotFound where the person may not see it, and what `draw` raises.
    """
    whose, now = allowed(top)

    def afresh() -> Drawn:
        at = clock.now()
        frame, body = draw(whose)
        periods = [plain(row) for row in frame.periods]
        return Drawn(Headed(frame.top, frame.national, plain(frame.period), periods), at, body)

    return BOARDS.of((whose.number, period, granted()), afresh, now)
