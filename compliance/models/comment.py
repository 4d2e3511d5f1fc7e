"""What people say about a draft statement: comments on its sections, and warnings they know of."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.db import AppendOnly, Base
from compliance.terms import CommentKind

if TYPE_CHECKING:
    from compliance.models.account import User
    from compliance.models.statement import Statement


class Comment(AppendOnly, Base):
    """One thing said about a section; an answer belongs to the comment that began it."""

    __tablename__ = "comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"), index=True)
    section: Mapped[str]
    kind: Mapped[CommentKind]
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"), index=True)
    text: Mapped[str | None] = mapped_column(Text)
    said_at: Mapped[datetime]
    said_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    statement: Mapped["Statement"] = relationship()
    said_by: Mapped["User"] = relationship()
    answers: Mapped[list["Comment"]] = relationship(order_by="Comment.id")

    __table_args__ = (
        CheckConstraint(
            "(answers_id IS NULL OR kind <> 'comment')"
            " AND (answers_id IS NOT NULL OR kind NOT IN ('reply', 'resolved', 'reopened'))",
            name="answers_a_comment",
        ),
        CheckConstraint(
            "kind IN ('resolved', 'reopened') OR (text IS NOT NULL AND length(text) > 0)", name="text_given"
        ),
    )

    @property
    def resolved(self) -> bool:
        """Whether it is settled; an answer that only replies leaves it as it was."""
        turns = [row.kind for row in self.answers if row.kind is not CommentKind.REPLY]
        return bool(turns) and turns[-1] is CommentKind.RESOLVED


class Acknowledgement(AppendOnly, Base):
    """Somebody knows of a warning and says why the statement may go on; it holds while the facts stay."""

    __tablename__ = "acknowledgement"

    id: Mapped[int] = mapped_column(primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"), index=True)
    warning: Mapped[str]
    facts: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    said_at: Mapped[datetime]
    said_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    statement: Mapped["Statement"] = relationship()
    said_by: Mapped["User"] = relationship()

    __table_args__ = (
        CheckConstraint("length(warning) > 0 AND length(facts) > 0", name="warning_named"),
        CheckConstraint("length(reason) > 0", name="reason_given"),
    )
