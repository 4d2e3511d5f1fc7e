"""The database: base class, column types, append-only history, write transactions."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any, ClassVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    String,
    TypeDecorator,
    column,
    event,
    inspect,
    select,
    table,
    text,
)
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler, SQLiteDialect
from sqlalchemy.engine import Connection
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError
from sqlalchemy.orm import ColumnProperty, DeclarativeBase, ORMExecuteState, Session, UOWTransaction
from sqlalchemy.orm.exc import StaleDataError

from compliance.config import ROOT
from compliance.conflict import Conflict
from compliance.terms import Term


class HistoryRewritten(Exception):
    """Something tried to change or delete a row of history."""


class UTCDateTime(TypeDecorator[datetime]):
    """Stores UTC without a zone, gives back aware moments, refuses naive ones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """What every model shares: constraint names, and how Python types are stored."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UTCDateTime,
        str: String,
        Term: Enum(
            Term,
            native_enum=False,
            create_constraint=True,
            length=64,
            values_callable=lambda terms: [term.value for term in terms],
        ),
    }


class AppendOnly:
    """Marks history: rows are added, never changed, never deleted."""


class Fleeting:
    """Marks what is no record: rows that count for some hours and leave no line in the audit trail."""


db = SQLAlchemy(metadata=Base.metadata)

# The database does not answer, or cannot write: it was stopped, its disk is full, its file is read only.
UNANSWERED = (OperationalError, InterfaceError, InternalError)

PRAGMAS = (
    "journal_mode=WAL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "synchronous=FULL",
    # Pages are read where the system keeps them: to copy each took half the time of a board.
    "mmap_size=2147418112",
)

MIGRATIONS = ROOT / "compliance" / "migrations"
WRITERS = 7_202_501  # any constant: PostgreSQL's writers queue for it, as SQLite's do for the file


@cache
def newest_schema() -> str:
    """The migration that this code needs: they are numbered in their order, and so are their files."""
    return max(file.name for file in (MIGRATIONS / "versions").glob("*.py")).partition("_")[0]


def schema_of(connection: Connection) -> str | None:
    """The migration at which a database stands; None before the first."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(select(column("version_num")).select_from(table("alembic_version")))
    return found


@event.listens_for(Session, "before_flush")
def refuse_rewriting(session: Session, _context: UOWTransaction, _rows: object) -> None:
    """Raise HistoryRewritten when a flush would alter a row of history."""
    for row in [*session.dirty, *session.deleted]:
        if isinstance(row, AppendOnly) and (row in session.deleted or session.is_modified(row)):
            raise HistoryRewritten(type(row).__name__)


@event.listens_for(Session, "do_orm_execute")
def refuse_bulk_rewriting(state: ORMExecuteState) -> None:
    """Raise HistoryRewritten when a bulk statement would alter history."""
    mapper = state.bind_mapper
    if (state.is_update or state.is_delete) and mapper is not None and issubclass(mapper.class_, AppendOnly):
        raise HistoryRewritten(mapper.class_.__name__)


@event.listens_for(Base, "attribute_instrument", propagate=True)
def keep_old_values(_class: type, _key: str, attribute: Any) -> None:
    """Without this, a value set on an expired row is logged without its old value, or not at all."""
    if isinstance(attribute.property, ColumnProperty):
        attribute.impl.active_history = True


class Hinted(SQLiteCompiler):
    """SQL for SQLite with the hints of a statement, which the library passes over without a word."""

    def get_from_hint_text(self, table: Any, text: str | None) -> str | None:  # noqa: ARG002
        """What stands behind the name of a table."""
        return text


SQLiteDialect.statement_compiler = Hinted


@event.listens_for(Engine, "connect")
def prepare(connection: Any, _record: object) -> None:
    """Let SQLite check foreign keys, read while writing, and leave transactions to us.

    PostgreSQL would compile the statement of a page to machine code, which takes longer than to run it.
    """
    if type(connection).__module__.startswith("sqlite3"):
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    else:
        connection.execute("SET jit = off")
        connection.commit()


@event.listens_for(Engine, "begin")
def begin_sqlite(connection: Connection) -> None:
    """A writer takes the lock at once: a later upgrade would fail, and no timeout helps."""
    if connection.dialect.name == "sqlite":
        write = connection.get_execution_options().get("sqlite_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def begin_write(session: Session) -> None:
    """End the read that the request has open and begin a transaction for writing; writers queue.

    Raises RuntimeError when something was changed before the transaction began.
    """
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("write inside the transaction")
    session.rollback()
    queue(session.connection(execution_options={"sqlite_write": True}))


def queue(connection: Connection) -> None:
    """Wait on PostgreSQL until no other writes, once in a transaction; SQLite waits for its file."""
    if connection.dialect.name != "postgresql":
        return
    present = connection.get_transaction()
    if present is None or connection.info.get("writes") is not present:
        connection.execute(text(f"SELECT pg_advisory_xact_lock({WRITERS})"))
        connection.info["writes"] = connection.get_transaction()


@contextmanager
def transaction() -> Iterator[None]:
    """Commit the outermost block, write an inner one under its own reason; roll everything back if it raises.

    Raises Conflict when a row that was changed is no longer the version that was read.
    """
    session = db.session()
    depth = session.info["depth"] = session.info.get("depth", 0) + 1
    try:
        if depth == 1:
            begin_write(session)
        yield
        if depth == 1:
            session.commit()
        else:
            session.flush()
    except StaleDataError as stale:
        session.rollback()
        raise Conflict from stale
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info["depth"] -= 1
        if depth == 1:
            session.info.pop("cause", None)
