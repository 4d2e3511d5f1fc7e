"""Where an organisation stands among others, so that no number of another can be worked out.

No source says how forces may be compared: all of this is our judgement. Others are told by tenths of the
share and never by their numbers; those with few projects are left out; with few others nothing is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from compliance.rules.board import Ratio

# Below so many others, one who knows some of them would know the rest.
FEWEST = 3
# A share of fewer projects would tell the number itself.
SMALLEST = 5
TENTHS = 10


@dataclass(frozen=True)
class Placed:
    """How many others lie in each tenth, from none to all, and in which the organisation itself lies."""

    tenths: tuple[int, ...]
    own: int

    @property
    def others(self) -> int:
        """How many it is compared with."""
        return sum(self.tenths)

    @property
    def lower(self) -> int:
        """How many lie in a lower tenth."""
        return sum(self.tenths[: self.own])

    @property
    def alike(self) -> int:
        """How many lie in the same."""
        return self.tenths[self.own]

    @property
    def higher(self) -> int:
        """How many lie in a higher one."""
        return self.others - self.lower - self.alike


def tenth(ratio: Ratio) -> int:
    """The tenth in which a share lies, from 0 to 9; all of them lies in the last."""
    return min(TENTHS - 1, TENTHS * ratio.part // (ratio.whole or 1))


def place(own: Ratio, others: Sequence[Ratio]) -> Placed | None:
    """Where a share lies among others; None without a share of its own, or with too few others."""
    if not own.whole or len(others) < FEWEST:
        return None
    tenths = [tenth(one) for one in others]
    return Placed(tuple(tenths.count(number) for number in range(TENTHS)), tenth(own))


def comparable(others: Sequence[Ratio], *, smallest: int) -> list[Ratio]:
    """The shares that may be compared: of at least so many."""
    return [one for one in others if (one.whole or 0) >= max(1, smallest)]
