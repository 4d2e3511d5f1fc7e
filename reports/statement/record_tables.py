"""The tables and charts that a section prints from the records."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from math import ceil

from reports.pages import day
from reports.statement import charts, wording
from reports.statement.blocks import Block, Figure, Paragraph, Row, Table, cell, coded, line
from reports.statement.model import ApprovalsByBody, MisconductRow, ProjectRow, Statement

SMALL = frozenset({"small"})


@dataclass(frozen=True)
class Numbering:
    """Paragraphs, tables and charts are numbered through the whole document."""

    paragraphs: Iterator[int] = field(default_factory=lambda: count(1))
    tables: Iterator[int] = field(default_factory=lambda: count(1))
    figures: Iterator[int] = field(default_factory=lambda: count(1))

    def paragraph(self, text: str, *, leads: bool = False) -> Paragraph:
        """The next paragraph."""
        return Paragraph(line(text), next(self.paragraphs), leads=leads)

    def table(self) -> str:
        """The name of the next table."""
        return f"Table {next(self.tables)}."


def from_records(name: str, statement: Statement, numbers: Numbering) -> Iterable[Block]:
    """What a section prints under this name; nothing for a name that has no place there."""
    return TABLES[name](statement, numbers) if name in TABLES else ()


def returns(_statement: Statement, numbers: Numbering) -> Iterator[Block]:
    """A pointer to Annex A."""
    yield numbers.paragraph("Annex A lists every organisation, its named leads and its return.")


def promises(statement: Statement, numbers: Numbering) -> Iterator[Block]:
    """What was promised last year, and what became of it."""
    if not statement.promises:
        return
    rows = [
        Row(
            (
                coded(row.title, row.code),
                cell(wording.promised(row)),
                cell(wording.PROMISES[row.state]),
                cell(wording.became(row)),
            )
        )
        for row in statement.promises
    ]
    number = len(rows)
    yield Table(
        "What was promised last year, and what became of it",
        ("Requirement", "Promised, by whom, by when", "Outcome", "What became of it"),
        tuple(rows),
        (25, 38, 14, 23),
        numbers.table(),
        f"{number} {'action' if number == 1 else 'actions'}, as recorded on {day(statement.as_at.date())}",
    )


def outcome_cells(row: ApprovalsByBody) -> list[int]:
    """The numbers of a body in the order of the columns."""
    return [getattr(row, key) for key in wording.OUTCOMES]


def approvals(statement: Statement, numbers: Numbering) -> Iterator[Block]:
    """Decisions by body and outcome: the table, and the outcomes as bars."""
    if not statement.approvals:
        yield numbers.paragraph("No body recorded a decision in the period.")
        return
    found = [(row.body, outcome_cells(row)) for row in statement.approvals]
    sums = [sum(column) for column in zip(*(cells for _, cells in found), strict=True)]
    rows = [Row((cell(body), *(cell(f"{number:,}") for number in cells))) for body, cells in found]
    if len(found) > 1:
        rows.append(Row((cell("All bodies"), *(cell(f"{number:,}") for number in sums)), "total"))
    unit = f"Decisions dated {wording.period(statement)}"
    yield Table(
        "Approvals by body and outcome",
        ("Body", *wording.OUTCOMES.values()),
        tuple(rows),
        (24, 14, 14, 14, 16, 9, 9),
        numbers.table(),
        unit,
        frozenset(range(1, 7)),
    )
    drawn = list(zip(wording.OUTCOMES.values(), sums, strict=True))
    told = "; ".join(f"{name[:1].lower()}{name[1:]}: {number:,}" for name, number in drawn if number)
    yield Figure(
        next(numbers.figures),
        "Approvals by outcome",
        f"{unit}, all bodies together",
        charts.outcomes(drawn),
        f"{sum(sums):,} {'decision' if sum(sums) == 1 else 'decisions'}; {told}.",
    )


def ended_in_period(statement: Statement) -> list[ProjectRow]:
    """The projects of the register whose fieldwork ended in the period."""
    days = statement.period
    return [
        row for row in statement.projects if row.ended_on and days.starts_on <= row.ended_on <= days.ends_on
    ]


def weeks_to_publication(ended: Iterable[ProjectRow]) -> list[int]:
    """How many weeks the results of each of these projects took, where they are public."""
    days = [(row.results_on - row.ended_on).days for row in ended if row.results_on and row.ended_on]
    return [max(1, ceil(number / 7)) for number in days]


def publication(statement: Statement, numbers: Numbering) -> Iterator[Block]:
    """How long results took to become public after the end of fieldwork."""
    found = ended_in_period(statement)
    ended, weeks = len(found), weeks_to_publication(found)
    if not weeks:
        return
    within = sum(week <= charts.LIMIT for week in weeks)
    pending = ended - len(weeks)
    yield Figure(
        next(numbers.figures),
        "From the end of fieldwork to publication",
        f"Projects whose fieldwork ended {wording.period(statement)}",
        charts.lag(weeks),
        f"Of {ended:,} finished {'project' if ended == 1 else 'projects'}, {within:,} had public results "
        f"within {charts.LIMIT} weeks and {len(weeks) - within:,} later; {pending:,} "
        f"{'has' if pending == 1 else 'have'} none yet.",
    )


def numbers_of(row: MisconductRow) -> Row:
    """A row of table 3B."""
    cells = (row.reported, row.formal, row.upheld_part, row.upheld_full)
    look = "total" if row.key == "TOTAL" else ""
    return Row((cell(row.label), *(cell(one.text) for one in cells)), look)


def misconduct(statement: Statement, numbers: Numbering) -> Iterator[Block]:
    """Table 3B with the sentence above and the note under it."""
    found = statement.misconduct
    yield numbers.paragraph(wording.cases(statement), leads=True)
    yield Table(
        "Allegations of research misconduct",
        (
            "Type of allegation",
            "Reported to the organisation",
            "Formal investigations",
            "Upheld in part",
            "Upheld in full",
        ),
        tuple(numbers_of(row) for row in (*found.local_rows, *found.rows, found.total)),
        (36, 16, 16, 16, 16),
        "Table 3B." if statement.layout == "rics" else numbers.table(),
        f"Number of allegations, {wording.period(statement)}",
        frozenset(range(1, 5)),
        SMALL,
    )
    yield Paragraph(line(wording.counting(statement)), look="note")


def shortfalls(statement: Statement, numbers: Numbering) -> Iterator[Block]:
    """What is not met, and what will be done."""
    short = [row for row in statement.requirements if row.standing in ("not_met", "partly_met")]
    if not short:
        yield numbers.paragraph("No requirement was judged partly met or not met.")
        return
    rows = [
        Row(
            (
                coded(row.title, row.code),
                wording.standing(row),
                cell(row.note or "not provided"),
                cell(wording.remedy(row)) if row.fix else cell("No remedy recorded", "flag"),
            )
        )
        for row in short
    ]
    yield Table(
        "What is not met, and what will be done",
        ("Requirement", "Standing", "What is missing", "Remedy, owner, date"),
        tuple(rows),
        (25, 16, 22, 37),
        numbers.table(),
        f"Requirements on {statement.edition.binds}, {statement.edition.edition} edition, in our words",
    )


# The tables that a section may ask for, by name; contacts stand near the front, and need none.
TABLES: dict[str, Callable[[Statement, Numbering], Iterable[Block]]] = {
    "returns": returns,
    "promises": promises,
    "approvals": approvals,
    "publication": publication,
    "misconduct": misconduct,
    "standing": shortfalls,
}
