"""flask audit verify, flask audit export."""

from typing import TextIO

import click
from flask.cli import AppGroup

from compliance import audit

audit_group = AppGroup("audit", help="The audit trail.")
PRINTED = 16  # characters of a hash that a statement prints at the least


@audit_group.command("verify")
@click.option("--head", "printed", metavar="HASH", help="A hash that a statement prints, or how it begins.")
def verify(printed: str | None) -> None:
    """Walk the chain of audit events; exit 1 where it breaks or does not hold a printed hash."""
    if printed is not None and len(printed.strip()) < PRINTED:
        raise click.UsageError(f"--head needs at least the first {PRINTED} characters of a hash")
    count, broken = audit.verify()
    if broken:
        raise click.ClickException(f"The chain breaks at event {broken.seq}: {broken.what}")
    click.echo(f"{count} audit events, the chain holds")
    if printed is not None:
        number = audit.number_of(printed)
        if number is None:
            raise click.ClickException(
                "No event has this hash: the trail was altered or cut short after it was printed, or the "
                "statement belongs to another service"
            )
        click.echo(f"It holds what was printed: event {number}")


@audit_group.command("export")
@click.argument("file", type=click.File("w", encoding="utf-8", atomic=True))
def export(file: TextIO) -> None:
    """Write the whole trail as JSON Lines, the oldest event first; misconduct cases with the rest."""
    number = 0
    for line in audit.lines():
        file.write(line)
        number += 1
    click.echo(f"{number} audit events written", err=True)
