"""Is it genuine? What a fingerprint or a file says it is, beside what was signed."""

import re
import zlib
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from compliance.published import queries
from compliance.published.queries import Edition
from compliance.rules.evidence import Upload
from reports.statement import fingerprint, from_json, model, to_json

STREAM = re.compile(rb"stream\r?\n")
STREAMS, LARGEST = 2_000, 20 * 1024 * 1024


class Verdict(StrEnum):
    """The five plain answers."""

    GENUINE = "genuine"
    REPLACED = "replaced"
    DIFFERS = "differs"
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"


class Answer(NamedTuple):
    """What we can say, and about which published version."""

    verdict: Verdict
    edition: Edition | None = None
    # Published versions whose PDF cannot be found by its SHA-256: it was not kept when they were signed.
    without_hash: Sequence[Edition] = ()


def of_fingerprint(text: str) -> Answer:
    """What a fingerprint of content or of a PDF, or the first 16 signs of one, belongs to."""
    found = queries.by_fingerprint(text)
    if found:
        return about(found[-1])
    return Answer(Verdict.UNKNOWN, without_hash=queries.without_hash())


def about(edition: Edition) -> Answer:
    """Genuine, or genuine and replaced."""
    later = edition.statement.replaced_by
    replaced = later is not None and later.publication is not None
    return Answer(Verdict.REPLACED if replaced else Verdict.GENUINE, edition)


def of_file(upload: Upload) -> Answer:
    """What a file is: PDF or data of a published statement, an altered one, or something else."""
    is_pdf = upload.content.startswith(b"%PDF-")
    held = held_in(upload.content) if is_pdf else read(upload.content)
    if held is None:
        return Answer(Verdict.UNREADABLE)
    found = queries.by_fingerprint(fingerprint(to_json(held)))
    if found:
        same = not is_pdf or queries.pdf_of(found[0].statement) == upload.content
        return about(found[0]) if same else Answer(Verdict.DIFFERS, found[0])
    claimed = queries.by_reference(held.reference)
    return Answer(Verdict.DIFFERS, claimed) if claimed else Answer(Verdict.UNKNOWN)


def read(content: bytes) -> model.Statement | None:
    """The statement in these data, or None."""
    try:
        return from_json(content.decode())
    except (ValueError, RecursionError):
        return None


def held_in(pdf: bytes) -> model.Statement | None:
    """The statement that a PDF carries as a file, or None; only so much is unpacked."""
    left = LARGEST
    for count, found in enumerate(STREAM.finditer(pdf)):
        if count >= STREAMS or left <= 0:
            break
        content = unpacked(pdf[found.end() :], left)
        left -= len(content)
        if content[:1] == b"{" and b'"schema_version"' in content and (held := read(content)):
            return held
    return None


def unpacked(content: bytes, most: int) -> bytes:
    """What a packed stream holds, up to so many bytes; nothing when it is not packed so."""
    try:
        return zlib.decompressobj().decompress(content, most)
    except zlib.error:
        return b""
