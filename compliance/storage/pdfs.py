"""Whether a PDF holds a program, or starts one: looked for in its objects, packed ones too."""

import re
import zlib
from collections.abc import Iterator

from compliance.storage.archives import refuse

RUNS = re.compile(rb"/(JavaScript|JS|Launch)(?![^\s()<>\[\]{}/%])")
ESCAPED = re.compile(rb"#([0-9a-fA-F]{2})")
BEGINS = re.compile(rb"\bstream\r?\n")
# So much before a stream is read as what says of what kind it is; so much of packed objects is looked at.
HEAD, LARGEST = 1000, 64 * 1024 * 1024

PROGRAM = "The PDF holds a program, or starts one. Print it to a new PDF and choose that"
LOCKED = "The PDF is locked or damaged, so it cannot be looked at. Save it unlocked, or print it to a new PDF"


def check_pdf(content: bytes) -> None:
    """Raise RuleBroken for a PDF that holds a program or starts one, or whose objects cannot be looked at.

    What pages draw is left alone: words about programs are none.
    """
    left, found = LARGEST, []
    for outside, stream in pieces(content):
        found.append(outside)
        head = outside[-HEAD:].rpartition(b"obj")[2]
        if stream and b"/ObjStm" in plain(head):
            objects = unpacked(stream, left) if b"/Filter" in plain(head) else stream
            left -= len(objects)
            found.append(objects)
    if RUNS.search(plain(b"".join(found))):
        refuse(PROGRAM)


def pieces(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """What stands before each stream and what it holds, read once; one that never ends hides nothing."""
    at = 0
    while (begins := BEGINS.search(content, at)) and (ends := content.find(b"endstream", begins.end())) >= 0:
        yield content[at : begins.end()], content[begins.end() : ends]
        at = ends
    yield content[at:], b""


def unpacked(data: bytes, most: int) -> bytes:
    """What a stream holds; raises RuleBroken when that cannot be told, or is more than may be looked at."""
    opened = zlib.decompressobj()
    try:
        objects = opened.decompress(data, max(most, 1))
    except zlib.error:
        refuse(LOCKED)
    if opened.unconsumed_tail:
        refuse(LOCKED)
    return objects


def plain(part: bytes) -> bytes:
    """The same with every escaped sign written out: names may hide behind them."""
    if b"#" not in part:
        return part
    return ESCAPED.sub(lambda sign: bytes([int(sign[1], 16)]), part)
