"""Triggers with which the database itself keeps history from being rewritten."""

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op


def guard(tables: Iterable[str]) -> None:
    """Let the database refuse to change or delete a row of these tables, as the first migration taught it."""
    tables = list(tables)
    postgresql = op.get_bind().dialect.name == "postgresql"
    for table in tables:
        for verb in ("update", "delete"):
            body = (
                "FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()"
                if postgresql
                else f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
            op.execute(f'CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON "{table}" {body}')
    guard_against_emptying(tables)


def guard_against_emptying(tables: Iterable[str]) -> None:
    """Close the two ways round those triggers: TRUNCATE on PostgreSQL, INSERT OR REPLACE on SQLite.

    TRUNCATE and REPLACE delete rows without asking what refuses a DELETE. On SQLite a row whose key is
    taken is refused before anything is replaced, in the words that an ordinary INSERT gets.
    """
    connection = op.get_bind()
    for table in tables:
        if connection.dialect.name == "postgresql":
            op.execute(
                f'CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON "{table}" '
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()"
            )
            continue
        asked = sa.inspect(connection)
        keys = [asked.get_pk_constraint(table), *asked.get_unique_constraints(table)]
        for number, key in enumerate(keys):
            columns = key.get("constrained_columns") or key["column_names"]
            same = " AND ".join(f'"{column}" = NEW."{column}"' for column in columns)
            words = ", ".join(f"{table}.{column}" for column in columns)
            op.execute(
                f'CREATE TRIGGER IF NOT EXISTS {table}_no_replace_{number} BEFORE INSERT ON "{table}" '
                f'WHEN EXISTS (SELECT 1 FROM "{table}" WHERE {same}) '
                f"BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: {words}'); END"
            )


def unguard_against_emptying(tables: Iterable[str]) -> None:
    """Take those triggers away again."""
    connection = op.get_bind()
    for table in tables:
        if connection.dialect.name == "postgresql":
            op.execute(f'DROP TRIGGER IF EXISTS {table}_no_truncate ON "{table}"')
            continue
        ours = f"type = 'trigger' AND name LIKE '{table}_no_replace_%'"
        for name in connection.scalars(sa.text(f"SELECT name FROM sqlite_master WHERE {ours}")).all():
            op.execute(f"DROP TRIGGER {name}")


def guarded() -> list[str]:
    """The tables that are history: those that refuse an UPDATE in this database."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    source = "pg_trigger WHERE tgname" if postgresql else "sqlite_master WHERE type = 'trigger' AND name"
    column = "tgname" if postgresql else "name"
    found = op.get_bind().scalars(sa.text(f"SELECT {column} FROM {source} LIKE '%no_update'"))
    return sorted(name.removesuffix("_no_update") for name in found)
