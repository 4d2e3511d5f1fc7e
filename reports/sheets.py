"""Tables as CSV and XLSX that a spreadsheet opens without running anything."""

import csv
import io
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import TypeVar

Cell = TypeVar("Cell")
# What a spreadsheet takes for the beginning of a formula, or skips before one.
RISKY = frozenset("=+-@\t\r\n＝＋－＠")
# Lets spreadsheets read the table as Unicode.
MARK = "\ufeff"


def harmless(value: Cell) -> Cell | str:
    """A cell; words that would run as a formula get an apostrophe, which shows them as they are."""
    return f"'{value}" if isinstance(value, str) and value[:1] in RISKY else value


def as_csv(heads: Iterable[str], rows: Iterable[Sequence[object]], *, mark: str = "") -> str:
    """The table as CSV under its heading line, which stands alone when there are no rows."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([harmless(head) for head in heads])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return mark + text.getvalue()


def as_xlsx(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The table as a workbook of one sheet; what makes it is loaded with the first one."""
    made: bytes = import_module("reports.workbook").workbook(title, heads, rows)
    return made
