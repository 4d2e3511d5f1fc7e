"""A table as a file to keep, as CSV or as a workbook: exactly what the page beside it shows."""

from collections.abc import Iterable, Sequence

from flask import Response

from compliance import clock
from reports.sheets import MARK, as_csv, as_xlsx

# The kinds of an address that ends in one of them.
KINDS = "any(csv, xlsx)"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(name: str, kind: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """The table as a file of this kind, named for its content and the day."""
    if kind == "csv":
        answer = Response(as_csv(heads, rows, mark=MARK), mimetype="text/csv")
    else:
        answer = Response(as_xlsx(name, heads, rows), mimetype=WORKBOOK)
    answer.headers["Content-Disposition"] = f"attachment; filename={name}-{clock.today().isoformat()}.{kind}"
    return answer
