"""The annual statement: what it says (model), and as HTML (page); the PDF is made by the child process."""

from reports.statement.content import content_fingerprint, still_says
from reports.statement.model import Statement, fingerprint, from_json, schema, to_json
from reports.statement.page import to_article, to_docx, to_html, to_print, to_words

__all__ = [
    "Statement",
    "content_fingerprint",
    "fingerprint",
    "from_json",
    "schema",
    "still_says",
    "to_article",
    "to_docx",
    "to_html",
    "to_json",
    "to_print",
    "to_words",
]
