"""A statement → its PDF with the files that ride along."""

from reports import pdf
from reports.statement import to_print
from reports.statement.files import attachments
from reports.statement.model import Statement


def paper(statement: Statement) -> bytes:
    """The PDF; the same statement always gives the same bytes. Raises pdf.PdfError, document.Unprintable."""
    files = tuple(pdf.File(*entry) for entry in attachments(statement))
    return pdf.to_pdf(to_print(statement), files, statement.as_at)
