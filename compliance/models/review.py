"""The review of an answer: sent, accepted or returned by somebody else, with comments that stay."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.db import AppendOnly, Base
from compliance.terms import ReviewKind

if TYPE_CHECKING:
    from compliance.models.account import User
    from compliance.models.assessment import Assessment
    from compliance.models.check import Check


class Review(AppendOnly, Base):
    """One thing said in the review of a check or an assessment, about the answer that was the latest."""

    __tablename__ = "review"

    id: Mapped[int] = mapped_column(primary_key=True)
    check_id: Mapped[int | None] = mapped_column(ForeignKey("check.id"), index=True)
    assessment_id: Mapped[int | None] = mapped_column(ForeignKey("assessment.id"), index=True)
    # The answer as it was when this was said: tells what changed since.
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("answer.id"))
    assessment_answer_id: Mapped[int | None] = mapped_column(ForeignKey("assessment_answer.id"))
    kind: Mapped[ReviewKind]
    comment: Mapped[str | None] = mapped_column(Text)
    said_at: Mapped[datetime]
    said_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    check: Mapped["Check | None"] = relationship(back_populates="reviews")
    assessment: Mapped["Assessment | None"] = relationship(back_populates="reviews")
    said_by: Mapped["User"] = relationship()

    __table_args__ = (
        CheckConstraint(
            "(check_id IS NULL) <> (assessment_id IS NULL)"
            " AND (check_id IS NULL) = (answer_id IS NULL)"
            " AND (assessment_id IS NULL) = (assessment_answer_id IS NULL)",
            name="reviews_one_answer",
        ),
        CheckConstraint(
            "kind NOT IN ('returned', 'comment') OR (comment IS NOT NULL AND length(comment) > 0)",
            name="returned_with_comment",
        ),
    )
