"""python -m bench, which is bin/bench: build, serve, measure, print."""

import json
import secrets
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import click
import psycopg
from flask import Flask
from flask_migrate import downgrade
from sqlalchemy import insert

from bench import goals, statement, table
from bench.national import LEAD
from bench.pages import Measured, measure
from bench.pour import build
from bench.server import Server, serving
from bench.writers import Written, write_together
from compliance import clock, create_app
from compliance.accounts.sign_ins import sha256
from compliance.commands import prepare_commands
from compliance.db import db
from compliance.models import SignIn
from compliance.terms import SignInWay
from tests.postgres import address, cluster

SIZES, QUICK = (1_000, 10_000), (200, 1_000)
SECRET = secrets.token_urlsafe(48)


def prepared(database: str, instance: Path) -> Flask:
    """The app over a database that is still to fill; TESTING lets it start without tables."""
    app = create_app(
        {"TESTING": True, "SECRET_KEY": SECRET, "INSTANCE_DIR": instance, "SQLALCHEMY_DATABASE_URI": database}
    )
    prepare_commands(app)
    return app


def signed_in(app: Flask) -> str:
    """The cookie of somebody who may see the whole country."""
    token = secrets.token_urlsafe()
    moments = dict.fromkeys(("began_at", "seen_at", "opened_at"), clock.now())
    row = {"user_id": LEAD, "token_sha256": sha256(token), "way": SignInWay.PASSWORD}
    db.session.execute(insert(SignIn).values(**row, **moments, address="127.0.0.1", browser="bench"))
    db.session.commit()
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return f"session={signer.dumps({'sign_in': token})}"


class Run(NamedTuple):
    """One size on one database: its pages, its server, how long the data took, the writers."""

    pages: list[Measured]
    memory: float
    cold: float
    building: float
    written: Written | None
    # How quick the processor was before and after.
    paces: tuple[float, float]


class Stood(NamedTuple):
    """One size on one database that is served."""

    app: Flask
    server: Server
    building: float


@contextmanager
def standing(database: str, projects: int, *, again: bool) -> Iterator[Stood]:
    """One size on one empty database, built and served; emptied afterwards when it is asked again."""
    with TemporaryDirectory() as folder:
        instance, began = Path(folder), time.monotonic()
        place = database.format(folder=folder)
        app = prepared(place, instance)
        build(app, projects)
        building = time.monotonic() - began
        with app.app_context():
            cookie = signed_in(app)
            db.session.remove()
        with serving(place, instance, SECRET, cookie) as server:
            yield Stood(app, server, building)
        with app.app_context():
            if again:
                downgrade(revision="base")
            db.engine.dispose()


def run(places: dict[int, str], rounds: int, writing: int, *, again: bool = False) -> dict[int, Run]:
    """Measure sizes together, each on a database of its own; people write at once to the largest."""
    with ExitStack() as stack:
        stood = {size: stack.enter_context(standing(at, size, again=again)) for size, at in places.items()}
        before = table.pace()
        pages = measure({size: one.server for size, one in stood.items()}, rounds)
        largest, written = stood[max(stood)], None
        if writing:
            with largest.app.app_context():
                written = write_together(largest.server, writing)
                db.session.remove()
        paces = (before, table.pace())
        return {
            size: Run(
                pages[size],
                one.server.memory(),
                one.server.cold,
                one.building,
                written if one is largest else None,
                paces,
            )
            for size, one in stood.items()
        }


def told(kind: str, runs: dict[int, Run], writing: int) -> list[str]:
    """What was measured on one kind of database, in parts."""
    small, large = (runs[size] for size in sorted(runs))
    slower = goals.SLOWER.get(kind, 1)
    faults = [
        *goals.of_pages(large.pages, small.pages, slower),
        *goals.of_server(large.memory, large.cold, large.written, slower),
    ]
    return [
        table.table(kind, {size: one.pages for size, one in runs.items()}),
        table.server_told(large.memory, large.cold, large.building, large.paces),
        *([table.told(large.written, writing)] if large.written else []),
        table.missed(faults),
    ]


def plain(runs: dict[int, Run]) -> dict[int, dict[str, Any]]:
    """The figures as JSON holds them."""
    return {
        size: {
            **one._asdict(),
            "pages": [row._asdict() for row in one.pages],
            "written": one.written._asdict() if one.written else None,
        }
        for size, one in runs.items()
    }


@click.command()
@click.option("--quick", is_flag=True, help="A tenth of the data and fewer rounds.")
@click.option("--database", help="Measure on this empty database alone, which is empty afterwards.")
@click.option("--json", "file", type=click.Path(path_type=Path), help="Write the figures here too.")
def main(*, quick: bool, database: str | None, file: Path | None) -> None:
    """Measure every page and keep the table in bench/RESULTS.md."""
    sizes, rounds, writing = (QUICK, 12, 5) if quick else (SIZES, 40, 60)
    parts, figures = [], {}
    with ExitStack() as stack:
        kinds = {"SQLite": ["sqlite:///{folder}/compliance.sqlite3"] * 2}
        if database:
            kinds = {"The database given": [database] * 2}
        else:
            socket = stack.enter_context(cluster())
            kinds["PostgreSQL"] = [made(socket, f"bench_{size}") for size in sizes]
        for kind, places in kinds.items():
            wanted = dict(zip(sizes, places, strict=True))
            if database:
                # There is one: what is asked second finds it empty again.
                few, many = ({size: place} for size, place in wanted.items())
                runs = {**run(few, rounds, 0, again=True), **run(many, rounds, writing, again=True)}
            else:
                runs = run(wanted, rounds, writing)
            parts += told(kind, runs, writing)
            figures[kind] = plain(runs)
            click.echo("\n\n".join(told(kind, runs, writing)))
    if not database:
        parts.append(statement.apart())
        click.echo(parts[-1])
    if not database and not quick:
        table.keep(parts)
    if file:
        file.write_text(json.dumps(figures, indent=1), "utf-8")


def made(socket: str, name: str) -> str:
    """The address of a new database of the cluster."""
    with psycopg.connect(f"host={socket} user=test dbname=postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
    return address(socket, name)


if __name__ == "__main__":
    main()
