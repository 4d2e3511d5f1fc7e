"""flask remind."""

from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import with_appcontext

from compliance import clock
from compliance.post import server_of
from compliance.reminders.actions import send_all
from compliance.reminders.digest import line, subject_of
from compliance.reminders.queries import Digest, digests


@click.command("remind")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="As if it were this day.")
@click.option("--dry-run", is_flag=True, help="Print what would be sent to whom, and send nothing.")
@with_appcontext
def remind(day: datetime | None, dry_run: bool) -> None:
    """Send everyone one digest of what needs them; exit 1 when some could not be sent."""
    moment = clock.now() if day is None else datetime(day.year, day.month, day.day, 7, tzinfo=UTC)
    with clock.standing_at(moment):
        today = clock.today()
        found = digests(today)
        if dry_run:
            for digest in found:
                show(digest)
            click.echo(f"{len(found)} people would be told. Nothing was sent.")
            return
        server = server_of(current_app.config)
        if server is None:
            raise click.ClickException("Set COMPLIANCE_SMTP_HOST to the mail server, or use --dry-run")
        service = current_app.config["SERVICE_URL"]
        failed = send_all(found, server, service, today, told)
    click.echo(f"{len(found) - failed} of {len(found)} digests sent")
    if failed:
        raise click.ClickException(f"{failed} could not be sent; the next run tries again")


def show(digest: Digest) -> None:
    """What one person would be told, and why."""
    click.echo(f"To {digest.user.email}: {subject_of(digest)}")
    for note in digest.notes:
        click.echo(f"  {line(note, clock.today())} [{note.stage}]")
        click.echo(f"    {note.why}")


def told(digest: Digest, what: str) -> None:
    """What became of one digest."""
    click.echo(f"{digest.user.email}: {what}, {len(digest.notes)} in it", err=what != "sent")
