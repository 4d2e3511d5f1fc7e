"""What a file is, by its content; what it is called is only compared with that."""

import io
import zipfile
from pathlib import PurePath

import puremagic

from compliance.rules.broken import RuleBroken
from compliance.rules.evidence import Upload

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
POWERPOINT = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
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
PARTS = {"word/document.xml": WORD, "xl/workbook.xml": EXCEL, "ppt/presentation.xml": POWERPOINT}
LONGEST_MIMETYPE = 100
ZIP, TEXT = b"PK\x03\x04", frozenset({"text/plain", "text/csv"})


def check_upload(upload: Upload, largest: int) -> str:
    """The media type; raises RuleBroken when empty, too large, not allowed, or not what its name says."""
    if not upload.content:
        raise RuleBroken("The file is empty. Choose another", field="evidence_file")
    if len(upload.content) > largest:
        size = megabytes(len(upload.content))
        raise RuleBroken(f"The file has {size}; the limit is {megabytes(largest)}", field="evidence_file")
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
    found = office(upload.content) if upload.content.startswith(ZIP) else by_first_bytes(upload)
    if found not in ALLOWED:
        raise RuleBroken(f"Choose {KINDS}", field="evidence_file")
    return found


def by_first_bytes(upload: Upload) -> str:
    """What the first bytes say; text and CSV have none, and are told apart by the name."""
    try:
        found = {match.mime_type for match in puremagic.magic_string(upload.content[:4096])}
    except puremagic.PureError:
        found = set()
    for kind in ALLOWED:
        if kind in found and kind not in TEXT:
            return kind
    if found - TEXT - {""}:
        return ""
    try:
        text = upload.content.decode()
    except UnicodeDecodeError:
        return ""
    if any(sign < " " and sign not in "\t\r\n\f" for sign in text):
        return ""
    return "text/csv" if upload.safe_name.lower().endswith(".csv") else "text/plain"


def office(content: bytes) -> str:
    """Which office document a ZIP archive is, by what it holds; empty for any other archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise RuleBroken(
                    "The file holds macros. Save it without them and try again", field="evidence_file"
                )
            if "mimetype" in names and archive.getinfo("mimetype").file_size < LONGEST_MIMETYPE:
                return archive.read("mimetype").decode("ascii", "replace").strip()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return ""
    return next((kind for part, kind in PARTS.items() if part in names), "")


def megabytes(size: int) -> str:
    """A size in words: "25 MB", "0.3 MB"."""
    number = size / (1024 * 1024)
    return f"{number:.0f} MB" if number >= 10 or number == int(number) else f"{number:.1f} MB"  # noqa: PLR2004
