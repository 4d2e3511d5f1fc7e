"""A sheet of approvals from elsewhere: its columns, its lines, and what is wrong with each."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from compliance.rules.broken import RuleBroken

# Each column, and what stands in it.
COLUMNS = {
    "project": "Reference of the project, such as PRJ-0012",
    "body": "Code of the body, from the list of bodies",
    "body_reference": "The body’s own reference. May be empty",
    "applied_on": "When the application was sent, as 2026-05-31. Empty where the body takes none",
    "decision": "What was decided, in the body’s own word or in ours. Empty while it is not decided",
    "decided_on": "When it was decided",
    "expires_on": "The last day of the approval. Empty when it has no end",
    "condition": "What must be done, for a decision with conditions",
    "note": "Anything to add; the reason, where it is not required",
}
NEEDED = ("project", "body")
DATES = ("applied_on", "decided_on", "expires_on")
MOST = 500


@dataclass(frozen=True)
class Fault:
    """What is wrong on a line, in which column, and what to do; line 1 holds the names of the columns."""

    line: int
    column: str
    message: str


@dataclass(frozen=True)
class Line:
    """One approval of a sheet."""

    number: int
    project: str
    body: str
    body_reference: str | None
    applied_on: date | None
    decision: str | None
    decided_on: date | None
    expires_on: date | None
    condition: str | None
    note: str | None


def text_of(content: bytes) -> str:
    """The text of a file; raises RuleBroken when it is no text."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RuleBroken("The file is not text in UTF-8: save it as CSV UTF-8", field="file") from None


def rows_of(text: str, columns: Mapping[str, str], needed: Iterable[str]) -> list[dict[str | None, Any]]:
    """The rows of a sheet by its columns; raises RuleBroken for what is no such sheet."""
    try:
        rows = list(csv.DictReader(io.StringIO(text), strict=True))
    except csv.Error as error:
        raise RuleBroken(f"The file cannot be read as CSV: {error}", field="file") from None
    heads = [head.strip() for head in next(csv.reader(io.StringIO(text)), [])]
    strange = [head for head in heads if head not in columns]
    missing = [head for head in needed if head not in heads]
    if strange or missing or len(set(heads)) < len(heads):
        raise RuleBroken(
            f"The first line must name the columns, each once: {', '.join(columns)}", field="file"
        )
    if not rows:
        raise RuleBroken("The file has no line below the names of its columns", field="file")
    if len(rows) > MOST:
        raise RuleBroken(f"A file may have {MOST} lines: split it", field="file")
    return rows


def read_sheet(text: str) -> tuple[list[Line], list[Fault]]:
    """The lines of a sheet and the faults of the others; raises RuleBroken for what is no such sheet."""
    lines, faults = [], []
    for number, row in enumerate(rows_of(text, COLUMNS, NEEDED), 2):
        cells = {(name or "").strip(): cell for name, cell in row.items() if isinstance(cell, str)}
        wrong = list(faults_of(number, cells)) or ([Fault(number, "", TOO_MANY)] if None in row else [])
        faults += wrong
        lines += [] if wrong else [line_of(number, cells)]
    return lines, faults


TOO_MANY = "This line has more cells than there are columns: put text with commas between quotation marks"


def faults_of(number: int, cells: Mapping[str, str]) -> Iterator[Fault]:
    """What can be seen to be wrong on a line by itself."""
    for name in NEEDED:
        if not cells.get(name, "").strip():
            yield Fault(number, name, f"Enter the {COLUMNS[name][0].lower()}{COLUMNS[name][1:]}")
    for name in DATES:
        text = cells.get(name, "").strip()
        try:
            date.fromisoformat(text or "2026-01-01")
        except ValueError:
            yield Fault(number, name, f"“{text}” is not a date. Write it like 2026-05-31")
    if bool(cells.get("decision", "").strip()) != bool(cells.get("decided_on", "").strip()):
        yield Fault(number, "decided_on", "A decision and its date belong together: enter both, or neither")


def line_of(number: int, cells: Mapping[str, str]) -> Line:
    """A line whose cells are as they should be."""
    given = {name: cells.get(name, "").strip() or None for name in COLUMNS}
    dates = {name: date.fromisoformat(text) if (text := given[name]) else None for name in DATES}
    return Line(number=number, **{**given, **dates})  # type: ignore[arg-type]
