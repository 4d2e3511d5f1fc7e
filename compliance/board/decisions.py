"""What needs a decision today: fieldwork without something binding, statements before their board."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import (
    Select,
    and_,
    exists,
    func,
    literal,
    null,
    select,
    union_all,
)

from compliance.access import TODAY
from compliance.approvals import queries as approvals
from compliance.board.scope import Top, Whose, kept_apart, scope_of
from compliance.db import db
from compliance.models import (
    Approval,
    BoardApproval,
    BoardReturn,
    BoardSubmission,
    Project,
    ProjectStanding,
    ReportingPeriod,
    Statement,
    User,
)

NEWEST = 6  # of the projects to decide about; above five they are told as one number


class Alarm(NamedTuple):
    """A project in fieldwork without something binding; `of` is how many there are."""

    reference: str
    title: str
    organisation_id: int
    started_on: date
    missing: str
    reason: str | None
    of: int


class Waiting(NamedTuple):
    """A statement that was sent to the board and that it has not decided about."""

    reference: str
    organisation_id: int
    period: str
    meeting_on: date
    sent_by: str


@kept_apart
def decisions(top: Top) -> tuple[Sequence[Alarm], Sequence[Waiting]]:
    """What needs a decision, in one statement.

    The first projects in fieldwork without something binding, the longest running first; and every
    statement that waits for the approval of its board, the earliest meeting first.
    """
    rows = db.session.execute(to_decide(top.id), top.given).all()
    first = [row for row in rows if row.kind == ALARM]
    found = [
        Alarm(
            one[0].reference,
            one[0].words,
            one[0].organisation_id,
            one[0].since,
            ", ".join(row.said for row in one if row.said),
            one[0].reason,
            one[0].of,
        )
        for one in grouped(first)
    ]
    sent = [row for row in rows if row.kind == SENT]
    return found, [
        Waiting(row.reference, row.organisation_id, row.words, row.since, row.said) for row in sent
    ]


ALARM, SENT = 0, 1


@cache
def to_decide(whose: Whose) -> Any:
    """The rows of both, built once."""
    scope = scope_of(whose)
    return union_all(lacking(scope), submitted(scope)).order_by("kind", "since", "number", "line")


def grouped(rows: Sequence[Any]) -> list[list[Any]]:
    """The rows of each project together."""
    return [list(found) for _number, found in groupby(rows, key=lambda row: row.number)]


def lacking(scope: Select[int]) -> Select[*tuple[Any, ...]]:
    """The first projects in fieldwork without something binding, a row for each body that it lacks."""
    row = ProjectStanding
    found = select(row.project_id, func.count().over().label("of")).where(
        row.alarm_from_on <= TODAY, row.organisation_id.in_(scope)
    )
    first = found.order_by(row.started_on, row.project_id).limit(NEWEST).subquery()
    lacks = and_(Approval.project_id == Project.id, Approval.binding, ~approvals.settles(TODAY))
    return (
        select(
            literal(ALARM).label("kind"),
            Project.started_on.label("since"),
            Project.id.label("number"),
            func.coalesce(Approval.id, 0).label("line"),
            Project.reference.label("reference"),
            Project.organisation_id.label("organisation_id"),
            Project.title.label("words"),
            Approval.body_name.label("said"),
            Project.start_exception.label("reason"),
            first.c.of.label("of"),
        )
        .join(first, first.c.project_id == Project.id)
        .outerjoin(Approval, lacks)
    )


def submitted(scope: Select[int]) -> Select[*tuple[Any, ...]]:
    """The statements that wait for their board, in the columns of `lacking`."""
    sent = BoardSubmission
    return (
        select(
            literal(SENT),
            sent.meeting_on,
            sent.id,
            literal(0),
            Statement.reference,
            Statement.organisation_id,
            ReportingPeriod.key,
            User.name,
            null(),
            literal(0),
        )
        .join(sent.statement)
        .join(Statement.period)
        .join(sent.submitted_by)
        .where(
            Statement.organisation_id.in_(scope),
            ~exists().where(BoardApproval.submission_id == sent.id),
            ~exists().where(BoardReturn.submission_id == sent.id),
        )
    )
