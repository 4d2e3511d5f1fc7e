"""flask user add, flask user pseudonymise."""

import click
from flask.cli import AppGroup
from sqlalchemy import select

from compliance import clock
from compliance.accounts.actions import give_role, open_account, pseudonymise
from compliance.accounts.queries import find_account
from compliance.db import db
from compliance.models import Organisation
from compliance.rules.broken import RuleBroken
from compliance.terms import Role

user_group = AppGroup("user", help="Accounts.")


@user_group.command("add")
@click.argument("email")
@click.option("--name", required=True)
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--organisation", "code", required=True, help="Code of the organisation, for example npcc.")
@click.password_option()
def add(email: str, name: str, role: str, code: str, password: str) -> None:
    """Open an account and give it a role."""
    organisation = db.session.scalar(select(Organisation).where(Organisation.code == code))
    if organisation is None:
        raise click.ClickException(f"There is no organisation with the code {code}")
    try:
        user = open_account(email, name, password, by=None)
    except RuleBroken as broken:
        raise click.ClickException(broken.message) from broken
    give_role(user, organisation, Role(role), from_on=clock.today(), until_on=None, by=None)
    click.echo(f"{email} is {Role(role).label} in {code}")


@user_group.command("pseudonymise")
@click.argument("email")
def pseudonymise_command(email: str) -> None:
    """Replace what a closed account says about a person by a number, as the audit trail knows it."""
    user = find_account(email)
    if user is None:
        raise click.ClickException(f"nobody has the e-mail address {email}")
    try:
        pseudonymise(user)
    except RuleBroken as broken:
        raise click.ClickException(broken.message) from broken
    click.echo(f"{user.name}; the audit trail knows it by its number")
