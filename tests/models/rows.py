"""Valid rows for every table, made from its columns: what an attack on a constraint changes in one place."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Column, Connection, Enum, Table, insert, literal_column

from compliance.db import UTCDateTime
from tests.models import kept

Row = dict[str, Any]

PLAIN: dict[type, Callable[[int], Any]] = {
    int: lambda number: number,
    bool: lambda _: False,
    date: lambda _: date(2026, 4, 1),
    datetime: lambda _: datetime(2026, 4, 1),
    bytes: lambda number: b"x" * number,
    list: lambda _: [],
    object: lambda _: {},  # JSON
}
# Where a value of the right type is not enough.
FITTING: dict[str, Callable[[int], Row]] = {
    "organisation_link": lambda number: {"parent_id": 3 - number},
    "reporting_period": lambda number: {
        "starts_on": date(2025 + number, 4, 1),
        "ends_on": date(2026 + number, 3, 31),
    },
    "approval_event": lambda number: {"step": "sent", "number": number},
    "exemption": lambda _: {"expires_on": date(2026, 4, 1)},
    "evidence": lambda _: {"address": "https://force.example/protocol"},
    "evidence_use": lambda number: {"check_id": number},
    "action_step": lambda number: {"answer_id": number},
    "review": lambda number: {"check_id": number, "answer_id": number},
    "calendar_feed": lambda number: {"token_sha256": str(number) * 64},
    "sign_in": lambda number: {"token_sha256": str(number) * 64},
    "entry_link": lambda number: {
        "token_sha256": str(number) * 64,
        "expires_at": datetime(2026, 4, 8, tzinfo=UTC),
    },
    "board_approval": lambda _: {"fingerprint": "f" * 64},
    "board_submission": lambda _: {"fingerprint": "f" * 64},
    "wording_check": lambda _: {"address": "https://gov.example/guidance", "note": "says less"},
    "comment": lambda number: {
        "text": "Which half?",
        **({} if number == 1 else {"kind": "reply", "answers_id": 1}),
    },
    "frozen_return": lambda number: {"sha256": "f" * 64, "number": number},
    "sample": lambda _: {"fingerprint": "f" * 64},
    "sign_off": lambda _: {"fingerprint": "f" * 64},
    "cover": kept.cover_row,
    "check_tally": kept.tally_row,
    "project_standing": kept.standing_row,
}


def is_needed(column: Column) -> bool:
    """Whether a row must give this column, or gives it because no two rows may share it."""
    return not column.nullable or column.primary_key or bool(column.unique and not column.foreign_keys)


def value_for(column: Column, number: int) -> Any:
    """A value that the column takes; the rows of one number belong together."""
    if column.foreign_keys or column.primary_key:
        return number
    if isinstance(column.type, Enum):
        return next(iter(column.type.enum_class))
    if isinstance(column.type, UTCDateTime):
        return datetime(2026, 4, 1, tzinfo=UTC)
    kind = column.type.python_type
    return f"{column.name} {number}" if kind is str else PLAIN[kind](number)


def row_for(table: Table, number: int) -> Row:
    """A row that no constraint refuses."""
    row = {column.name: value_for(column, number) for column in table.columns if is_needed(column)}
    return row | FITTING.get(table.name, lambda _: {})(number)


def above(table: Table) -> set[str]:
    """The tables that this one refers to, directly or not; itself left out."""
    direct = {key.column.table for key in table.foreign_keys} - {table}
    return {one.name for one in direct}.union(*(above(one) for one in direct))


def insert_row(connection: Connection, table: Table, row: Row, faults: dict[str, str]) -> None:
    """Insert a row, some of its columns replaced by SQL."""
    planted = {name: literal_column(sql) for name, sql in faults.items()}
    connection.execute(insert(table).values({**row, **planted}))


def prepare(connection: Connection, table: Table, given: Row) -> None:
    """What a second row of the table needs: two rows in each table that it refers to, one in its own."""
    for parent in table.metadata.sorted_tables:
        if parent.name in above(table):
            for number in (1, 2):
                insert_row(connection, parent, row_for(parent, number), {})
    insert_row(connection, table, row_for(table, 1) | given, {})
