"""The process that stands ready to make documents: bare, begun again when it is gone, and gone with its owner."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from compliance.config import ROOT
from compliance.statements import render
from compliance.statements.render import PdfFailed, to_pdf
from tests.reports.conftest import EXAMPLE

SNAPSHOT = EXAMPLE.read_text("utf-8")


def living_of(group: int) -> list[str]:
    """The processes of a group that have not ended."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):
            state, _, of = path.read_text().rpartition(")")[2].split()[:3]
            found += [path.parent.name] if int(of) == group and state != "Z" else []
    return found


def assert_soon(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not true():
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.fixture
def press(tmp_path):
    """The press after its first document, with that document."""
    made = to_pdf(SNAPSHOT, tmp_path, patient=True)
    return render.standing[os.getpid()], made


def test_one_process_makes_all_documents_and_each_is_the_same_bytes(tmp_path, press):
    first, made = press
    assert to_pdf(SNAPSHOT, tmp_path, patient=True) == made
    assert render.standing[os.getpid()] is first
    assert living_of(first.process.pid)


def test_it_knows_nothing_of_the_environment_of_the_service(press, monkeypatch):
    known = Path(f"/proc/{press[0].process.pid}/environ").read_bytes().split(b"\0")
    assert {row.split(b"=")[0] for row in known if row} == {b"PATH", b"PYTHONUTF8", b"TMPDIR"}


def test_a_document_that_is_refused_leaves_it_standing(tmp_path, press):
    with pytest.raises(PdfFailed, match="is not a statement"):
        to_pdf("{}", tmp_path)
    assert render.standing[os.getpid()] is press[0]
    assert to_pdf(SNAPSHOT, tmp_path, patient=True) == press[1]


def test_one_that_was_killed_is_begun_again(tmp_path, press):
    os.kill(press[0].process.pid, signal.SIGKILL)
    press[0].process.wait()
    assert to_pdf(SNAPSHOT, tmp_path, patient=True) == press[1]
    assert render.standing[os.getpid()] is not press[0]


def test_one_that_takes_too_long_is_ended_with_its_child(tmp_path, press, monkeypatch):
    monkeypatch.setattr(render, "TIMEOUT", 0.05)
    with pytest.raises(PdfFailed, match="not ready after"):
        to_pdf(SNAPSHOT, tmp_path)
    assert press[0].process.returncode == -signal.SIGKILL
    assert os.getpid() not in render.standing
    assert_soon(lambda: not living_of(press[0].process.pid))


def test_what_a_killed_document_unpacked_goes_with_the_press(tmp_path, press):
    left = Path(press[0].folder) / "weasyprint-fonts"
    left.mkdir()
    to_pdf(SNAPSHOT, tmp_path, patient=True)
    assert left.is_dir()
    press[0].end()
    assert not Path(press[0].folder).exists()


def test_it_ends_when_the_process_that_began_it_is_killed(tmp_path):
    owner = (
        "import os, pathlib, signal, sys\n"
        "from compliance.statements import render\n"
        "render.to_pdf(sys.stdin.read(), pathlib.Path(sys.argv[1]), patient=True)\n"
        "print(render.standing[os.getpid()].process.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", owner, str(tmp_path)],
        input=SNAPSHOT.encode(),
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    assert told.returncode == -signal.SIGKILL
    assert_soon(lambda: not living_of(int(told.stdout)))


def test_it_says_nothing_when_nobody_waits_for_its_answer_any_more(tmp_path):
    ours, theirs = socket.socketpair()
    press = subprocess.Popen(
        [sys.executable, "-m", "reports", "press"],
        stdin=theirs.fileno(),
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    theirs.close()
    with (tmp_path / "in").open("w+b") as given, (tmp_path / "out").open("w+b") as made:
        given.write(SNAPSHOT.encode())
        given.seek(0)
        socket.send_fds(ours, [b"statement"], [given.fileno(), made.fileno(), made.fileno()])
        ours.close()
        _, said = press.communicate(timeout=60)
    assert (press.returncode, said) == (0, b"")
    assert (tmp_path / "out").read_bytes().startswith(b"%PDF")
