"""What was recorded about a project and its approvals, as the audit trail tells it."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, select

from compliance.db import db
from compliance.models import AuditEvent, Project, User

ONE_ACTION = timedelta(seconds=2)


class Recorded(NamedTuple):
    """One thing that somebody recorded about a project or one of its approvals."""

    at: datetime
    event: str
    subject: str
    actor: str


class History(NamedTuple):
    """What was recorded, the newest first, and whether there is more, older, that was not asked for."""

    told: list[Recorded]
    more: bool


@cache
def recorded_about() -> Select[*tuple[Any, ...]]:
    """What was recorded about the `subjects` that are given, the newest first; built once.

    A registration writes an event for each check and approval, all at one moment.
    """
    told = (AuditEvent.at, AuditEvent.event, AuditEvent.subject, func.coalesce(User.name, AuditEvent.actor))
    return (
        select(*told)
        .outerjoin(User, User.id == AuditEvent.actor_id)
        .where(AuditEvent.subject.in_(bindparam("subjects", expanding=True)))
        .group_by(*told)
        .order_by(func.min(AuditEvent.seq).desc())
    )


def history(project: Project, newest: int | None = None) -> History:
    """What was recorded about a project and its approvals, each once: everything, or the newest events.

    One action writes several events, some of them moments apart.
    """
    subjects = [project.reference, *(approval.reference for approval in project.approvals)]
    asked = recorded_about() if newest is None else recorded_about().limit(newest)
    rows = db.session.execute(asked, {"subjects": subjects}).all()
    found: list[Recorded] = []
    for row in rows:
        one = Recorded(*row)
        if not (found and found[-1][1:] == one[1:] and found[-1].at - one.at < ONE_ACTION):
            found.append(one)
    return History(found, len(rows) == newest)
