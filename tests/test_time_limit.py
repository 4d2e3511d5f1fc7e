"""A request that never ends is ended by the server with our settings, and others are answered meanwhile."""

import runpy
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.source import ROOT

# So that the test need not wait half a minute; the setting itself is asserted beside it.
SHORT = 2
HEAD = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\nhalf"


def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """Read what was sent to its end, and say that it was read."""
    environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Length", "4")])
    return [b"read"]


@pytest.fixture
def port() -> Iterator[int]:
    """The port of two workers with the settings of the service and a short limit."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        command = ["-m", "gunicorn", "--timeout", str(SHORT), "--bind", f"fd://{listener.fileno()}"]
        server = subprocess.Popen(
            [sys.executable, *command, "tests.test_time_limit:application"],
            cwd=ROOT,
            pass_fds=[listener.fileno()],
            stderr=subprocess.DEVNULL,
        )
        yield listener.getsockname()[1]
        server.terminate()
        server.wait()


def ask(port: int, length: int) -> bytes:
    """What the server says to a request of this length, of which four bytes come."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(HEAD % length)
        return line.recv(100)


def test_a_request_that_never_ends_is_ended_and_others_are_answered(port):
    assert ask(port, 4).startswith(b"HTTP/1.1 200")
    with socket.create_connection(("127.0.0.1", port), timeout=30) as slow:
        began = time.monotonic()
        slow.sendall(HEAD % 1000)
        assert ask(port, 4).startswith(b"HTTP/1.1 200")
        assert not slow.recv(100).startswith(b"HTTP/1.1 200")
        assert time.monotonic() - began < 10 * SHORT
    assert ask(port, 4).startswith(b"HTTP/1.1 200")


def test_the_service_gives_a_request_half_a_minute():
    assert runpy.run_path(str(ROOT / "gunicorn.conf.py"))["timeout"] == 30
