"""What does not agree within one PDF."""

import json
from collections.abc import Iterator
from io import BytesIO

from jsonschema import Draft202012Validator
from pydantic import ValidationError
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from reports.paper import paper
from reports.statement.files import attachments
from reports.statement.model import Statement, from_json, schema
from reports.verify.printed import text_differences
from reports.verify.sums import sum_differences
from reports.verify.tables import table_differences

DATA, SCHEMA = "statement.json", "statement.schema.json"
SHOWN = 10


class Unreadable(Exception):
    """The file is no PDF of a statement; the message says why in one line."""


def differences(content: bytes) -> list[str]:
    """Everything that does not agree in this PDF, in words; empty when all of it does. Raises Unreadable."""
    try:
        reader = PdfReader(BytesIO(content))
        files = {name: held[0] for name, held in reader.attachments.items()}
        printed = [page.extract_text() for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable(f"it cannot be read as a PDF: {error}") from error
    if DATA not in files or SCHEMA not in files:
        raise Unreadable(f"it holds no {DATA} with its {SCHEMA}: not a statement made by this service")
    found = list(schema_differences(files))
    try:
        statement = from_json(files[DATA].decode())
    except (ValidationError, UnicodeDecodeError, RecursionError) as error:
        return found or [f"{DATA} is not a statement: {str(error).splitlines()[0]}"]
    made = paper(statement)
    found += sum_differences(statement)
    found += file_differences(statement, files)
    found += text_differences(printed, [page.extract_text() for page in PdfReader(BytesIO(made)).pages])
    if not found and made != content:
        found.append(
            "the words and the data agree, yet the file is not byte for byte what this version makes of its "
            "data: a chart, a tag or a hidden part was changed, or another version made it"
        )
    return found


def schema_differences(files: dict[str, bytes]) -> Iterator[str]:
    """Where the data break the attached schema, and whether that is the published one."""
    try:
        data, rules = json.loads(files[DATA]), json.loads(files[SCHEMA])
    except (ValueError, RecursionError) as error:
        yield f"{DATA} or {SCHEMA} is not JSON: {error}"
        return
    if files[SCHEMA].decode(errors="replace") != schema():
        yield f"{SCHEMA}: it is not the schema that this version publishes"
    for fault in list(Draft202012Validator(rules).iter_errors(data))[:SHOWN]:
        place = ".".join(str(part) for part in fault.absolute_path) or "the whole"
        yield f"{DATA}: {place}: {fault.message[:200]}"


def file_differences(statement: Statement, files: dict[str, bytes]) -> Iterator[str]:
    """Attached files that do not say what the data say, that are missing, or that nobody expects."""
    expected = {name: content for name, _, content in attachments(statement)}
    for name in sorted({*expected, *files}):
        if name not in files:
            yield f"{name}: missing"
        elif name not in expected:
            yield f"{name}: a file that does not belong to a statement"
        elif name not in (DATA, SCHEMA):
            yield from table_differences(name, expected[name], files[name])
        elif name == DATA and files[name].decode(errors="replace") != expected[name]:
            yield f"{name}: not in the canonical form, so that its fingerprint is another"
