"""One app a worker, a fresh migrated database a test, on SQLite or on a real PostgreSQL."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from flask import Flask, current_app
from flask_migrate import upgrade
from sqlalchemy import event

from compliance import clock, create_app
from compliance.accounts.links import SENDING
from compliance.commands import prepare_commands
from compliance.db import db
from compliance.demo.load import load
from tests import factories, kept, postgres, together
from tests.client import PageClient
from tests.mailbox import mailbox  # noqa: F401
from tests.passwords import QUICK, strong  # noqa: F401

# A Tuesday in the middle of the preparation of the statement for 2025-26.
TODAY = datetime(2026, 6, 9, 10, 0, tzinfo=UTC)


# What second factors are kept encrypted with: the server that the browser meets is told the same.
SECOND_FACTOR = "a secret of the second factors that is long enough"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what the other run does: on SQLite what needs a server, on PostgreSQL what meets no database."""
    wanted, elsewhere = [], []
    for item in items:
        if config.getoption("--database") == "postgresql":
            fits = "store" in getattr(item, "fixturenames", ())
        else:
            fits = item.get_closest_marker("postgresql") is None
        (wanted if fits else elsewhere).append(item)
    config.hook.pytest_deselected(items=elsewhere)
    items[:] = wanted


@pytest.fixture(scope="session", autouse=True)
def shared(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Workers tell each other what they looked at."""
    together.begin(tmp_path_factory.getbasetemp())


class Sqlite:
    """A migrated file, copied over the working one before each test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = f"sqlite:///{folder / 'working.sqlite3'}"

    def keep(self, name: str = "template") -> None:
        """Keep the working database under a name: at first, what the migrations made."""
        db.session.remove()
        db.engine.dispose()
        (self.folder / "working.sqlite3").rename(self.folder / f"{name}.sqlite3")

    def copy(self, name: str) -> None:
        """Keep a copy of the working database, to which nobody is connected."""
        shutil.copyfile(self.folder / "working.sqlite3", self.folder / f"{name}.sqlite3")

    def keep_once(self, name: str, fill: Callable[[], object]) -> None:
        """Keep the working database under a name, filled by the first worker of the run that asks."""

        def make(folder: Path) -> None:
            fill()
            self.keep(name)
            (self.folder / f"{name}.sqlite3").rename(folder / "database")

        held = together.once(f"database-{name}", make)
        db.session.remove()
        db.engine.dispose()
        shutil.copyfile(held / "database", self.folder / f"{name}.sqlite3")

    def drop(self, name: str) -> None:
        """Forget what was kept."""
        (self.folder / f"{name}.sqlite3").unlink()

    def renew(self, name: str = "template") -> None:
        """Put a fresh copy of what was kept in place."""
        for left in self.folder.glob("working.sqlite3*"):
            left.unlink()
        shutil.copyfile(self.folder / f"{name}.sqlite3", self.folder / "working.sqlite3")


class Postgres:
    """A migrated database, copied by the server before each test."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.address = postgres.address(folder, "working")
        self.run("CREATE DATABASE working")

    def run(self, *statements: str) -> None:
        """Run statements outside any transaction."""
        with psycopg.connect(f"host={self.folder} user=test dbname=postgres", autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def keep(self, name: str = "template") -> None:
        """Keep the working database under a name: at first, what the migrations made."""
        db.session.remove()
        db.engine.dispose()
        self.run(f"ALTER DATABASE working RENAME TO {name}")

    def copy(self, name: str) -> None:
        """Keep a copy of the working database, to which nobody is connected."""
        self.run(f"CREATE DATABASE {name} TEMPLATE working STRATEGY FILE_COPY")

    def keep_once(self, name: str, fill: Callable[[], object]) -> None:
        """Keep the working database, filled, under a name: each worker has a server of its own."""
        fill()
        self.keep(name)

    def drop(self, name: str) -> None:
        """Forget what was kept."""
        self.run(f"DROP DATABASE {name}")

    def renew(self, name: str = "template") -> None:
        """Put a fresh copy of what was kept in place."""
        self.run(
            "DROP DATABASE IF EXISTS working WITH (FORCE)",
            f"CREATE DATABASE working TEMPLATE {name} STRATEGY FILE_COPY",
        )


@pytest.fixture(scope="session")
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    """Where the databases of this run come from."""
    if request.config.getoption("--database") == "sqlite":
        yield Sqlite(tmp_path_factory.mktemp("database"))
        return
    with postgres.cluster() as folder:
        yield Postgres(folder)


@pytest.fixture(scope="session")
def made_app(store, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The app of this worker, its database migrated once."""
    app = create_app(
        {
            **QUICK,
            "TESTING": True,
            "SECURITY_TOTP_SECRETS": {"1": SECOND_FACTOR},
            "SECRET_KEY": "a secret of the tests, long enough to be one",
            "INSTANCE_DIR": tmp_path_factory.mktemp("instance"),
            "SQLALCHEMY_DATABASE_URI": store.address,
        }
    )
    prepare_commands(app)
    app.test_client_class = PageClient
    PageClient.looks = isinstance(store, Sqlite)
    with app.app_context():
        upgrade()
        store.keep()
        factories.remember_password()
    return app


@pytest.fixture
def app(request: pytest.FixtureRequest, made_app: Flask, store) -> Iterator[Flask]:
    """The app with a fresh database, its context pushed, its clock standing at TODAY."""
    store.renew(kept.begin(request))
    with clock.standing_at(TODAY), made_app.app_context():
        yield made_app
        for beside in threading.enumerate():
            if beside.name == SENDING:
                beside.join()
        db.session.rollback()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(autouse=True)
def kept_first(request: pytest.FixtureRequest) -> None:
    """Kept records come before all that another fixture writes."""
    for _, name in kept.kept_by(request):
        request.getfixturevalue(name)


@pytest.fixture(scope="session")
def kept_demo() -> list[bool]:
    """Whether the demonstration was loaded before and is kept as a template."""
    return []


@pytest.fixture
def demo(app: Flask, store, kept_demo: list[bool]) -> None:
    """The whole demonstration in the database."""
    if not kept_demo:
        store.keep_once(
            "demo", lambda: load(site=app.config["SERVICE_URL"], folder=app.config["INSTANCE_DIR"])
        )
        kept_demo.append(True)
    store.renew("demo")


@pytest.fixture
def client(app: Flask) -> PageClient:
    """A visitor whose every page is checked; `client.sign_in(user)` makes them somebody."""
    return app.test_client()


@pytest.fixture
def make(app: Flask) -> factories.Make:
    """Makes records: make.organisation(), make.user(...), make.project(...)."""
    return factories.Make()


@contextmanager
def on_day(day: datetime) -> Iterator[None]:
    """Let the service believe that it is this moment."""
    with clock.standing_at(day):
        yield


class TooManyQueries(AssertionError):
    """A page asked the database more often than it may."""


@contextmanager
def at_most(limit: int) -> Iterator[list[str]]:
    """Fail, and print the statements, when more than `limit` are sent to the database."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        # PostgreSQL takes by a statement of its own the lock that SQLite takes with BEGIN IMMEDIATE.
        if not statement.startswith(
            ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT", "SELECT pg_advisory_xact_lock")
        ):
            sent.append(statement)

    engine = current_app.extensions["migrate"].db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
    if len(sent) > limit:
        raise TooManyQueries(f"{len(sent)} statements, at most {limit}:\n\n" + "\n\n".join(sent))
