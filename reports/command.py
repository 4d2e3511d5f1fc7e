"""What python -m reports does: documents from a snapshot, and documents checked, with no database.

What only some commands need is loaded by them: a signature waits for the PDF alone.
"""

import os
import resource
import signal
import sys
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import TypeVar

from pydantic import ValidationError

from reports.paper import board_pack, paper
from reports.pdf import PdfError
from reports.statement import schema, to_docx, to_html
from reports.statement.document import Unprintable
from reports.statement.model import Statement
from reports.statement.pack import Pack

Kind = TypeVar("Kind", Statement, Pack)
USAGE = (
    "usage: python -m reports statement snapshot.json out.pdf | html snapshot.json out.html | "
    "docx snapshot.json out.docx | pack pack.json out.pdf | schema | verify FILE.pdf"
)
MEMORY, SECONDS = 2**30, 60
OTHER = (
    "the pages print each figure, table row, title and text of the data; another version made the file, so "
    "the words around them were not compared"
)


class Refused(Exception):
    """What was asked cannot be done; the message is one line."""


def read(name: str, kind: type[Kind]) -> Kind:
    """The snapshot or the pack in a file, or on standard input for "-"; raises Refused."""
    try:
        text = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return kind.model_validate_json(text)
    except OSError as error:
        raise Refused(f"{name}: {error.strerror}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise Refused(f"{name} is not a statement: {place}: {first['msg']}") from error
    except RecursionError as error:
        raise Refused(f"{name} is not a statement: nested too deeply") from error


def write(name: str, content: bytes) -> None:
    """Write the whole document at once or not at all; to standard output for "-"."""
    if name == "-":
        sys.stdout.buffer.write(content)
        return
    half = Path(f"{name}.{os.getpid()}.part")
    try:
        half.write_bytes(content)
        half.replace(name)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise Refused(f"{name}: {error.strerror}") from error


def make_pdf(given: Statement | Pack) -> bytes:
    """The PDF of a statement or a pack; raises Refused."""
    try:
        return paper(given) if isinstance(given, Statement) else board_pack(given)
    except PdfError as error:
        raise Refused(f"the PDF could not be made: {error}") from error


def verify(name: str) -> int:
    """Print what does not agree within a PDF; 0 when all of it does, else 1. Raises Refused."""
    try:
        found, same = import_module("reports.verify").check(Path(name).read_bytes())
    except OSError as error:
        raise Refused(f"{name}: {error.strerror}") from error
    except PdfError as error:
        raise Refused(f"{name}: {error}") from error
    for line in found:
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(
        f"{name}: {len(found)} {'difference' if len(found) == 1 else 'differences'}\n"
        if found
        else f"{name}: the data keep to the schema, every number that can be counted again is right, "
        f"and {'every page prints what the data say' if same else OTHER}\n"
    )
    return 1 if found else 0


def make(arguments: list[str]) -> int:
    """Make the document that was asked for, or check one; the exit code. Raises Refused."""
    match arguments:
        case ["schema"]:
            sys.stdout.write(schema())
        case ["statement", source, target]:
            write(target, make_pdf(read(source, Statement)))
        case ["pack", source, target]:
            write(target, make_pdf(read(source, Pack)))
        case ["html", source, target]:
            write(target, to_html(read(source, Statement)).encode())
        case ["docx", source, target]:
            write(target, to_docx(read(source, Statement)))
        case ["verify", source]:
            return verify(source)
        case _:
            raise Refused(USAGE)
    return 0


def main(arguments: list[str]) -> int:
    """Do what was asked; 0, or 2 with one line on standard error."""
    try:
        return make(arguments)
    except Refused as refused:
        sys.stderr.write(f"{refused}\n")
        return 2
    except Unprintable as refused:
        sys.stderr.write(f"{' '.join(str(refused).split())}\n")
        return 2
    except RecursionError:
        sys.stderr.write("the document is nested too deeply\n")
        return 2
    except (MemoryError, SystemError):
        # The latter is what a library leaves that found no memory even to say so.
        # On a line of its own: callbacks that found no memory either may have left half a line.
        sys.stderr.write("\nthe document would take more memory than it may\n")
        return 2
    return 0


def too_long(_number: int, _frame: FrameType | None) -> None:
    """End with one line when the time is up; the system kills whatever is not gone soon after."""
    os.write(2, b"the document would take longer than it may\n")
    os._exit(2)


def within_limits(arguments: list[str]) -> int:
    """Do it in a process that may take so much memory and so many seconds; its exit code."""
    signal.signal(signal.SIGXCPU, too_long)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
    return main(arguments)
