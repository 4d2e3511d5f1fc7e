"""What stood beside the answers of an assessment at a moment: their evidence and their reviews."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from compliance.assessments.queries import Judgement
from compliance.evidence.queries import supporting_at
from compliance.models import Assessment, EvidenceUse
from compliance.reviews.queries import said, state_of
from compliance.rules.reviews import state
from compliance.terms import ReviewState


def evidence_of(rows: Sequence[Judgement], moment: datetime | None) -> dict[str, int]:
    """How many pieces of evidence support each answered requirement, now or at a moment."""
    held = {row.requirement.code: row.answer.assessment for row in rows if row.answer}
    if moment is None:
        return {code: len(row.evidence) for code, row in held.items()}
    numbers = supporting_at(EvidenceUse.assessment_id, [row.id for row in held.values()], moment)
    return {code: numbers.get(row.id, 0) for code, row in held.items()}


def review_states(rows: Iterable[Assessment], moment: datetime | None) -> dict[str, ReviewState]:
    """Where the review of each answer stands, or stood at a moment; answers and reviews must be loaded."""
    return {row.requirement_code: state_at(row, moment) if moment else state_of(row) for row in rows}


def state_at(row: Assessment, moment: datetime) -> ReviewState:
    """Where the review of an answer stood: what was said and answered later is left out."""
    answers = [one.id for one in row.answers if one.answered_at <= moment]
    told = [one for review, one in zip(row.reviews, said(row), strict=True) if review.said_at <= moment]
    return state(told, answers[0] if answers else None)
