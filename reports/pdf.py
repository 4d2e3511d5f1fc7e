"""HTML → PDF: sealed, repeatable; the only module that imports WeasyPrint."""

import logging
import mimetypes
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from xml.etree.ElementTree import ParseError, fromstring

import pydyf
from cssselect2 import ElementWrapper
from weasyprint import HTML, Attachment, __version__
from weasyprint.text.ffi import pango
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from reports.finish import finish

HERE = Path(__file__).resolve().parent
ENGINE = f"WeasyPrint {__version__}, Pango {pango.pango_version()}"


def page_references(pdf: pydyf.PDF) -> tuple[bytes, ...]:
    """The references of all pages; pydyf makes them anew for every tag, which is quadratic in a long file."""
    kids = pdf.pages["Kids"]
    kept: tuple[bytes, ...] = pdf.__dict__.get("kept_references", ())
    if 3 * len(kept) != len(kids):
        kept = tuple(b"%d 0 R" % number for number in kids[::3])
        pdf.__dict__["kept_references"] = kept
    return kept


pydyf.PDF.page_references = property(page_references)


class PdfError(Exception):
    """The document could not be made; the message says why."""


@dataclass(frozen=True)
class File:
    """A file that rides along inside the PDF."""

    name: str
    description: str
    content: str


class Sealed(URLFetcher):  # type: ignore[misc]
    """Serves app:… from this package; everything else stops the render."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The file behind an app: address; raises FatalURLFetchingError for anything else."""
        if not url.startswith("app:"):
            return super().fetch(url, headers)
        path = (HERE / url.removeprefix("app:").lstrip("/")).resolve()
        if not path.is_relative_to(HERE):
            raise FatalURLFetchingError(f"{url} lies outside reports/")
        if not path.is_file():
            raise FatalURLFetchingError(f"{url} is missing: run bin/assets")
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


class Complaints(logging.Handler):
    """Collects what WeasyPrint complains about; a complaint is an error here."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(record.getMessage())


def page(html: str, fetcher: URLFetcher) -> HTML:
    """Our page for the engine; raises PdfError unless it is well-formed XML as well as HTML.

    A reader of XML is done in two milliseconds; the engine's own of HTML, which forgives anything, in ninety.
    """
    try:
        root = fromstring(html)  # noqa: S314 - our own templates made it, and declare no entities
    except ParseError as error:
        raise PdfError(f"the page is not well-formed: {error}") from error
    made = HTML(string="", url_fetcher=fetcher, base_url="app:")
    made.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
    made.etree_element = root
    return made


def to_pdf(html: str, files: tuple[File, ...] = (), dated: datetime | None = None) -> bytes:
    """The PDF of this HTML; the same HTML and files always give the same bytes. Raises PdfError."""
    fetcher, complaints = Sealed(), Complaints()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(complaints)
    attached = [
        Attachment(
            string=file.content.encode(),
            name=file.name,
            description=file.description,
            created=dated,
            modified=dated,
            relationship="Data",
            url_fetcher=fetcher,
        )
        for file in files
    ]
    try:
        made: bytes = page(html, fetcher).write_pdf(
            pdf_variant="pdf/a-3a", finisher=finish, attachments=attached
        )
    except FatalURLFetchingError as error:
        raise PdfError(str(error)) from error
    finally:
        logger.removeHandler(complaints)
    if complaints.found:
        raise PdfError("; ".join(complaints.found[:3]))
    return made
