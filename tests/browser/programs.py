"""The programs that the browser tests start, and how to get the missing ones."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import SECOND_FACTOR
from tests.validity import Missing

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 90


# The same engine without the windows around it: it opens a page for a fifth, and shows another for half of the time.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")


def find_chromium() -> str:
    """The path of the system's Chromium; raises Missing."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        raise Missing(f"Chromium is missing: apt-get install -y --no-install-recommends {BROWSERS[0]}")
    return found


@contextmanager
def serving(database: str, folder: Path, moment: str) -> Iterator[str]:
    """The address of a real server on a free port of this computer; its log is server.log in the folder."""
    log = folder / "server.log"
    environment = {
        **os.environ,
        "COMPLIANCE_DATABASE_URL": database,
        "COMPLIANCE_INSTANCE_DIR": str(folder),
        "COMPLIANCE_SECRET_KEY": "a secret of the browser tests, long enough to be one",
        "COMPLIANCE_SECOND_FACTOR_SECRETS": SECOND_FACTOR,
        "COMPLIANCE_DEMO": "1",
        "STANDING_AT": moment,
    }
    command = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--workers", "1", "--threads", "4"]
    # Each answer ends its connection, as in production: one that waits too long is closed as it is used again.
    command += ["--keep-alive", "0"]
    with socket.create_server(("127.0.0.1", 0)) as listener, log.open("w") as written:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        command += ["--log-level", "warning", "--bind", f"fd://{listener.fileno()}"]
        process = subprocess.Popen(
            [*command, "tests.browser.server:application()"],
            cwd=ROOT,
            env=environment,
            pass_fds=[listener.fileno()],
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_for(f"{address}/sign-in", process, log)
        yield address
    finally:
        process.terminate()
        process.wait()


def wait_for(address: str, process: subprocess.Popen, log: Path) -> None:
    """Return when the server answers; raises RuntimeError with its log when it ends or takes too long."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"the server did not start:\n{log.read_text()}")
