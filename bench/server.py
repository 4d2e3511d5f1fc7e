"""gunicorn as in production, for as long as it is measured, and who asks it."""

import gzip
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

PATIENCE = 60


class Reply(NamedTuple):
    """What came back: the status, the seconds it took, the statements, the bytes on the line, the text."""

    status: int
    seconds: float
    statements: int
    size: int
    body: bytes
    cookie: str


class Server(NamedTuple):
    """A running server and the signed-in person whose cookie asks it."""

    port: int
    pid: int
    cookie: str
    # From the start of the process to its first page, in seconds.
    cold: float = 0.0

    def ask(self, path: str, form: dict[str, str] | None = None, cookie: str | None = None) -> Reply:
        """One request, from its beginning to the last byte of its answer."""
        headers = {"Cookie": self.cookie if cookie is None else cookie, "Accept-Encoding": "gzip"}
        body = None
        if form is not None:
            body, headers["Content-Type"] = urlencode(form), "application/x-www-form-urlencoded"
        began = time.perf_counter()
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET" if form is None else "POST", path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        seconds = time.perf_counter() - began
        statements = int(answer.headers.get("X-Statements", 0))
        given = (answer.headers.get("Set-Cookie") or "").split(";")[0]
        return Reply(answer.status, seconds, statements, len(content), plain(answer.headers, content), given)

    def memory(self) -> float:
        """The largest resident memory of a worker, in MB, without the pages of the database.

        Those the system keeps for all who read the file, and takes away when it needs the room.
        """
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text(encoding="ascii").split()
        return max(resident(Path(f"/proc/{child}/smaps")) for child in children) / 1024


def resident(maps: Path) -> int:
    """The resident memory of a process in KB, apart from its database file."""
    total, of_database = 0, False
    for line in maps.read_text(encoding="utf-8").splitlines():
        first = line.split(maxsplit=1)[0]
        if "-" in first:
            of_database = ".sqlite3" in line
        elif first == "Rss:" and not of_database:
            total += int(line.split()[1])
    return total


def plain(headers: object, content: bytes) -> bytes:
    """The body without its compression."""
    return gzip.decompress(content) if headers.get("Content-Encoding") == "gzip" else content  # type: ignore[attr-defined]


def hidden(body: bytes) -> dict[str, str]:
    """The hidden fields of a form, as a browser would send them."""
    found = {}
    for tag in re.findall(rb'<input[^>]*type="hidden"[^>]*>', body):
        name, value = (re.search(rb'%s="([^"]*)"' % part, tag) for part in (b"name", b"value"))
        if name:
            found[name[1].decode()] = value[1].decode() if value else ""
    return found


@contextmanager
def serving(database: str, instance: Path, secret: str, cookie: str) -> Iterator[Server]:
    """A server on a free port, over this database, ended afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "COMPLIANCE_DATABASE_URL": database,
        "COMPLIANCE_INSTANCE_DIR": str(instance),
        "COMPLIANCE_SECRET_KEY": secret,
        "COMPLIANCE_DEMO": "1",
    }
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "bench.serving:app"]
    began = time.monotonic()
    process = subprocess.Popen(command, env=environment)  # noqa: S603
    try:
        server = Server(port, process.pid, cookie)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and process.poll() is None:
            with suppress(OSError):
                server.ask("/sign-in")
                server = server._replace(cold=time.monotonic() - began)
                break
            time.sleep(0.05)
        yield server
    finally:
        process.terminate()
        process.wait(PATIENCE)
