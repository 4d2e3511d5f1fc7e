"""What became of what an answer said would be done about a shortfall."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.db import AppendOnly, Base
from compliance.terms import ActionState

if TYPE_CHECKING:
    from compliance.models.account import User
    from compliance.models.assessment import AssessmentAnswer
    from compliance.models.check import Answer


class ActionStep(AppendOnly, Base):
    """What became of what an answer of a project or an organisation said would be done; the latest counts."""

    __tablename__ = "action_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    # The answer whose words it follows up: what is to be done may be worded anew by a later one.
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("answer.id"), index=True)
    assessment_answer_id: Mapped[int | None] = mapped_column(ForeignKey("assessment_answer.id"), index=True)
    state: Mapped[ActionState]
    note: Mapped[str | None] = mapped_column(Text)
    # The new date of an action that is carried over.
    due_on: Mapped[date | None]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    answer: Mapped["Answer | None"] = relationship()
    assessment_answer: Mapped["AssessmentAnswer | None"] = relationship()
    recorded_by: Mapped["User"] = relationship()

    __table_args__ = (
        CheckConstraint("(answer_id IS NULL) <> (assessment_answer_id IS NULL)", name="follows_one_answer"),
        CheckConstraint("(state = 'carried_over') = (due_on IS NOT NULL)", name="carried_over_with_date"),
        CheckConstraint(
            "state <> 'dropped' OR (note IS NOT NULL AND length(note) > 0)", name="dropped_with_reason"
        ),
    )
