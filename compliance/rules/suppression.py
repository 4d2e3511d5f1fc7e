"""Small numbers in table 3B: which cells are withheld, so that none can be worked out from what is printed.

An organisation's own policy (annual statement, sections 4.2 and 15.3): no source sets a threshold. A true 0
is printed as 0. The table is a network: each column adds up to its total, and what was upheld is part of
what was investigated; so a cell can be worked out exactly when no cycle of unknown cells runs through it.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from compliance.rules.broken import RuleBroken

COLUMNS = ("reported", "formal", "upheld_part", "upheld_full")
TOTAL = "TOTAL"
# Numbers beside the table: each stands for itself, and allegations are at least as many as their cases.
BESIDE = {"cases_reported": "reported", "cases_completed": "formal", "questionable_practices": ""}
GROUND = "ground"
# “Fewer than 2” would say 1.
SMALLEST, LARGEST = 3, 20


class Why(StrEnum):
    """Why a cell is proposed to be withheld."""

    SMALL = "small"
    COMPLEMENT = "complement"


# The reason that is kept where somebody withholds as proposed and adds no words.
AS_PROPOSED = {
    Why.SMALL: "As proposed: it is small",
    Why.COMPLEMENT: "As proposed: it would give a small number away",
}


@dataclass(frozen=True)
class Cell:
    """One number: of a row and a column of the table, or one that stands beside it (no row)."""

    column: str
    row: str = ""

    @property
    def key(self) -> str:
        """Its name in addresses and in the database."""
        return f"{self.column}-{self.row}" if self.row else self.column


Numbers = Mapping[Cell, int]


@dataclass(frozen=True)
class Arc:
    """One unknown of the network: from node to node, its value, and the bounds that readers know."""

    start: str
    end: str
    value: int
    low: int
    high: int | None


def proposal(numbers: Numbers, below: int) -> dict[Cell, Why]:
    """Which cells to withhold: those from 1 to below the threshold, and what would give them away.

    Where no other number helps, a small one is withheld without saying that it is small.
    """
    found = {cell: Why.SMALL for cell, value in numbers.items() if 0 < value < below}
    while open_cells := exposed(numbers, found, below):
        more = complement(numbers, found, open_cells[0], below)
        if more is None:
            break
        found[more] = Why.COMPLEMENT
    return found


def complement(numbers: Numbers, withheld: Mapping[Cell, Why], cell: Cell, below: int) -> Cell | None:
    """What else to withhold: what makes a cell safe at once, a total late, the smallest first; never a 0."""
    others = [
        one
        for one, value in numbers.items()
        if one.row and value and one != cell and withheld.get(one) is not Why.COMPLEMENT
    ]
    if withheld.get(cell) is Why.SMALL:
        others.append(cell)

    def worth(one: Cell) -> tuple[bool, bool, bool, bool, int]:
        helps = cell not in exposed(numbers, {**withheld, one: Why.COMPLEMENT}, below)
        far = one.column != cell.column and one.row != cell.row
        return (not helps, far, one in withheld, one.row == TOTAL, numbers[one])

    return min(others, key=worth, default=None)


def exposed(numbers: Numbers, withheld: Mapping[Cell, Why], below: int) -> list[Cell]:
    """The withheld cells that a reader can work out from what is printed."""
    arcs = dict(network(numbers, withheld, below))
    return [cell for cell in numbers if cell in withheld and cell in arcs and is_fixed(cell, arcs)]


def network(numbers: Numbers, withheld: Mapping[Cell, Why], below: int) -> Iterator[tuple[Cell, Arc]]:
    """Every cell and every slack of the table as an arc with the bounds that its printed form tells."""
    for cell, value in numbers.items():
        if not cell.row:
            continue
        low, high = known(value, withheld.get(cell), below)
        if cell.row == TOTAL:
            low = max(low, least(numbers, withheld, cell.column))
            ends = (cell.column, GROUND) if cell.column in ("reported", "formal") else (GROUND, cell.column)
        elif cell.column == "reported":
            ends = (GROUND, cell.column)
        elif cell.column == "formal":
            ends = (cell.row, cell.column)
        else:
            ends = (cell.column, cell.row)
        yield cell, Arc(*ends, value, low, high)
    for row in {cell.row for cell in numbers if cell.row not in ("", TOTAL)}:
        upheld = numbers[Cell("upheld_part", row)] + numbers[Cell("upheld_full", row)]
        yield Cell("slack", row), Arc(GROUND, row, numbers[Cell("formal", row)] - upheld, 0, None)


def known(value: int, why: Why | None, below: int) -> tuple[int, int | None]:
    """The bounds that a reader knows: exactly, from 1 to below the threshold, or only that it is no 0."""
    if why is None:
        return value, value
    return (1, below - 1) if why is Why.SMALL else (1 if value < below else below, None)


def least(numbers: Numbers, withheld: Collection[Cell], column: str) -> int:
    """How many allegations there are at the least, since each printed case holds one."""
    cases = next((Cell(name) for name, of in BESIDE.items() if of == column), None)
    if cases is None or cases not in numbers:
        return 0
    return numbers[cases] if cases not in withheld else int(numbers[cases] > 0)


def is_fixed(cell: Cell, arcs: Mapping[Cell, Arc]) -> bool:
    """Whether a cell could have no other value: no cycle through it can be turned either way."""
    arc = arcs[cell]
    others = [one for name, one in arcs.items() if name != cell]
    more = (arc.high is None or arc.value < arc.high) and reaches(arc.end, arc.start, others)
    return not more and not (arc.value > arc.low and reaches(arc.start, arc.end, others))


def reaches(start: str, goal: str, arcs: Collection[Arc]) -> bool:
    """Whether numbers can be moved from one node to another within what readers know."""
    seen, ahead = {start}, [start]
    while ahead:
        node = ahead.pop()
        for arc in arcs:
            onward = (arc.high is None or arc.value < arc.high, arc.start, arc.end)
            back = (arc.value > arc.low, arc.end, arc.start)
            for free, here, there in (onward, back):
                if free and here == node and there not in seen:
                    seen.add(there)
                    ahead.append(there)
    return goal in seen


@dataclass(frozen=True)
class NewPolicy:
    """From which number on an organisation prints counts of misconduct; None prints every number."""

    below: int | None
    reason: str

    def check(self) -> None:
        """Raise RuleBroken for a threshold that makes no sense."""
        if self.below is not None and not SMALLEST <= self.below <= LARGEST:
            raise RuleBroken(f"Enter a number from {SMALLEST} to {LARGEST}", field="below")


@dataclass(frozen=True)
class NewDecision:
    """What a person decided about one cell, and why; `seen` is what stood before them.

    Withheld as proposed needs no words of its own; to print what the policy withholds does.
    """

    withheld: bool | None
    reason: str | None = None
    seen: str = ""

    def check(self, key: str, name: str) -> None:
        """Raise RuleBroken beside the choice or the reason that is missing."""
        if self.withheld is None:
            raise RuleBroken(f"Select whether “{name}” is withheld or printed", field=key)
        if not self.withheld and not self.reason:
            raise RuleBroken(f"Say why “{name}” is printed", field=f"{key}-reason")

    def words(self, why: Why) -> str:
        """The reason that is kept: the person’s own, or that of the proposal."""
        return self.reason or AS_PROPOSED[why]


def given_away(printed: Collection[Cell], withheld: Mapping[str, Collection[Cell]]) -> list[tuple[Cell, str]]:
    """The numbers that one below withholds and everybody else prints, as the sum above them is printed.

    `withheld` are the cells of each organisation below that withholds any; all others print everything.
    """
    found = []
    for cell in sorted(printed, key=lambda one: one.key):
        holders = [name for name, cells in withheld.items() if cell in cells]
        if len(holders) == 1:
            found.append((cell, holders[0]))
    return found
