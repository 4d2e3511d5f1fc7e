"""What the governing body is asked to approve, and what it says when it sends a statement back."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.db import AppendOnly, Base

if TYPE_CHECKING:
    from compliance.models.account import User
    from compliance.models.statement import BoardApproval, Statement


class BoardSubmission(AppendOnly, Base):
    """A statement as it was sent to the governing body for a meeting; what it said then is frozen."""

    __tablename__ = "board_submission"

    id: Mapped[int] = mapped_column(primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"), index=True)
    meeting_on: Mapped[date]
    snapshot: Mapped[str] = mapped_column(Text, deferred=True)
    fingerprint: Mapped[str]
    submitted_at: Mapped[datetime]
    submitted_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    statement: Mapped["Statement"] = relationship(back_populates="submissions")
    submitted_by: Mapped["User"] = relationship()
    approval: Mapped["BoardApproval | None"] = relationship(back_populates="submission")
    returned: Mapped["BoardReturn | None"] = relationship(back_populates="submission")

    __table_args__ = (CheckConstraint("length(fingerprint) = 64", name="fingerprint_is_sha256"),)

    @property
    def open(self) -> bool:
        """Whether the board has neither approved it nor sent it back."""
        return self.approval is None and self.returned is None


class BoardReturn(AppendOnly, Base):
    """The governing body sent a submission back, and said what has to change."""

    __tablename__ = "board_return"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("board_submission.id"), unique=True)
    comments: Mapped[str] = mapped_column(Text)
    returned_at: Mapped[datetime]
    returned_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    submission: Mapped["BoardSubmission"] = relationship(back_populates="returned")
    returned_by: Mapped["User"] = relationship()

    __table_args__ = (CheckConstraint("length(comments) > 0", name="comments_given"),)
