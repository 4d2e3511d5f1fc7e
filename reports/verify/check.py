"""What does not agree within one PDF."""

import hashlib
import json
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

from jsonschema import Draft202012Validator
from pydantic import ValidationError
from pypdf import DocumentInformation, PdfReader
from pypdf.errors import PyPdfError

from reports.paper import maker, paper
from reports.pdf import PdfError
from reports.statement.files import attachments
from reports.statement.model import Statement, from_json, schema
from reports.verify.claims import claims
from reports.verify.printed import claim_differences, text_differences
from reports.verify.sums import sum_differences
from reports.verify.tables import table_differences

DATA, SCHEMA = "statement.json", "statement.schema.json"
SHOWN = 10
# How the title of a board pack begins, which carries the data of a statement but prints more than that.
PACK = "Board pack, "


class Unreadable(PdfError):
    """The file is no PDF of a statement; the message says why in one line."""


class Checked(NamedTuple):
    """What does not agree, in words, and whether this very version made the file."""

    differences: list[str]
    same_maker: bool


class Held(NamedTuple):
    """What a PDF holds: its files, the words of its pages, what made it."""

    files: dict[str, bytes]
    pages: list[str]
    maker: str


def differences(content: bytes) -> list[str]:
    """Everything that does not agree in this PDF, in words; empty when all of it does. Raises Unreadable."""
    return check(content).differences


def check(content: bytes) -> Checked:
    """What does not agree in this PDF. Raises Unreadable.

    What this version made is made again, and must be the same to the byte. What another version made keeps
    its own words: there every figure, table row, title and text of the data must stand on the pages.
    """
    held = held_in(content)
    same = held.maker == maker()
    found = list(schema_differences(held.files))
    if same and held.files[SCHEMA].decode(errors="replace") != schema():
        found.append(f"{SCHEMA}: it is not the schema that this version publishes")
    try:
        statement = from_json(held.files[DATA].decode())
    except (ValidationError, UnicodeDecodeError, RecursionError) as error:
        return Checked(found or [f"{DATA} is not a statement: {str(error).splitlines()[0]}"], same)
    found += sum_differences(statement)
    found += file_differences(statement, held.files, exact=same)
    found += made_again(statement, content, held, found) if same else printed(statement, held)
    return Checked(found, same)


def held_in(content: bytes) -> Held:
    """What a PDF holds; raises Unreadable."""
    try:
        reader = PdfReader(BytesIO(content))
        files = {name: held[0] for name, held in reader.attachments.items()}
        pages = [page.extract_text() for page in reader.pages]
        told = reader.metadata or DocumentInformation()
        made_by, title = str(told.creator or ""), str(told.title or "")
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable(f"it cannot be read as a PDF: {error}") from error
    if title.startswith(PACK):
        raise Unreadable("it is a board pack, papers for one meeting: verify the PDF of its statement")
    if DATA not in files or SCHEMA not in files:
        raise Unreadable(f"it holds no {DATA} with its {SCHEMA}: not a statement made by this service")
    return Held(files, pages, made_by)


def words_of(content: bytes) -> list[str]:
    """The words of each page of a PDF."""
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def made_again(statement: Statement, content: bytes, held: Held, found: list[str]) -> list[str]:
    """Where the file differs from the one that this version makes of the same data."""
    made = paper(statement)
    if made == content:
        return []
    told = list(text_differences(held.pages, words_of(made)))
    if not found and not told:
        told.append(
            "the words and the data agree, yet the file is not byte for byte what this version makes of its "
            "data: a chart, a tag or a hidden part was changed"
        )
    return told


def printed(statement: Statement, held: Held) -> Iterator[str]:
    """What the data require and the pages of another version do not print."""
    fingerprint = hashlib.sha256(held.files[DATA]).hexdigest()
    return claim_differences(statement, held.pages, claims(statement, fingerprint))


def schema_differences(files: dict[str, bytes]) -> Iterator[str]:
    """Where the data break the attached schema, or are not in the form that their fingerprint is of."""
    try:
        data, rules = json.loads(files[DATA]), json.loads(files[SCHEMA])
    except (ValueError, RecursionError) as error:
        yield f"{DATA} or {SCHEMA} is not JSON: {error}"
        return
    for fault in list(Draft202012Validator(rules).iter_errors(data))[:SHOWN]:
        place = ".".join(str(part) for part in fault.absolute_path) or "the whole"
        yield f"{DATA}: {place}: {fault.message[:200]}"
    if json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode() != files[DATA]:
        yield f"{DATA}: not in the canonical form, so that its fingerprint is another"


def file_differences(statement: Statement, files: dict[str, bytes], *, exact: bool) -> Iterator[str]:
    """Attached files that do not say what the data say, that are missing, or that nobody expects.

    Another version may have known fewer files and fewer columns, and so may lack an empty one.
    """
    expected = {name: content for name, _, content in attachments(statement) if name not in (DATA, SCHEMA)}
    for name in sorted({*expected, *files} - {DATA, SCHEMA}):
        if name not in files:
            if exact or expected[name].count("\n") > 1:
                yield f"{name}: missing"
        elif name not in expected:
            yield f"{name}: a file that does not belong to a statement"
        else:
            yield from table_differences(name, expected[name], files[name], exact=exact)
