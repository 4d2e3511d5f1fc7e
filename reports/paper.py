"""A statement → its PDF with the files that ride along."""

import hashlib
from functools import cache
from pathlib import Path

from reports import pdf
from reports.statement import to_print
from reports.statement.files import attachments
from reports.statement.model import Statement

HERE = Path(__file__).resolve().parent
KINDS = {".py", ".html", ".css", ".svg", ".ttf"}


@cache
def maker() -> str:
    """What made a document: the hash of our own templates, code and fonts, and the engine with its version.

    Two files of the same data by the same maker are the same bytes.
    """
    whole = hashlib.sha256()
    for path in sorted(HERE.rglob("*")):
        if path.suffix in KINDS and path.is_file() and path.parent.name != "verify":
            whole.update(str(path.relative_to(HERE)).encode() + b"\0" + path.read_bytes() + b"\0")
    return f"reports {whole.hexdigest()[:16]}, {pdf.ENGINE}"


def paper(statement: Statement) -> bytes:
    """The PDF; the same statement always gives the same bytes. Raises pdf.PdfError, document.Unprintable."""
    files = tuple(pdf.File(*entry) for entry in attachments(statement))
    html = to_print(statement).replace("<head>", f'<head>\n<meta name="generator" content="{maker()}">', 1)
    return pdf.to_pdf(html, files, statement.as_at)
