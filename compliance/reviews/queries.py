"""Reviews, read: where each answer stands, what was said, what changed since."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.exceptions import NotFound

from compliance.conflict import Difference
from compliance.db import db
from compliance.models import ActionStep, Answer, Assessment, AssessmentAnswer, Check, EvidenceUse, Review
from compliance.rules.reviews import Said, can_send, reviewed_answer, state
from compliance.terms import ReviewKind, ReviewState, Standing

Row = Check | Assessment


def said(row: Row) -> tuple[Said, ...]:
    """What was said about a row, as the rules see it; its reviews must be loaded."""
    return tuple(Said(one.kind, one.assessment_answer_id or one.answer_id or 0) for one in row.reviews)


def state_of(row: Row) -> ReviewState:
    """Where the review of a row stands; its reviews, answers and uses of evidence must be loaded."""
    steps = [one.said_at for one in row.reviews if one.kind is not ReviewKind.COMMENT]
    moved = any(max(use.added_at, use.ended_at or use.added_at) > steps[-1] for use in row.uses if steps)
    return state(said(row), row.answers[0].id if row.answers else None, new_evidence=moved)


def with_review(model: type[Any]) -> tuple[Any, ...]:
    """Load what a review needs, in a fixed number of statements."""
    return (
        selectinload(model.answers),
        selectinload(model.reviews).joinedload(Review.said_by),
        selectinload(model.uses).joinedload(EvidenceUse.evidence),
    )


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


def reviews_of(project_id: int) -> dict[str, object]:
    """Where each review of a project's answers stands, and how many answers may be sent."""
    rows = checks_of(project_id)
    return {"reviews": states(rows), "to_send": to_send(rows)}


def one_of(rows: Iterable[Row], code: str) -> Any:
    """The row of one requirement; NotFound when nobody has touched it."""
    for row in rows:
        if row.requirement_code == code:
            return row
    raise NotFound


def changed_since_review(row: Row) -> tuple[Difference, ...]:
    """What is different now from the answer, and its evidence, when a reviewer last spoke about it."""
    before = reviewed_answer(said(row))
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


def to_send(rows: Iterable[Row]) -> int:
    """How many of these answers are new or changed, and may be sent for review."""
    return sum(
        bool(row.answers) and row.standing is not Standing.NOT_ASSESSED and can_send(state_of(row))
        for row in rows
    )
