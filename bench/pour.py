"""Rows into tables, many at a time, on SQLite and on PostgreSQL, with a progress bar."""

import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain

import click
from flask import Flask
from flask_migrate import upgrade
from flask_security import hash_password
from sqlalchemy import Connection, Table, insert, text

from bench import national
from bench.lives import approvals
from bench.national import EVENTS_PER_PROJECT, Row
from bench.trail import events
from compliance.db import Base, db
from compliance.derived import finding
from compliance.derived.keep import rebuild
from compliance.models import Organisation, ReportingPeriod, User
from compliance.statements import actions

PASSWORD = "a password of the measurements"  # noqa: S105
PORTION = 20_000


def build(app: Flask, projects: int) -> None:
    """The national data with this many projects, in an empty database."""
    with app.app_context():
        upgrade()
        count = projects * EVENTS_PER_PROJECT
        rows = chain(
            national.organisations(),
            national.people(hash_password(PASSWORD)),
            national.assessments(),
            national.projects(projects),
            approvals(projects),
            national.checks(projects),
            events(count, projects),
        )
        whole = projects * (1 + national.CHECKS * 195 // 100 + 10) + count
        with (
            db.engine.connect() as connection,
            click.progressbar(length=whole, label=f"{projects:,} projects") as bar,
        ):
            for done in pour(connection, rows):
                bar.update(done)
            # Without it what follows from the records is worked out by a plan for empty tables.
            connection.exec_driver_sql("ANALYZE")
            renumber(connection)
            rebuild(connection)
            finding.rebuild(connection)
            connection.commit()
            settle(connection)
        begin_statement()


def settle(connection: Connection) -> None:
    """Leave the tables as they are some minutes after a load.

    PostgreSQL tidies up by itself within those, which would fall into what is measured.
    """
    if connection.dialect.name == "postgresql":
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM ANALYZE")
    else:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()


def begin_statement() -> None:
    """The council's draft for the last whole year."""
    council = db.session.get_one(Organisation, 1)
    period = db.session.get_one(ReportingPeriod, len(national.YEARS) - 1)
    actions.begin(council, period, "government", by=db.session.get_one(User, national.LEAD))


def pour(connection: Connection, rows: Iterator[tuple[str, Row]]) -> Iterator[int]:
    """Insert rows in portions, parents before children; yields how many were inserted."""
    waiting: dict[str, list[Row]] = defaultdict(list)
    held = 0
    for table, row in rows:
        waiting[table].append(row)
        held += 1
        if held == PORTION:
            yield flush(connection, waiting)
            held = 0
    yield flush(connection, waiting)


def flush(connection: Connection, waiting: dict[str, list[Row]]) -> int:
    """Insert what waits, in the order of the tables' foreign keys."""
    done = 0
    for table in Base.metadata.sorted_tables:
        if rows := waiting.pop(table.name, []):
            done += len(rows)
            if connection.dialect.name == "postgresql":
                copy(connection, table, rows)
            else:
                connection.execute(insert(table), filled(rows))
    connection.commit()
    return done


def filled(rows: list[Row]) -> list[Row]:
    """The rows with the same columns each: what one lacks is empty."""
    every = {column: None for row in rows for column in row}
    return [{**every, **row} for row in rows]


def copy(connection: Connection, table: Table, rows: list[Row]) -> None:
    """PostgreSQL's own way for many rows."""
    rows = filled(rows)
    names = ", ".join(f'"{name}"' for name in rows[0])
    cursor = connection.connection.cursor()
    with cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as stream:
        for row in rows:
            stream.write_row(
                [json.dumps(one) if isinstance(one, dict) else naive(one) for one in row.values()]
            )


def naive(value: object) -> object:
    """A moment as the tables hold it: UTC without a zone."""
    return value.replace(tzinfo=None) if getattr(value, "tzinfo", None) else value  # type: ignore[attr-defined]


def renumber(connection: Connection) -> None:
    """Let PostgreSQL count on from the rows that brought their numbers."""
    if connection.dialect.name != "postgresql":
        return
    for table in Base.metadata.sorted_tables:
        if "id" in table.columns:
            last = f'(SELECT coalesce(max(id), 0) + 1 FROM "{table.name}")'  # noqa: S608
            connection.execute(
                text(f"SELECT setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), {last}, false)")
            )
