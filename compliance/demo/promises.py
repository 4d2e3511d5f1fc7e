"""What became of what the assessments of 2024-25 said would be done; what nobody closed is overdue."""

from datetime import UTC, date, datetime
from itertools import cycle

from sqlalchemy import select

from compliance import audit, clock
from compliance.db import db, transaction
from compliance.models import ActionStep, Assessment, AssessmentAnswer, Organisation, ReportingPeriod, User
from compliance.terms import ActionState

A = ActionState
DONE = (A.DONE, "In the policy since the autumn")
# Most is done; None: nobody has said anything about it.
BECAME = (
    DONE,
    (None, ""),
    DONE,
    (A.IN_PROGRESS, "A first draft is with the staff associations"),
    (A.CARRIED_OVER, "The course begins a year later"),
    (A.DROPPED, "A national rule now says the same"),
    *[DONE] * 6,
)
LATER = date(2027, 5, 31)


def load_steps(found: dict[str, Organisation], period: ReportingPeriod, by: User) -> None:
    """What each organisation has recorded of its actions."""
    for code, place in found.items():
        answers = db.session.scalars(
            select(AssessmentAnswer)
            .join(AssessmentAnswer.assessment)
            .where(
                Assessment.organisation_id == place.id,
                Assessment.period_id == period.id,
                AssessmentAnswer.fix.is_not(None),
            )
            .order_by(AssessmentAnswer.id)
        ).all()
        if not answers:
            continue
        with clock.standing_at(datetime(2026, 4, 14, 11, tzinfo=UTC)), transaction():
            audit.record("action.followed_up", subject=f"{code} {period.key}", by=by)
            for answer, (state, note) in zip(answers, cycle(BECAME), strict=False):
                if state:
                    db.session.add(step(answer, state, note, by))


def step(answer: AssessmentAnswer, state: ActionState, note: str, by: User) -> ActionStep:
    """What became of one of them."""
    return ActionStep(
        assessment_answer=answer,
        state=state,
        note=note,
        due_on=LATER if state is A.CARRIED_OVER else None,
        recorded_at=clock.now(),
        recorded_by=by,
    )
