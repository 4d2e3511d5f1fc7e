"""Reviews, read: where each answer stands, what was said, what changed since."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.exceptions import NotFound

from compliance import clock
from compliance.conflict import Difference
from compliance.db import db
from compliance.models import (
    ActionStep,
    Answer,
    Assessment,
    AssessmentAnswer,
    Check,
    EvidenceUse,
    Review,
    User,
)
from compliance.reviews.marks import Marked, marks_of_assessments, marks_of_checks
from compliance.rules.reviews import Said, can_send, reviewed_answer, state
from compliance.terms import ReviewKind, ReviewState, Standing

__all__ = ["marks_of_assessments", "marks_of_checks"]

Row = Check | Assessment
ANY_TIME = datetime.max.replace(tzinfo=UTC)


def said(reviews: Iterable[Review]) -> tuple[Said, ...]:
    """What was said in reviews, as the rules see it."""
    return tuple(Said(one.kind, one.assessment_answer_id or one.answer_id or 0) for one in reviews)


def state_of(row: Any, moment: datetime = ANY_TIME) -> ReviewState:
    """Where the review of a row, or of its marks, stands, or stood at a moment: what came later is left out.

    Its reviews, answers and uses of evidence must be loaded.
    """
    reviews = [one for one in row.reviews if one.said_at <= moment]
    answers = [one.id for one in row.answers if one.answered_at <= moment]
    steps = [one.said_at for one in reviews if one.kind is not ReviewKind.COMMENT]
    moves = [at for use in row.uses for at in (use.added_at, use.ended_at) if at and at <= moment]
    new_evidence = bool(steps and moves and max(moves) > steps[-1])
    return state(said(reviews), answers[0] if answers else None, new_evidence=new_evidence)


def with_review(model: type[Any]) -> tuple[Any, ...]:
    """Load what a review needs, in a fixed number of statements."""
    return (
        selectinload(model.answers),
        selectinload(model.reviews).joinedload(Review.said_by).load_only(User.name),
        selectinload(model.uses).joinedload(EvidenceUse.evidence),
    )


def assessments_of(organisation_id: int, period_id: int, code: str | None = None) -> Sequence[Assessment]:
    """Every assessment of an organisation in a period, or that of one requirement alone, with its reviews."""
    named = [] if code is None else [Assessment.requirement_code == code]
    found: Sequence[Assessment] = db.session.scalars(
        select(Assessment)
        .where(Assessment.organisation_id == organisation_id, Assessment.period_id == period_id, *named)
        .options(*with_review(Assessment))
        .order_by(Assessment.requirement_code)
    ).all()
    return found


def checks_of(project_id: int, code: str | None = None) -> Sequence[Check]:
    """Every check of a project, or that of one requirement alone, with its answers and reviews."""
    named = [] if code is None else [Check.requirement_code == code]
    found: Sequence[Check] = db.session.scalars(
        select(Check)
        .where(Check.project_id == project_id, *named)
        .options(*with_review(Check), joinedload(Check.project))
        .order_by(Check.requirement_code)
    ).all()
    return found


def reviews_of(rows: Sequence[Marked], as_at: date | None) -> dict[str, object]:
    """Where the review of each requirement stands, by its code, and how many answers may be sent.

    As at the end of a day of the past nothing may be.
    """
    moment = clock.end_of(as_at) if as_at else ANY_TIME
    states = {row.requirement_code: state_of(row, moment) for row in rows}
    return {"reviews": states, "to_send": 0 if as_at else to_send(rows, states)}


def one_of(rows: Iterable[Row], code: str) -> Any:
    """The row of one requirement; NotFound when nobody has touched it."""
    for row in rows:
        if row.requirement_code == code:
            return row
    raise NotFound


def changed_since_review(row: Row) -> tuple[Difference, ...]:
    """What is different now from the answer, and its evidence, when a reviewer last spoke about it."""
    before = reviewed_answer(said(row.reviews))
    old = next((one for one in row.answers if one.id == before), None)
    if old is None:
        return ()
    at = max(one.said_at for one in row.reviews if one.kind in (ReviewKind.ACCEPTED, ReviewKind.RETURNED))
    then, now = words_of(old), words_of(row.answers[0])
    then["Evidence"], now["Evidence"] = evidence_at(row, at), evidence_at(row, None)
    return tuple(Difference(label, then[label], now[label]) for label in then if then[label] != now[label])


def words_of(answer: Answer | AssessmentAnswer) -> dict[str, str]:
    """Everything that an answer says, by what a page calls it."""
    due = answer.fix_due_on
    return {
        "Stands at": answer.standing.label,
        "Note": answer.note or "",
        "What will be done": answer.fix or "",
        "Who will do it": answer.fix_owner or "",
        "By when": f"{due.day} {due:%B %Y}" if due else "",
    }


def latest_step_of(row: Row) -> ActionStep | None:
    """What last became of what any answer of a row said would be done."""
    column = ActionStep.assessment_answer_id if isinstance(row, Assessment) else ActionStep.answer_id
    found: ActionStep | None = db.session.scalar(
        select(ActionStep)
        .where(column.in_([answer.id for answer in row.answers]))
        .options(joinedload(ActionStep.recorded_by))
        .order_by(ActionStep.id.desc())
        .limit(1)
    )
    return found


def evidence_at(row: Row, moment: datetime | None) -> str:
    """The titles of what supported a row at a moment, or supports it now."""
    return "; ".join(
        f"{use.evidence.title} ({use.evidence.reference})"
        for use in row.uses
        if (use.ended_at is None or (moment is not None and use.ended_at > moment))
        and (moment is None or use.added_at <= moment)
    )


class InReview(NamedTuple):
    """What a page shows of a review."""

    state: ReviewState
    changed: tuple[Difference, ...]
    said: Sequence[Review]


def in_review(rows: Iterable[Row], code: str) -> InReview | None:
    """The review of one requirement among these rows; None while nobody has answered it."""
    row = next((one for one in rows if one.requirement_code == code and one.answers), None)
    return InReview(state_of(row), changed_since_review(row), row.reviews) if row else None


def to_send(rows: Iterable[Marked], states: Mapping[str, ReviewState]) -> int:
    """How many answers are new or changed, and may be sent for review."""
    return sum(
        bool(row.answers)
        and row.standing is not Standing.NOT_ASSESSED
        and can_send(states[row.requirement_code])
        for row in rows
    )
