"""python -m tests.crash, which is bin/crash-test: many kills on one kind of database, or on both."""

import tempfile
from contextlib import ExitStack
from pathlib import Path

import click
from flask_migrate import upgrade

from compliance import create_app
from compliance.commands import prepare_commands
from tests import factories, postgres
from tests.conftest import Postgres
from tests.crash.killing import crash

SECRET = "a secret of the crash test, long enough to be one"


@click.command()
@click.option("--kills", default=200, show_default=True, help="How many workers are killed on each database.")
@click.option("--database", type=click.Choice(["sqlite", "postgresql", "both"]), default="both")
def main(kills: int, database: str) -> None:
    """Kill workers at random moments while eight clients write; exit 1 when anything is lost or half there."""
    wrong = False
    for kind in ("sqlite", "postgresql") if database == "both" else (database,):
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            address = f"sqlite:///{folder / 'crash.sqlite3'}"
            if kind == "postgresql":
                address = Postgres(stack.enter_context(postgres.cluster())).address
            parts = {"SECRET_KEY": SECRET, "INSTANCE_DIR": folder, "SQLALCHEMY_DATABASE_URI": address}
            app = create_app({"TESTING": True, **parts})
            prepare_commands(app)
            with app.app_context():
                upgrade()
                factories.remember_password()
                outcome = crash(app, address, kills)
        kept = f"{outcome.kept} acknowledged writes, {outcome.signed} statements signed"
        told = f"{kept}, {outcome.broken} answers that never came"
        click.echo(f"{kind}: {outcome.kills} workers killed, {told}, {len(outcome.faults)} faults")
        for fault in outcome.faults:
            click.echo(f"  {fault}")
        wrong = wrong or bool(outcome.faults)
    raise SystemExit(wrong)


if __name__ == "__main__":
    main()
