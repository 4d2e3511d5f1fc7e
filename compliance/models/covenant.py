"""How a project that uses AI stands to each principle of the AI Covenant, with what shows it."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.db import AppendOnly, Base
from compliance.terms import Principle, Standing

if TYPE_CHECKING:
    from compliance.models.account import User
    from compliance.models.approval import Approval
    from compliance.models.evidence import Evidence


class PrincipleRating(AppendOnly, Base):
    """One rating of one principle, with its evidence; a later one stands beside it and counts."""

    __tablename__ = "principle_rating"

    id: Mapped[int] = mapped_column(primary_key=True)
    approval_id: Mapped[int] = mapped_column(ForeignKey("approval.id"))
    principle: Mapped[Principle]
    rating: Mapped[Standing]
    note: Mapped[str] = mapped_column(Text)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), index=True)
    rated_at: Mapped[datetime]
    rated_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    approval: Mapped["Approval"] = relationship()
    evidence: Mapped["Evidence"] = relationship()
    rated_by: Mapped["User"] = relationship()

    __table_args__ = (
        Index(None, "approval_id", "principle"),
        CheckConstraint("length(note) > 0", name="note_given"),
        CheckConstraint("rating NOT IN ('not_applicable', 'not_assessed')", name="rated"),
    )
