"""Reviews, read: where each answer stands, what was said, what changed since."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.exceptions import NotFound

from compliance.conflict import Difference
from compliance.db import db
from compliance.models import Assessment, Check, Review
from compliance.rules.reviews import Said, can_send, reviewed_answer, state
from compliance.terms import ReviewState, Standing

Row = Check | Assessment


def said(row: Row) -> tuple[Said, ...]:
    """What was said about a row, as the rules see it; its reviews must be loaded."""
    return tuple(Said(one.kind, one.assessment_answer_id or one.answer_id or 0) for one in row.reviews)


def state_of(row: Row) -> ReviewState:
    """Where the review of a row stands; its reviews and answers must be loaded."""
    return state(said(row), row.answers[0].id if row.answers else None)


def with_review(model: type[Any]) -> tuple[Any, ...]:
    """Load what a review needs, in a fixed number of statements."""
    return (selectinload(model.answers), selectinload(model.reviews).joinedload(Review.said_by))


def assessments_of(organisation_id: int, period_id: int) -> Sequence[Assessment]:
    """Every assessment of an organisation in a period, with its answers and reviews."""
    found: Sequence[Assessment] = db.session.scalars(
        select(Assessment)
        .where(Assessment.organisation_id == organisation_id, Assessment.period_id == period_id)
        .options(*with_review(Assessment))
        .order_by(Assessment.requirement_code)
    ).all()
    return found


def checks_of(project_id: int) -> Sequence[Check]:
    """Every check of a project, with its answers and reviews."""
    found: Sequence[Check] = db.session.scalars(
        select(Check)
        .where(Check.project_id == project_id)
        .options(*with_review(Check), joinedload(Check.project))
        .order_by(Check.requirement_code)
    ).all()
    return found


def states(rows: Iterable[Row]) -> dict[str, ReviewState]:
    """Where the review of each of these stands, by the code of its requirement."""
    return {row.requirement_code: state_of(row) for row in rows}


def one_of(rows: Iterable[Row], code: str) -> Any:
    """The row of one requirement; NotFound when nobody has touched it."""
    for row in rows:
        if row.requirement_code == code:
            return row
    raise NotFound


def changed_since_review(row: Row) -> tuple[Difference, ...]:
    """What is different in the latest answer from the one that a reviewer last spoke about."""
    before = reviewed_answer(said(row))
    old = next((one for one in row.answers if one.id == before), None)
    if old is None or old is row.answers[0]:
        return ()
    new = row.answers[0]
    pairs = [("Stands at", old.standing.label, new.standing.label), ("Note", old.note or "", new.note or "")]
    return tuple(Difference(*pair) for pair in pairs if pair[1] != pair[2])


class InReview(NamedTuple):
    """What a page shows of a review."""

    state: ReviewState
    changed: tuple[Difference, ...]
    said: Sequence[Review]


def in_review(rows: Iterable[Row], code: str) -> InReview | None:
    """The review of one requirement among these rows; None while nobody has answered it."""
    row = next((one for one in rows if one.requirement_code == code and one.answers), None)
    return InReview(state_of(row), changed_since_review(row), row.reviews) if row else None


def to_send(rows: Iterable[Row]) -> int:
    """How many of these answers are new or changed, and may be sent for review."""
    return sum(
        bool(row.answers) and row.standing is not Standing.NOT_ASSESSED and can_send(state_of(row))
        for row in rows
    )
