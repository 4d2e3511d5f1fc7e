"""Tables as CSV and XLSX that a spreadsheet opens without running anything."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import TypeVar

Cell = TypeVar("Cell")
# What a spreadsheet takes for the beginning of a formula, or skips before one.
RISKY = frozenset("=+-@\t\r\n＝＋－＠")
# Where a cell may begin with one of these; the writer puts quotes around those that begin with a new line.
SUSPECT = re.compile(r'(?:^|[,"\n])[=+\-@\t＝＋－＠]|"[\r\n]')
# Lets spreadsheets read the table as Unicode.
MARK = "\ufeff"


def harmless(value: Cell) -> Cell | str:
    """A cell; words that would run as a formula get an apostrophe, which shows them as they are."""
    return f"'{value}" if isinstance(value, str) and value[:1] in RISKY else value


def as_csv(heads: Iterable[str], rows: Iterable[Sequence[object]], *, mark: str = "") -> str:
    """The table as CSV under its heading line, which stands alone when there are no rows."""
    table = [list(heads), *rows]
    text = written(table)
    # Most tables have no such cell, and to look at each of a hundred thousand takes as long as to write them.
    if SUSPECT.search(text):
        text = written([harmless(cell) for cell in row] for row in table)
    return mark + text


def written(rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def as_xlsx(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The table as a workbook of one sheet; what makes it is loaded with the first one."""
    made: bytes = import_module("reports.workbook").workbook(title, heads, rows)
    return made
