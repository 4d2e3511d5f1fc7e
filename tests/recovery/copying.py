"""Copies made by the commands of the service, in this process."""

from pathlib import Path

from sqlalchemy import func, select

from compliance.db import Base, db
from compliance.recovery.archive import checked


def run(app, *arguments: object):
    """A command in this process; what it said and its exit code."""
    db.session.rollback()
    return app.test_cli_runner().invoke(args=[str(one) for one in arguments])


def copied(app, path: Path) -> Path:
    done = run(app, "backup", path)
    assert done.exit_code == 0, done.output
    return path


def emptied(store) -> None:
    """An instance that holds nothing, with the tables of this version."""
    db.session.remove()
    db.engine.dispose()
    store.renew()


def sums(path: Path) -> dict[str, str]:
    """What each member is, by its SHA-256: two copies of the same records have the same."""
    with path.open("rb") as opened:
        return checked(opened)["members"]


def nothing_there(folder: Path) -> bool:
    """Whether no table has a row and no evidence is kept."""
    db.session.rollback()
    held = [
        db.session.scalar(select(func.count()).select_from(table)) for table in Base.metadata.sorted_tables
    ]
    return sum(held) == 0 and not folder.exists()
