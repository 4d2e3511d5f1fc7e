"""What the board of one force shows of the force itself."""

from dataclasses import dataclass

from compliance.board.picture import Board, headings
from compliance.frameworks.schema import Heading
from compliance.rules.checks import Count


@dataclass(frozen=True)
class Commitment:
    """How one organisation stands to one commitment, now and a year before (None when not known)."""

    heading: Heading
    now: Count
    before: Count | None


def own_commitments(board: Board) -> list[Commitment]:
    """The organisation's own assessment by commitment."""
    return [
        Commitment(row, board.covered.top.counts[row.code], board.before.get(row.code)) for row in headings()
    ]
