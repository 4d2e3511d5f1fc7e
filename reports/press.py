"""A process that stands ready with the engine loaded; a child of its own makes each document, and ends.

To load the engine takes as long as half a document. This process reads no document itself: what a hostile one
does ends with the child, whose limits are those of any other. It ends when whoever started it does, or after
ten minutes without work.
"""

import gc
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from reports.command import within_limits
from reports.paper import maker
from reports.statement import from_json, to_print

Made = TypeVar("Made")
EXAMPLE = Path(__file__).resolve().parent / "statement" / "example.json"
IDLE = 600.0
# What a message holds: the kind of document, or the exit code; and the three files that go with a kind.
WORDS, FILES = 32, 3


def stand_ready(number: int = 0) -> int:
    """Make documents as they are asked for on this socket, until nobody asks; the exit code.

    A message names the kind, and brings the files to read, to write and to complain in. The answer is the
    exit code of the child that made it.
    """
    warm()
    gc.freeze()
    with socket.socket(fileno=number) as asked, suppress(TimeoutError, ConnectionError):
        # Whoever asked may be gone, also while a document is made: then nobody waits for an answer.
        asked.settimeout(IDLE)
        while True:
            kind, files, _, _ = socket.recv_fds(asked, WORDS, FILES)
            if not kind:
                break
            child = os.fork()
            if not child:
                return make(kind.decode(), files)
            for file in files:
                os.close(file)
            _, status = os.waitpid(child, 0)
            asked.send(str(os.waitstatus_to_exitcode(status)).encode())
    return 0


def warm() -> None:
    """Compile the templates by what is known to be harmless, and work out who a document says made it."""
    maker()
    to_print(from_json(EXAMPLE.read_text(encoding="utf-8")))


def make(kind: str, files: list[int]) -> int:
    """In the child: take the files in place of what was inherited, and make the document; the exit code."""
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    return with_room(lambda: within_limits([kind, "-", "-"]))


def with_room(work: Callable[[], Made]) -> Made:
    """What the work gives. Its calls have half a megabyte of the stack to themselves.

    Python takes 16 KB of it from the system, and gives them back, each time that calls go in and out across
    the end of a piece: where a layout happens to stand there, ten thousand times.
    """
    return work()


# Too large for a piece of 16 KB: the system gives a whole megabyte, and the rest of it is for what is called.
with_room.__code__ = with_room.__code__.replace(co_stacksize=2**16)
