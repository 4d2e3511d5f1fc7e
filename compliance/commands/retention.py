"""flask retention report."""

from datetime import date
from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy import Date, Select, func, select

from compliance import clock
from compliance.db import db
from compliance.models import Approval, CaseStage, Project, Review, SignIn
from compliance.rules.retention import KEPT, kept_until
from compliance.terms import CaseStep

retention_group = AppGroup("retention", help="How long records are kept.")
CLOSED = (CaseStep.SCREENED_OUT, CaseStep.FORMAL_COMPLETED)

# From when on each kind is kept; how many there are, and the first, is asked of it.
BEGINNINGS = {
    "project": select(Project.ended_on.label("since")).where(Project.ended_on.is_not(None)),
    "approval": select(Project.ended_on.label("since"))
    .join(Approval, Approval.project_id == Project.id)
    .where(Project.ended_on.is_not(None)),
    "case": select(CaseStage.on.label("since")).where(CaseStage.step.in_(CLOSED)),
    "sign_in": select(SignIn.began_at.label("since")),
    "review": select(Review.said_at.label("since")).where(Review.comment.is_not(None)),
}


@retention_group.command("report")
def report() -> None:
    """Print how long each kind of record is kept, and what is older; nothing is deleted."""
    today = clock.today()
    for rule in KEPT:
        click.echo(f"{rule.what}: kept {rule.words} ({rule.why})")
        if rule.months is not None:
            click.echo(f"  {older(BEGINNINGS[rule.key], kept_until(today, rule.months))}")
    click.echo(
        "Nothing was deleted. These times are proposals and no requirement: settle them with the records "
        "managers of each organisation"
    )


def older(beginnings: Select[Any], limit: date) -> str:
    """How many records began before a day, and the first of them, in words."""
    since = beginnings.subquery().c.since
    before = limit if isinstance(since.type, Date) else clock.end_of(limit)
    number, first = db.session.execute(select(func.count(), func.min(since)).where(since < before)).one()
    if not number:
        return "none is older"
    return f"{number} older, the first of {first:%-d %B %Y}"
