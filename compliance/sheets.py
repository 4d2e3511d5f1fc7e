"""Tables as CSV that a spreadsheet opens without running anything in them."""

import csv
import io
from collections.abc import Iterable, Sequence

# What a spreadsheet takes for the beginning of a formula.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(value: object) -> str:
    """A cell as text; one that would run as a formula gets an apostrophe, which shows it as it is."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(RISKY) else text


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The table as CSV, with a mark that lets spreadsheets read it as Unicode."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([harmless(head) for head in heads])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return "\ufeff" + text.getvalue()
