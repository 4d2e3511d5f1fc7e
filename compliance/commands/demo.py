"""flask demo load."""

from datetime import datetime

import click
from flask import current_app
from flask.cli import AppGroup
from flask_migrate import upgrade

from compliance.accounts.queries import find_account
from compliance.accounts.second_factors import has_one, present_code
from compliance.demo.load import SEED, NotEmpty, TooEarly, load, refuse_unless_empty

demo_group = AppGroup("demo", help="Invented data to look at.")


@demo_group.command("load")
@click.option("--seed", type=int, default=SEED, show_default=True, help="What answers are drawn by.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day it is counted from: today by default.")
def load_command(seed: int, on: datetime | None) -> None:
    """Migrate an empty database and load the demonstration; print each account, e-mail and password.

    The same seed and the same day give the same data.
    """
    if current_app.config["PRODUCTION"]:
        raise click.ClickException("The demonstration is not for production")
    try:
        refuse_unless_empty()
        upgrade()
        lines = load(
            site=current_app.config["SERVICE_URL"],
            folder=current_app.config["INSTANCE_DIR"],
            seed=seed,
            on=on.date() if on else None,
        )
    except (NotEmpty, TooEarly) as error:
        raise click.ClickException(str(error)) from error
    for line in lines:
        click.echo(line)


@demo_group.command("code")
@click.argument("email")
def code_command(email: str) -> None:
    """Print the code that the authenticator app of a demonstration account shows now."""
    user = find_account(email)
    if user is None or not user.demo or not has_one(user):
        raise click.ClickException("This is no demonstration account with a second factor")
    click.echo(present_code(user))
