"""Snapshot → PDF in a child process that ends: limits, a timeout, one at a time, a bare environment."""

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from compliance.config import ROOT

# Together below the half minute after which the web server gives up on a request.
WAIT, TIMEOUT = 4.0, 25.0
# At the command line nobody's request waits.
PATIENT = 180.0


class PdfFailed(Exception):
    """The document could not be made; the message says why, in one line."""


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
    with one_at_a_time(folder, wait):
        try:
            done = subprocess.run(  # noqa: S603  (our own command)
                [sys.executable, "-m", "reports", "pack" if pack else "statement", "-", "-"],
                input=snapshot.encode(),
                capture_output=True,
                check=True,
                timeout=timeout,
                cwd=ROOT,
                env={"PATH": os.defpath, "PYTHONUTF8": "1"},
            )
        except subprocess.TimeoutExpired:
            raise PdfFailed(f"The document was not ready after {timeout:.0f} seconds") from None
        except subprocess.CalledProcessError as error:
            raise PdfFailed(why(error)) from error
    return done.stdout


def why(error: subprocess.CalledProcessError) -> str:
    """What the child said last, or that it was stopped."""
    said: list[str] = error.stderr.decode(errors="replace").strip().splitlines()
    if error.returncode < 0:
        return f"The document needed more time or memory than is allowed (signal {-error.returncode})"
    return said[-1] if said else f"The document could not be made (exit {error.returncode})"
