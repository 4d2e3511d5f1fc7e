"""A table as a workbook; openpyxl is heavy, so reports.sheets loads this when the first is asked for."""

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from reports.sheets import harmless

# How wide a column becomes at most, in characters; longer cells break their lines.
WIDEST = 60


def workbook(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The table as a workbook of one sheet: its headings stay in sight, dates are dates, words are words."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(title[:31])
    table = [[told(cell) for cell in row] for row in rows]
    for number, head in enumerate(heads, start=1):
        longest = max((len(str(row[number - 1] or "")) for row in table), default=0)
        sheet.column_dimensions[get_column_letter(number)].width = min(WIDEST, max(longest, len(head)) + 2)
    sheet.freeze_panes = "A2"
    sheet.append([heading(sheet, head) for head in heads])
    for row in table:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def heading(sheet: Any, words: str) -> Cell:
    """The heading of a column."""
    cell: Cell = WriteOnlyCell(sheet, value=harmless(words))
    cell.font, cell.alignment = Font(bold=True), Alignment(vertical="top")
    return cell


def told(value: object) -> object:
    """A cell of a workbook: numbers and dates as such, moments by their UTC clock, words that run nothing."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None, microsecond=0)
    return value if isinstance(value, int | float | date) or value is None else harmless(str(value))
