"""Triggers with which the database itself keeps history from being rewritten."""

from collections.abc import Iterable

from alembic import op


def guard(tables: Iterable[str]) -> None:
    """Let the database refuse to change or delete a row of these tables, as the first migration taught it."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    for table in tables:
        for verb in ("update", "delete"):
            body = (
                "FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()"
                if postgresql
                else f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
            op.execute(f'CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON "{table}" {body}')
