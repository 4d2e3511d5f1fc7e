"""Snapshot → PDF in a child process that ends: limits, a timeout, one at a time, a bare environment."""

import atexit
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryFile, mkdtemp

from compliance.config import ROOT

# Together below the half minute after which the web server gives up on a request.
WAIT, TIMEOUT = 4.0, 25.0
# At the command line nobody's request waits.
PATIENT = 180.0


class PdfFailed(Exception):
    """The document could not be made; the message says why, in one line."""


class Press:
    """The process of reports/press.py that this one started; it ends with this one."""

    def __init__(self) -> None:
        """Start it, with nothing of the environment of this process."""
        self.asked, theirs = socket.socketpair()
        # The engine unpacks fonts there; a child that is killed leaves them.
        self.folder = mkdtemp()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "reports", "press"],
            stdin=theirs.fileno(),
            stdout=subprocess.DEVNULL,
            cwd=ROOT,
            env={"PATH": os.defpath, "PYTHONUTF8": "1", "TMPDIR": self.folder},
            start_new_session=True,
        )
        theirs.close()

    def make(self, kind: str, files: list[int], timeout: float) -> int:
        """Have a document made; the exit code. Raises TimeoutError, or ConnectionError when it is no more."""
        self.asked.settimeout(timeout)
        socket.send_fds(self.asked, [kind.encode()], files)
        answer = self.asked.recv(16)
        if not answer:
            raise ConnectionError
        return int(answer)

    def end(self) -> None:
        """Stop it, with the document that it may be making and what that left on the disk."""
        self.asked.close()
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        rmtree(self.folder, ignore_errors=True)


# The press of this process, once it has made a document; guarded by the lock on rendering.
standing: dict[int, Press] = {}


@atexit.register
def end_standing() -> None:
    """End the press of this process with it, without waiting for the press to notice."""
    press = standing.pop(os.getpid(), None)
    if press:
        press.end()


@contextmanager
def one_at_a_time(folder: Path, wait: float) -> Iterator[None]:
    """Hold the lock on rendering that all workers of this instance share; raises PdfFailed after a wait."""
    folder.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + wait
    with (folder / "render.lock").open("w") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                if time.monotonic() > until:
                    raise PdfFailed("Another document is being made. Try again in a minute.") from None
                time.sleep(0.1)
            else:
                break
        yield


def to_pdf(snapshot: str, folder: Path, *, patient: bool = False, pack: bool = False) -> bytes:
    """The PDF of a snapshot's JSON, or of a board pack's; `folder` holds the lock. Raises PdfFailed.

    A patient caller has no request waiting, and may take minutes on a busy machine.
    """
    wait, timeout = (PATIENT, PATIENT) if patient else (WAIT, TIMEOUT)
    with (
        one_at_a_time(folder, wait),
        TemporaryFile() as given,
        TemporaryFile() as made,
        TemporaryFile() as said,
    ):
        given.write(snapshot.encode())
        given.seek(0)
        code = pressed(
            "pack" if pack else "statement", [row.fileno() for row in (given, made, said)], timeout
        )
        said.seek(0)
        if code:
            raise PdfFailed(why(code, said.read().decode(errors="replace")))
        made.seek(0)
        return made.read()


def pressed(kind: str, files: list[int], timeout: float) -> int:
    """The exit code of the child that made this document; a press that has ended is started again."""
    press = standing.pop(os.getpid(), None)
    if press and press.process.poll() is not None:
        press.end()
        press = None
    press = press or Press()
    try:
        code = press.make(kind, files, timeout)
    except TimeoutError:
        press.end()
        raise PdfFailed(f"The document was not ready after {timeout:.0f} seconds") from None
    except ConnectionError:
        press.end()
        raise PdfFailed("The document was stopped while it was made. Try again.") from None
    standing[os.getpid()] = press
    return code


def why(code: int, complaint: str) -> str:
    """What the child said last, or that it was stopped."""
    said = complaint.strip().splitlines()
    if code < 0:
        return f"The document needed more time or memory than is allowed (signal {-code})"
    return said[-1] if said else f"The document could not be made (exit {code})"
