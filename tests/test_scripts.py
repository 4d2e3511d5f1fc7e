"""The scripts of bin/ as somebody meets them, on a computer of stand-ins that write down what they are asked."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from compliance.config import ROOT

TOOLS = [
    "sh",
    "env",
    "dirname",
    "basename",
    "cat",
    "cmp",
    "cp",
    "mkdir",
    "ls",
    "mv",
    "rm",
    "touch",
    "grep",
    "sed",
    "df",
    "awk",
    "date",
    "mktemp",
    "head",
    "find",
]
NATIVE = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"]
PYTHON = """
case "$*" in
    *ctypes*) exit "${LIBRARIES:-0}" ;;
    *socket*) exit "${PORT:-0}" ;;
    *secrets*) echo secret ;;
    "-m compliance demo load")
        echo half >"${COMPLIANCE_DATABASE_URL#sqlite:///}"
        [ -z "${BREAKS:-}" ] || exit 1
        echo "lead@npcc.example a-password" ;;
    "-m compliance db upgrade") echo whole >instance/compliance.sqlite3 ;;
esac
"""
DPKG = 'case " ${MISSING:-} " in *" $3 "*) exit 1 ;; esac; echo "install ok installed"'


class Computer:
    """A clone of the scripts with tools of its own: each writes down how it was called."""

    def __init__(self, root: Path) -> None:
        self.root, self.log = root, root / "did"
        shutil.copytree(ROOT / "bin", root / "bin")
        (root / "tools").mkdir()
        for name in TOOLS:
            (root / "tools" / name).symlink_to(shutil.which(name) or name)
        for path in ("requirements.txt", "requirements-dev.txt", "package-lock.json"):
            (root / path).write_text(path)
        self.migration("0001")
        for path in (
            ".venv/bin",
            "templates/work",
            "reports/fonts",
            "compliance/static/vendor",
            "node_modules/axe-core",
        ):
            (root / path).mkdir(parents=True)
        (root / "node_modules/axe-core/axe.min.js").touch()
        for lock in ("requirements.txt", "requirements-dev.txt"):
            (root / f".venv/installed-{lock}").write_text(lock)
        (root / "compliance/static/vendor/package-lock.json").write_text("package-lock.json")
        # The file that bin/assets makes last.
        [last] = re.findall(r'last="\$fonts/([^"]+)"', (root / "bin/assets").read_text("utf-8"))
        (root / "reports/fonts" / last).touch()
        self.give("python3.11", PYTHON)
        self.give("python", PYTHON, ".venv/bin")

    def give(self, name: str, does: str = "", folder: str = "tools") -> None:
        """Put a stand-in for a program in place."""
        path = self.root / folder / name
        path.write_text(f'#!/bin/sh\necho "{name} $*" >>"{self.log}"\n{does}\n')
        path.chmod(0o755)

    def debian(self) -> None:
        """Make it a Debian on which somebody is root."""
        self.give("dpkg-query", DPKG)
        self.give("id", 'echo "${WHO:-0}"')
        self.give("apt-get")

    def migration(self, number: str) -> None:
        """Add a migration."""
        folder = self.root / "compliance/migrations/versions"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number}_words.py").touch()

    def run(self, script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
        """Run a script with these tools alone; what was written down before is forgotten."""
        self.log.write_text("")
        return subprocess.run(
            ["sh", f"bin/{script}", *arguments],
            cwd=self.root,
            env={"PATH": str(self.root / "tools"), **environment},
            capture_output=True,
            text=True,
            timeout=60,
        )

    def did(self, *programs: str) -> list[str]:
        """How these programs were called, in order."""
        return [line for line in self.log.read_text().splitlines() if line.split()[0] in programs]

    def asked(self) -> list[str]:
        """What Python was asked in its environment, without the small questions of the scripts."""
        return [line for line in self.did("python") if not line.startswith("python -c")]


@pytest.fixture
def computer(tmp_path):
    return Computer(tmp_path)


SERVE = "python -m gunicorn --bind 127.0.0.1:8000 wsgi:app"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--demo"], "usage: bin/run [--port N] [--no-demo]"),
        (["--port"], "usage: bin/run [--port N] [--no-demo]"),
        (["--port", "eighty"], "--port needs a number"),
        (["--port", ""], "--port needs a number"),
    ],
)
def test_what_it_does_not_understand_ends_with_one_line(computer, arguments, told):
    done = computer.run("run", *arguments)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"{told}\n")
    assert computer.did("python", "python3.11") == []


def test_help_is_no_fault(computer):
    done = computer.run("run", "--help")
    assert (done.returncode, done.stdout) == (0, "usage: bin/run [--port N] [--no-demo]\n")
    assert computer.did("python", "python3.11") == []


def test_a_first_start_loads_the_demonstration_and_prints_its_accounts(computer):
    done = computer.run("run", "--port", "8765")
    assert done.returncode == 0, done.stderr
    assert computer.asked() == [
        "python -m compliance demo load",
        "python -m gunicorn --bind 127.0.0.1:8765 wsgi:app",
    ]
    assert "http://127.0.0.1:8765\n" in done.stdout
    assert "  lead@npcc.example a-password\n" in done.stdout
    assert (computer.root / "instance/compliance.sqlite3").exists()


def test_a_first_start_without_the_demonstration_makes_an_empty_database(computer):
    done = computer.run("run", "--no-demo")
    assert computer.asked() == ["python -m compliance db upgrade", SERVE]
    assert "accounts" not in done.stdout


def test_a_second_start_only_serves_until_something_is_new(computer):
    computer.run("run")
    done = computer.run("run")
    assert computer.asked() == [SERVE]
    assert computer.did("python3.11", "npm", "apt-get") == []
    assert "lead@npcc.example" in done.stdout
    computer.migration("0002")
    computer.run("run")
    assert computer.asked() == ["python -m compliance db upgrade", SERVE]
    (computer.root / "requirements.txt").write_text("another lock")
    computer.run("run")
    assert computer.asked()[1].startswith("python -m pip install")


def test_a_first_start_that_breaks_off_begins_again(computer):
    assert computer.run("run", BREAKS="yes").returncode != 0
    assert not (computer.root / "instance/compliance.sqlite3").exists()
    assert computer.run("run").returncode == 0
    assert computer.asked() == ["python -m compliance demo load", SERVE]


def test_a_port_that_is_taken_is_told(computer):
    done = computer.run("run", PORT="1")
    assert (done.returncode, done.stderr) == (1, "Port 8000 cannot be used here: try bin/run --port N\n")
    assert computer.asked() == []


def test_another_system_is_told_exactly_what_to_install(computer):
    done = computer.run("run", LIBRARIES="1")
    assert done.returncode == 1
    assert done.stderr.startswith("This is not Debian.")
    assert done.stderr.count("\n") == 1
    assert all(name in done.stderr for name in (*NATIVE, "python3-venv"))
    assert computer.asked() == []
    # Where the libraries are there, it goes on.
    assert computer.run("run").returncode == 0


def test_debian_gets_what_is_missing_and_nothing_else(computer):
    computer.debian()
    assert computer.run("run", MISSING="libharfbuzz-subset0").returncode == 0
    assert computer.did("apt-get") == [
        "apt-get update -qq",
        "apt-get install -y -qq --no-install-recommends libharfbuzz-subset0",
    ]
    (computer.root / ".venv/native-packages").unlink()
    computer.run("run")
    assert computer.did("apt-get") == []


def test_who_is_not_root_is_told_the_command(computer):
    computer.debian()
    done = computer.run("run", MISSING=" ".join(NATIVE), WHO="1000")
    said = "Install as root, then try again: apt-get install -y --no-install-recommends"
    assert (done.returncode, done.stderr) == (1, f"{said} {' '.join(NATIVE)}\n")
    assert computer.did("apt-get") == []
    computer.give("sudo", 'exec "$@"')
    assert computer.run("run", MISSING=NATIVE[0], WHO="1000").returncode == 0
    assert len(computer.did("apt-get")) == 2


def test_front_end_files_are_fetched_only_when_the_lock_is_new(computer):
    computer.give("npm", "exit 1")
    assert computer.run("assets", "--dev").returncode == 0
    assert computer.did("npm") == []
    (computer.root / "package-lock.json").write_text("another lock")
    assert computer.run("assets", "--dev").returncode == 1
    assert computer.did("npm") == ["npm ci --ignore-scripts --no-audit --no-fund --silent"]


def test_templates_are_compiled_when_one_is_new_or_they_stand_elsewhere(computer):
    compiles = "python -c from compliance.templating import compile_templates; compile_templates()"
    page = computer.root / "templates/work/index.html"
    page.touch()
    for changes, expected in [
        (lambda: None, [compiles]),
        (lambda: None, []),
        (lambda: os.utime(page, (2**31, 2**31)), [compiles]),
        (lambda: os.utime(page, (0, 0)), []),
        (lambda: os.utime(computer.root / "requirements.txt", (2**31, 2**31)), [compiles]),
        (lambda: os.utime(computer.root / "requirements.txt", (0, 0)), []),
        (lambda: (computer.root / "templates/__pycache__/all").write_text("/another/place"), [compiles]),
    ]:
        changes()
        assert computer.run("assets", "--dev").returncode == 0
        assert computer.did("python") == expected


def test_commands_and_single_tests_are_handed_on(computer):
    computer.debian()
    assert computer.run("flask", "frameworks", "check").returncode == 0
    assert computer.asked() == ["python -m compliance frameworks check"]
    assert computer.run("test", "-q", "tests/rules", MISSING="poppler-utils").returncode == 0
    assert computer.asked() == ["python -m pytest -q tests/rules"]
    assert computer.did("apt-get")[1].endswith("--no-install-recommends poppler-utils")
