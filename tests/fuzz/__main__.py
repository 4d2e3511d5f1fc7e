"""python -m tests.fuzz, which is bin/fuzz: anything in any form, for minutes, each run another."""

import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import click
from flask_migrate import upgrade
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance import audit, create_app
from compliance.commands import prepare_commands
from tests import factories, postgres
from tests.conftest import Postgres
from tests.fuzz.asking import Asked

AT_ONCE = 200


@click.command()
@click.option("--minutes", default=5.0, show_default=True, help="How long.")
@click.option("--database", type=click.Choice(["sqlite", "postgresql"]), default="sqlite")
def main(minutes: float, database: str) -> None:
    """Ask until the time is over; the first answer that must not be is told with what led to it, and exit 1."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        address = f"sqlite:///{folder / 'fuzz.sqlite3'}"
        if database == "postgresql":
            address = Postgres(stack.enter_context(postgres.cluster())).address
        parts = {"INSTANCE_DIR": folder, "SQLALCHEMY_DATABASE_URI": address, "EVIDENCE_DIR": folder / "files"}
        app = create_app({"TESTING": True, **parts})
        prepare_commands(app)
        with app.app_context():
            upgrade()
            factories.remember_password()
            asked, rounds, until = Asked(app), 0, time.monotonic() + minutes * 60
            while time.monotonic() < until:
                rounds += some(asked)
            broken = audit.verify()[1]
    click.echo(f"{rounds} rounds on {database}: no failure, nothing of others, none too slow")
    if broken:
        raise click.ClickException(f"the chain breaks at event {broken.seq}: {broken.what}")


def some(asked: Asked) -> int:
    """Some rounds with values that were not drawn before; how many."""

    @settings(max_examples=AT_ONCE, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def any_page(data: st.DataObject) -> None:
        asked.any_round(data)

    any_page()
    return AT_ONCE


if __name__ == "__main__":
    main()
