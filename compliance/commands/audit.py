"""flask audit verify."""

import click
from flask.cli import AppGroup

from compliance import audit

audit_group = AppGroup("audit", help="The audit trail.")


@audit_group.command("verify")
def verify() -> None:
    """Walk the chain of audit events; exit 1 where it breaks."""
    count, broken = audit.verify()
    if broken:
        raise click.ClickException(f"The chain breaks at event {broken.seq}: {broken.what}")
    click.echo(f"{count} audit events, the chain holds")
