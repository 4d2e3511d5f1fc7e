"""What a file is, by its content; what it is called is only compared with that."""

import codecs
import io
import re
import zipfile
from importlib import import_module
from pathlib import PurePath

from compliance.rules.broken import RuleBroken
from compliance.rules.evidence import Upload
from compliance.storage.archives import EXCEL, JOINED, OPEN_DOCUMENT, POWERPOINT, WORD, office, refuse
from compliance.storage.pdfs import check_pdf, pieces

# Media type → the extensions that its name may have, and what people call it.
ALLOWED: dict[str, tuple[tuple[str, ...], str]] = {
    "application/pdf": ((".pdf",), "a PDF"),
    WORD: ((".docx",), "a Word document"),
    EXCEL: ((".xlsx",), "an Excel workbook"),
    POWERPOINT: ((".pptx",), "a PowerPoint presentation"),
    f"{OPEN_DOCUMENT}text": ((".odt",), "an OpenDocument text"),
    f"{OPEN_DOCUMENT}spreadsheet": ((".ods",), "an OpenDocument spreadsheet"),
    f"{OPEN_DOCUMENT}presentation": ((".odp",), "an OpenDocument presentation"),
    "image/png": ((".png",), "a PNG picture"),
    "image/jpeg": ((".jpg", ".jpeg"), "a JPEG picture"),
    "image/gif": ((".gif",), "a GIF picture"),
    "text/csv": ((".csv",), "a CSV table"),
    "text/plain": ((".txt", ".md"), "a text"),
}
KINDS = (
    "a PDF, Word, Excel, PowerPoint or OpenDocument file, a PNG, JPEG or GIF picture, a CSV table or a text"
)
ZIP, OLD_OFFICE, TEXT = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", frozenset({"text/plain", "text/csv"})
# What a file that is a PDF or a picture is not also; and what a text does not begin with.
FIRST = 4096
PAGE = re.compile(rb"<\s*(!doctype\s+html|html|script|iframe|svg)\b", re.IGNORECASE)
MARKUP = re.compile(r"\s*(<[!?/]?[a-z]|\{\\rtf|%!ps)", re.IGNORECASE)
# Excel saves “Unicode text” as UTF-16, and CSV in the code page of Windows.
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def check_upload(upload: Upload, largest: int) -> str:
    """The media type; raises RuleBroken when empty, too large, not allowed, or not what its name says."""
    if not upload.content:
        raise RuleBroken("The file is empty. Choose another", field="evidence_file")
    if len(upload.content) > largest:
        raise RuleBroken(
            f"The file is too large: the limit is {megabytes(largest)}. "
            "Choose a smaller one, or give the address of the document instead",
            field="evidence_file",
        )
    kind = media_type(upload)
    extensions, words = ALLOWED[kind]
    if PurePath(upload.safe_name).suffix.lower() not in extensions:
        raise RuleBroken(
            f"The name “{upload.safe_name}” does not fit the content, which is {words}. "
            f"Give it a name that ends in {' or '.join(extensions)}",
            field="evidence_file",
        )
    return kind


def media_type(upload: Upload) -> str:
    """The media type of a file by its content, one of ALLOWED; raises RuleBroken for any other."""
    content = upload.content
    if content.startswith(OLD_OFFICE):
        refuse(
            "The file is in the older Office format or protected by a password. "
            "Save it as .docx, .xlsx or .pptx, without a password"
        )
    if content.startswith(ZIP):
        found = office(content)
        also = b"%PDF-" in content[:FIRST]
    else:
        found = by_first_bytes(content) or text_kind(upload)
        also = found not in TEXT and is_more(content)
    if found not in ALLOWED:
        refuse(f"The file is none of the kinds that can be kept. Choose {KINDS}")
    if also:
        refuse(JOINED)
    if found == "application/pdf":
        check_pdf(content)
    return found


def by_first_bytes(content: bytes) -> str:
    """The PDF or picture that the first bytes say it is; empty for anything else."""
    # Loaded with the first file: it brings a list of every kind there is.
    puremagic = import_module("puremagic")
    try:
        found = {match.mime_type for match in puremagic.magic_string(content[:FIRST])}
    except puremagic.PureError:
        return ""
    return next((kind for kind in ALLOWED if kind in found and kind not in TEXT), "")


def is_more(content: bytes) -> bool:
    """Whether a PDF or picture is a web page or an archive too: the same bytes, read in another way."""
    return bool(
        PAGE.search(content[:FIRST])
        or PAGE.search(b"".join(outside for outside, _ in pieces(content)))
        or zipfile.is_zipfile(io.BytesIO(content))
    )


def text_kind(upload: Upload) -> str:
    """CSV or text, told apart by the name; empty for what is not readable, or is a page for a browser."""
    text = decoded(upload.content)
    if text is None or MARKUP.match(text) or any(sign < " " and sign not in "\t\r\n\f" for sign in text):
        return ""
    return "text/csv" if upload.safe_name.lower().endswith(".csv") else "text/plain"


def decoded(content: bytes) -> str | None:
    """The text as its mark says, else as UTF-8, else in the code page of Windows; None when it is none."""
    marked = next((name for mark, name in MARKS.items() if content.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def megabytes(size: int) -> str:
    """A size in words: "25 MB", "0.3 MB"."""
    number = size / (1024 * 1024)
    return f"{number:.0f} MB" if number >= 10 or number == int(number) else f"{number:.1f} MB"  # noqa: PLR2004
