"""Frameworks side by side for one subject: how each requirement stands, and what stands beside it."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from compliance.frameworks.schema import Framework, Heading, Link, Ref, Requirement
from compliance.rules.checks import Count, count
from compliance.rules.derivation import Basis, Derived, derive_all
from compliance.terms import Standing

# What the lines can be narrowed to.
SHOWN = (
    ("", "Everything"),
    (Basis.DIRECT.value, "What somebody answered"),
    (Basis.DERIVED.value, "What is derived"),
    (Basis.MISSING.value, "What nothing is known of"),
)


@dataclass(frozen=True)
class Cell:
    """One requirement, how things stand to it and on what basis."""

    framework: Framework
    requirement: Requirement
    derived: Derived


@dataclass(frozen=True)
class Column:
    """One framework: its requirements in order, how many stand how, and on what basis."""

    framework: Framework
    cells: Sequence[Cell]
    count: Count
    basis: Counter[Basis]


@dataclass(frozen=True)
class Line:
    """One requirement of the framework that leads, and those of each other framework that stand beside it."""

    lead: Cell
    beside: Mapping[str, Sequence[Cell]]

    @property
    def cells(self) -> Iterable[Cell]:
        """All of them."""
        yield self.lead
        for cells in self.beside.values():
            yield from cells


@dataclass(frozen=True)
class Table:
    """The lines under each heading of the framework that leads, and what of the others stands beside none."""

    lead: Framework
    others: Sequence[Framework]
    groups: Sequence[tuple[Heading, Sequence[Line]]]
    alone: Sequence[tuple[Framework, Sequence[Cell]]]


def column_of(
    framework: Framework,
    asked: Iterable[Requirement],
    answers: Mapping[Ref, Standing],
    links: Iterable[Link],
) -> Column:
    """How the requirements that are asked of a framework stand, from every answer there is."""
    rows = list(asked)
    known = derive_all([Ref(framework.key, row.code) for row in rows], answers, links)
    cells = [Cell(framework, row, known[Ref(framework.key, row.code)]) for row in rows]
    return Column(
        framework,
        cells,
        count(cell.derived.standing for cell in cells),
        Counter(cell.derived.basis for cell in cells),
    )


def table_of(columns: Sequence[Column], lead: str, links: Collection[Link], show: str = "") -> Table:
    """The columns as lines of related requirements; one that relates to two lines stands in both.

    `show` keeps the lines where something stands on this basis; any other word keeps all.
    """
    leading = next(one for one in columns if one.framework.key == lead)
    others = [one for one in columns if one is not leading]
    related: dict[str, set[Ref]] = {}
    for link in links:
        if link.source.framework == lead:
            related.setdefault(link.source.code, set()).add(link.target)
    lines = [line_of(cell, others, related.get(cell.requirement.code, set())) for cell in leading.cells]
    kept = [line for line in lines if fits(line.cells, show)]
    groups = [
        (heading, [line for line in kept if line.lead.requirement.heading == heading.code])
        for heading in leading.framework.headings
    ]
    placed = set().union(*related.values())
    alone = [
        (one.framework, [cell for cell in one.cells if ref_of(cell) not in placed and fits([cell], show)])
        for one in others
    ]
    return Table(
        leading.framework,
        [one.framework for one in others],
        [group for group in groups if group[1]],
        [rest for rest in alone if rest[1]],
    )


def line_of(lead: Cell, others: Iterable[Column], related: Collection[Ref]) -> Line:
    """A requirement with those of the other columns that are related to it, in their order."""
    return Line(
        lead,
        {one.framework.key: [cell for cell in one.cells if ref_of(cell) in related] for one in others},
    )


def ref_of(cell: Cell) -> Ref:
    """The requirement of a cell, by its codes."""
    return Ref(cell.framework.key, cell.requirement.code)


def fits(cells: Iterable[Cell], show: str) -> bool:
    """Whether some cell stands on this basis; a word that is no basis fits all."""
    return show not in set(Basis) or any(cell.derived.basis.value == show for cell in cells)
