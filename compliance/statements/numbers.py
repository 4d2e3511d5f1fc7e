"""Single numbers that people decided about: values entered by hand, and small numbers that are withheld."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from compliance.db import db
from compliance.models import CellDecision, FigureOverride, SignOff, SmallNumberPolicy, Statement
from compliance.reads import apart
from compliance.rules.misconduct import Table
from compliance.rules.suppression import COLUMNS, TOTAL, Cell, Why, exposed, proposal
from compliance.terms import AllegationKind
from reports.statement import from_json, model
from reports.statement.count import Count, Number, Ratio, Suppressed, Value

WORDS = {
    "reported": "reported",
    "formal": "formal investigations",
    "upheld_part": "upheld in part",
    "upheld_full": "upheld in full",
    "cases_reported": "Cases reported",
    "cases_completed": "Cases whose formal investigation was completed",
    "questionable_practices": "Questionable research practices",
}
REASON = "Withheld so that nobody can be recognised"
# Figures that repeat a total of the table.
REPEATED = {
    "allegations_reported": Cell("reported", TOTAL),
    "investigations_completed": Cell("formal", TOTAL),
}


@dataclass(frozen=True)
class Decided:
    """What people decided, the newest of each; no threshold where every number is printed."""

    overrides: Mapping[str, FigureOverride] = field(default_factory=dict)
    below: int | None = None
    cells: Mapping[str, CellDecision] = field(default_factory=dict)


@dataclass(frozen=True)
class Shown:
    """The numbers of the misconduct table with what is withheld of them, and what is still to be done."""

    numbers: Mapping[Cell, int]
    below: int | None
    proposed: Mapping[Cell, Why]
    withheld: Mapping[Cell, Why]
    undecided: tuple[Cell, ...]
    exposed: tuple[Cell, ...]

    def count(self, column: str, row: str = "") -> Count:
        """A number as it is printed."""
        cell = Cell(column, row)
        why = self.withheld.get(cell)
        if why is None:
            return Number(value=self.numbers[cell])
        return Suppressed(reason=REASON, below=self.below if why is Why.SMALL else None)


def decided_about(statement: Statement) -> Decided:
    """What people decided about the numbers of a statement; three queries."""
    overrides = select(FigureOverride).where(FigureOverride.statement_id == statement.id)
    cells = select(CellDecision).where(CellDecision.statement_id == statement.id)
    return decided_of(
        db.session.scalars(
            overrides.options(joinedload(FigureOverride.entered_by)).order_by(FigureOverride.id)
        ),
        db.session.scalars(cells.options(joinedload(CellDecision.decided_by)).order_by(CellDecision.id)),
        policy_of(statement.organisation_id),
    )


def decided_of(
    overrides: Iterable[FigureOverride], cells: Iterable[CellDecision], policy: SmallNumberPolicy | None
) -> Decided:
    """The same of all that was ever decided, the oldest first: the newest of each holds."""
    newest = {row.figure: row for row in overrides}
    return Decided(
        overrides={key: row for key, row in newest.items() if row.number is not None},
        below=policy.below if policy else None,
        cells={row.cell: row for row in cells},
    )


def policy_of(organisation_id: int) -> SmallNumberPolicy | None:
    """The policy on small numbers that holds, with who set it; None where nobody ever set one."""
    found: SmallNumberPolicy | None = db.session.scalar(
        select(SmallNumberPolicy)
        .where(SmallNumberPolicy.organisation_id == organisation_id)
        .options(joinedload(SmallNumberPolicy.set_by))
        .order_by(SmallNumberPolicy.id.desc())
        .limit(1)
    )
    return found


def threshold_of(organisation_id: int) -> int | None:
    """Below which number an organisation withholds; None where it prints every number."""
    policy = policy_of(organisation_id)
    return policy.below if policy else None


def numbers_of(table: Table) -> dict[Cell, int]:
    """Every number of the table and beside it."""
    rows = [(row.kind.value, row) for row in table.rows] + [(TOTAL, table.total)]
    found = {Cell(column, key): int(getattr(row, column)) for key, row in rows for column in COLUMNS}
    beside = ("cases_reported", "cases_completed", "questionable_practices")
    return found | {Cell(name): int(getattr(table, name)) for name in beside}


def shown_of(table: Table, decided: Decided) -> Shown:
    """The table as it is printed: what is proposed is withheld unless somebody decided otherwise."""
    numbers, below = numbers_of(table), decided.below
    if below is None:
        return Shown(numbers, None, {}, {}, (), ())
    proposed = proposal(numbers, below)
    made = {cell: row for cell in proposed if (row := decision_on(cell, numbers, decided))}
    withheld = {cell: why for cell, why in proposed.items() if cell not in made or made[cell].withheld}
    open_cells = tuple(exposed(numbers, withheld, below))
    undecided = tuple(cell for cell in proposed if cell not in made)
    return Shown(numbers, below, proposed, withheld, undecided, open_cells)


def decision_on(cell: Cell, numbers: Mapping[Cell, int], decided: Decided) -> CellDecision | None:
    """What was decided about a cell, while its number and the threshold are those that were decided about."""
    row = decided.cells.get(cell.key)
    return row if row and (row.number, row.below) == (numbers[cell], decided.below) else None


def name_of(cell: Cell) -> str:
    """What a number is called."""
    if not cell.row:
        return WORDS[cell.column]
    row = "Total" if cell.row == TOTAL else AllegationKind(cell.row).label
    return f"{row}: {WORDS[cell.column]}"


def names_of(cells: Iterable[Cell]) -> dict[str, str]:
    """What these numbers are called, by their keys."""
    return {cell.key: name_of(cell) for cell in cells}


def entered(row: FigureOverride) -> Value:
    """The value that somebody entered."""
    part = Number(value=row.number or 0)
    return part if row.whole is None else Ratio(part=part, whole=Number(value=row.whole))


def settled(
    figures: tuple[model.Figure, ...], decided: Decided, shown: Shown, *, printed: bool
) -> tuple[model.Figure, ...]:
    """The figures with the values entered by hand, and without small numbers.

    `printed` says that last year's values were published: those are repeated as they stood there.
    """
    found = []
    for figure in figures:
        changed: dict[str, object] = {}
        if cell := REPEATED.get(figure.key):
            changed["value"] = shown.count(cell.column, cell.row)
            last = figure.previous
            if shown.below and not printed and isinstance(last, Number) and 0 < last.value < shown.below:
                changed["previous"] = Suppressed(reason=REASON, below=shown.below)
        elif row := decided.overrides.get(figure.key):
            changed["value"] = entered(row)
            changed["override"] = model.Override(counted=figure.value, reason=row.reason)
        found.append(figure.model_copy(update=changed))
    return tuple(found)


def printed_in(statement_id: int) -> model.Misconduct | None:
    """The misconduct table that a statement was signed with; one query."""
    snapshot = db.session.scalar(select(SignOff.snapshot).where(SignOff.statement_id == statement_id))
    return from_json(snapshot).misconduct if snapshot else None


def printed_before(replaced_id: int | None, shown: Shown) -> tuple[Cell, ...]:
    """The numbers withheld now that the version to be replaced printed: anyone can look them up there."""
    before = apart(printed_in, replaced_id) if replaced_id and shown.withheld else None
    if before is None:
        return ()
    rows = {row.key: row for row in (*before.rows, before.total)}
    return tuple(
        cell
        for cell in shown.withheld
        if isinstance(getattr(rows[cell.row] if cell.row else before, cell.column), Number)
    )
