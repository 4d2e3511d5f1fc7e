"""A private PostgreSQL for one run of the tests: its own folder, its own socket, gone afterwards."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BINARIES = Path("/usr/lib/postgresql")
QUIET = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
# Nothing of this database outlives the run, so nothing is forced to disk.
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
# A test that waits for a lock which it holds itself fails instead of standing still for ever.
SETTINGS = f"-c listen_addresses='' -c lock_timeout=30s {FAST}"


def programs() -> Path:
    """The folder of the newest installed server; fails with how to get one."""
    found = sorted(BINARIES.glob("*/bin/initdb"), key=lambda path: int(path.parent.parent.name))
    if not found:
        raise RuntimeError("PostgreSQL is missing: apt-get install -y --no-install-recommends postgresql")
    return found[-1].parent


def as_server(*command: str) -> list[str]:
    """The command as the postgres user when root, since the server refuses root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else list(command)


@contextmanager
def cluster() -> Iterator[str]:
    """The folder of a running server's socket."""
    binaries = programs()
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    folder.chmod(0o755)
    data = folder / "data"
    data.mkdir()
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        shutil.chown(data, "postgres")
    control = str(binaries / "pg_ctl")
    try:
        made = as_server(
            str(binaries / "initdb"), "-D", str(data), "-U", "test", "-A", "trust", "--no-sync", "-E", "UTF8"
        )
        subprocess.run(made, check=True, cwd=folder, **QUIET)
        start = as_server(control, "-D", str(data), "-w", "-o", f"{SETTINGS} -k {folder}", "start")
        subprocess.run(start, check=True, cwd=folder, **QUIET)
        yield str(folder)
    finally:
        subprocess.run(as_server(control, "-D", str(data), "-m", "immediate", "stop"), cwd=folder, **QUIET)
        shutil.rmtree(folder, ignore_errors=True)


def restart(folder: str) -> None:
    """Let the server of this socket die as in a power cut, recover and answer again."""
    control = as_server(
        str(programs() / "pg_ctl"), "-D", f"{folder}/data", "-w", "-m", "immediate", "restart"
    )
    subprocess.run(control, check=True, cwd=folder, **QUIET)


def address(folder: str, database: str) -> str:
    """The address of a database of the cluster."""
    return f"postgresql+psycopg://test@/{database}?host={folder}"
