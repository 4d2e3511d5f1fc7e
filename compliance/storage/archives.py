"""What an office document holds, without unpacking it: no part but what such a file may hold."""

import io
import re
import zipfile
from pathlib import PurePosixPath

from compliance.rules.broken import RuleBroken

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
POWERPOINT = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
PARTS = {"word/document.xml": WORD, "xl/workbook.xml": EXCEL, "ppt/presentation.xml": POWERPOINT}
LONGEST_MIMETYPE, LARGEST_TYPES = 100, 1024 * 1024
# Above the first of these, no more than so many times its size may come out of a file.
SMALL_ENOUGH, MOST_EXPANDED, MOST_PARTS = 50 * 1024 * 1024, 100, 10_000
HARMLESS = re.compile(
    r"\.(xml|rels|rdf|vml|json|txt|css|thmx|png|jpe?g|gif|bmp|tiff?|emf|wmf|svm|svg|wdp|ico|odttf|fntdata|ttf|otf"
    r"|mp3|mp4|m4a|m4v|mov|wav|wmv|avi)$"
)
NESTED = (".docx", ".xlsx", ".pptx")  # the table behind a chart
PRINTING = re.compile(r"/(printersettings/|customproperty)[^/]*\.bin$")
PROGRAMS = (b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0", b"#!", b"PK")

MACROS = (
    "The file holds macros. Save it without them, as .docx, .xlsx, .pptx or OpenDocument, and choose it again"
)
EMBEDDED = "The file holds another file inside it ({}). Take that out, save it and choose it again"
EXPANDS = "The file would grow far too large when it is opened. Save it again under a new name, or as a PDF"
LOCKED = "The file is protected by a password, so it cannot be looked at. Save it without one"
JOINED = "The file is two files joined together. Open it, save it again under a new name and choose that"
# What a part is called, in small letters, and what is wrong when there is one.
UNWANTED = (
    (re.compile(r"vbaproject|vbadata|/macrosheets/|^basic/|/basic/|^scripts/"), MACROS),
    (re.compile(r"/activex/|/embeddings/oleobject|(^|/)\.\.(/|$)|^/|\\|^[a-z]:"), EMBEDDED),
)


def refuse(message: str) -> None:
    """Raise RuleBroken beside the field of the file."""
    raise RuleBroken(message, field="evidence_file")


def office(content: bytes, *, nested: bool = False) -> str:
    """Which office document a ZIP archive is; empty for any other. Raises RuleBroken for what is unsafe."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            check_size(archive, len(content))
            names = [one.filename for one in archive.infolist()]
            kind = kind_of(archive, names)
            for name in names if kind else ():
                check_part(archive, name, nested=nested)
            return kind
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return ""


def check_size(archive: zipfile.ZipFile, size: int) -> None:
    """Raise RuleBroken for an archive that is locked, has something before it, or expands beyond reason."""
    entries: list[zipfile.ZipInfo] = archive.infolist()
    if any(one.flag_bits & 1 for one in entries):
        refuse(LOCKED)
    if entries and min(one.header_offset for one in entries) > 0:
        refuse(JOINED)
    expanded = sum(one.file_size for one in entries)
    inside = sum(one.file_size for one in entries if one.filename.lower().endswith(NESTED))
    too_much = expanded > SMALL_ENOUGH and expanded > MOST_EXPANDED * size
    if len(entries) > MOST_PARTS or too_much or inside > SMALL_ENOUGH:
        refuse(EXPANDS)


def kind_of(archive: zipfile.ZipFile, names: list[str]) -> str:
    """The media type of an office document by what it says of itself; empty when it says nothing."""
    if "mimetype" in names and archive.getinfo("mimetype").file_size < LONGEST_MIMETYPE:
        if b"encryption-data" in described(archive, names, "META-INF/manifest.xml"):
            refuse(LOCKED)
        return archive.read("mimetype").decode("ascii", "replace").strip()
    said = described(archive, names, "[Content_Types].xml")
    if any(word in said for word in (b"macroenabled", b"macrosheet", b"vbaproject")):
        refuse(MACROS)
    return next((kind for part, kind in PARTS.items() if part in names and kind.encode() in said), "")


def described(archive: zipfile.ZipFile, names: list[str], part: str) -> bytes:
    """What a document says of its own parts, in small letters; empty when it says nothing."""
    if part not in names:
        return b""
    if archive.getinfo(part).file_size > LARGEST_TYPES:
        refuse(EXPANDS)
    return archive.read(part).lower()


def check_part(archive: zipfile.ZipFile, name: str, *, nested: bool) -> None:
    """Raise RuleBroken for a part that runs, or that is a file of another kind."""
    low = name.lower()
    for pattern, message in UNWANTED:
        if pattern.search(low):
            refuse(message.format(PurePosixPath(name).name or name))
    if low.endswith("/"):
        return
    if low.endswith(NESTED) and not nested:
        if office(archive.read(name), nested=True):
            return
    elif HARMLESS.search(low) or PRINTING.search(low) or not PurePosixPath(low).suffix:
        with archive.open(name) as part:
            if not part.read(8).startswith(PROGRAMS):
                return
    refuse(EMBEDDED.format(PurePosixPath(name).name))
