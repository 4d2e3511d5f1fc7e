"""flask approvals diagram · replay · recount · import."""

from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from compliance.approvals.actions import check_sheet, record_sheet
from compliance.approvals.history import asks_of, moves_of
from compliance.approvals.trail import faults
from compliance.bodies.queries import body_of
from compliance.db import db
from compliance.derived import finding, keep
from compliance.models import Approval, ApprovalEvent, User
from compliance.rules.approval_diagram import mermaid
from compliance.rules.approval_life import replay
from compliance.rules.broken import RuleBroken
from compliance.rules.imports import read_sheet, text_of

approvals_group = AppGroup("approvals", help="The life of approvals.")


@approvals_group.command("diagram")
def diagram() -> None:
    """Print the life of an approval as a Mermaid diagram, drawn from the rules."""
    click.echo(mermaid())


@approvals_group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--by", "email", required=True, help="E-mail address of who records it.")
@click.option("--dry-run", is_flag=True, help="Look at every line and record nothing.")
def import_sheet(file: Path, email: str, *, dry_run: bool) -> None:
    """Record the approvals of a CSV file, all of them or none; exit 1 and say why where a line is wrong."""
    by = db.session.scalar(select(User).where(User.email == email.lower(), User.active))
    if by is None:
        raise click.ClickException(f"nobody has the e-mail address {email}")
    try:
        lines, faults = read_sheet(text_of(file.read_bytes()))
    except RuleBroken as broken:
        raise click.ClickException(broken.message) from broken
    checked = check_sheet(lines, by=by)
    for one in checked.warnings:
        click.echo(f"line {one.line}, {one.column}: warning: {one.message}", err=True)
    wrong = sorted([*faults, *checked.faults], key=lambda one: one.line)
    for one in wrong:
        click.echo(f"line {one.line}, {one.column or 'whole line'}: {one.message}", err=True)
    if wrong:
        raise click.ClickException("nothing was recorded")
    if not dry_run:
        record_sheet(lines, by=by)
    click.echo(f"{len(lines)} approvals {'can be recorded' if dry_run else 'recorded'}")


@approvals_group.command("replay")
@click.option("--trail", is_flag=True, help="Take the history from the audit trail, and compare every row.")
def replay_all(*, trail: bool) -> None:
    """Replay the history of every approval; exit 1 where it does not lead to what is on record."""
    rows = db.session.scalars(
        select(Approval)
        .options(selectinload(Approval.events).selectinload(ApprovalEvent.decision))
        .order_by(Approval.id)
    ).all()
    wrong = list(faults()) if trail else [line for line in map(fault_of, rows) if line]
    for line in wrong:
        click.echo(line, err=True)
    if wrong:
        raise click.ClickException(f"{len(wrong)} faults in {len(rows)} approvals")
    click.echo(f"{len(rows)} approvals, each stands where its history leads")


@approvals_group.command("recount")
@click.option("--mend", is_flag=True, help="Put right what differs.")
def recount_all(*, mend: bool) -> None:
    """Work out again what lists, boards and searches read; exit 1 where it differs."""
    wrong = [*keep.recount(mend=mend), *finding.recount(mend=mend)]
    for row in wrong:
        click.echo(" ".join(str(part) for part in row), err=True)
    if wrong and not mend:
        raise click.ClickException(f"{len(wrong)} rows differ from the records")
    click.echo(f"{len(wrong)} rows put right" if wrong else "Everything kept follows from the records")


def fault_of(approval: Approval) -> str:
    """What is wrong with the history of an approval; empty when nothing is."""
    try:
        stage = replay(moves_of(approval), asks_of(body_of(approval))).stage
    except RuleBroken as broken:
        return f"{approval.reference}: {broken.message}"
    if stage is not approval.stage:
        return f"{approval.reference} is recorded as {approval.stage}, and its history leads to {stage}"
    return ""
