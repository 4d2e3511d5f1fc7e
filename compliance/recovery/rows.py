"""Rows of any database as lines of JSON, and back: what SQLite gave, PostgreSQL takes."""

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Column, Connection, Date, DateTime, Enum, LargeBinary, Table, func, insert, select

from compliance.db import Base, UTCDateTime

AT_ONCE = 500


def as_json(value: Any) -> Any:
    """What JSON does not know by itself: days and moments as they are written, bytes as base64."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    raise TypeError(type(value).__name__)


def back(column: Column[Any]) -> Callable[[Any], Any]:
    """How a value of this column is made again from JSON."""
    kind = column.type
    if isinstance(kind, UTCDateTime | DateTime):
        return datetime.fromisoformat
    if isinstance(kind, Date):
        return date.fromisoformat
    if isinstance(kind, LargeBinary):
        return base64.b64decode
    if isinstance(kind, Enum) and kind.enum_class:
        return kind.enum_class
    return lambda value: value


def tables() -> list[Table]:
    """Every table, what is referred to before what refers to it."""
    return list(Base.metadata.sorted_tables)


def lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """The rows of a table, a line of JSON each; the older first, since a row may refer to one before it."""
    asked = select(table).order_by(*table.primary_key or table.columns)
    for row in connection.execute(asked, execution_options={"yield_per": AT_ONCE}).mappings():
        yield json.dumps(dict(row), default=as_json, ensure_ascii=False).encode() + b"\n"


def put(connection: Connection, table: Table, written: Iterable[bytes]) -> None:
    """Insert the rows of these lines; the database checks each as it would any other."""
    makers = {column.name: back(column) for column in table.columns}
    rows = (
        {name: None if value is None else makers[name](value) for name, value in json.loads(line).items()}
        for line in written
    )
    while some := list(islice(rows, AT_ONCE)):
        connection.execute(insert(table), some)


def count_on(connection: Connection) -> None:
    """Let PostgreSQL number new rows behind those that were put in; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables():
        column = table.autoincrement_column
        if column is not None:
            sequence = func.pg_get_serial_sequence(f'"{table.name}"', column.name)
            following = func.coalesce(func.max(column), 0) + 1
            connection.execute(select(func.setval(sequence, following, False)).select_from(table))
