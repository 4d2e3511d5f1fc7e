"""A statement → its PDF with the files that ride along."""

import hashlib
from functools import cache
from pathlib import Path

from reports import pdf
from reports.statement import pack, to_print
from reports.statement.files import attachments
from reports.statement.model import Statement
from reports.statement.pack import Pack

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
    return made(to_print(statement), attachments(statement), statement)


def board_pack(given: Pack) -> bytes:
    """The PDF of a board pack, with the data of its statement. Raises pdf.PdfError, document.Unprintable."""
    return made(pack.to_print(given), attachments(given.statement)[:2], given.statement)


def made(html: str, attached: list[tuple[str, str, str]], statement: Statement) -> bytes:
    """The PDF of this HTML, which says what made it."""
    html = html.replace("<head>", f'<head>\n<meta name="generator" content="{maker()}"/>', 1)
    return pdf.to_pdf(html, tuple(pdf.File(*entry) for entry in attached), statement.as_at)
