"""flask approvals diagram · replay."""

import click
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from compliance.approvals.history import asks_of, moves_of
from compliance.bodies.queries import body_of
from compliance.db import db
from compliance.models import Approval, ApprovalEvent
from compliance.rules.approval_diagram import mermaid
from compliance.rules.approval_life import replay
from compliance.rules.broken import RuleBroken

approvals_group = AppGroup("approvals", help="The life of approvals.")


@approvals_group.command("diagram")
def diagram() -> None:
    """Print the life of an approval as a Mermaid diagram, drawn from the rules."""
    click.echo(mermaid())


@approvals_group.command("replay")
def replay_all() -> None:
    """Replay the history of every approval; exit 1 where it does not lead to the stage on record."""
    rows = db.session.scalars(
        select(Approval)
        .options(selectinload(Approval.events).selectinload(ApprovalEvent.decision))
        .order_by(Approval.id)
    ).all()
    wrong = [line for line in map(fault_of, rows) if line]
    for line in wrong:
        click.echo(line, err=True)
    if wrong:
        raise click.ClickException(f"{len(wrong)} of {len(rows)} approvals do not follow from their history")
    click.echo(f"{len(rows)} approvals, each stands where its history leads")


def fault_of(approval: Approval) -> str:
    """What is wrong with the history of an approval; empty when nothing is."""
    try:
        stage = replay(moves_of(approval), asks_of(body_of(approval))).stage
    except RuleBroken as broken:
        return f"{approval.reference}: {broken.message}"
    if stage is not approval.stage:
        return f"{approval.reference} is recorded as {approval.stage}, and its history leads to {stage}"
    return ""
