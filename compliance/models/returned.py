"""What a return said when it was sent, and that the organisation above opened it again."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.db import AppendOnly, Base

if TYPE_CHECKING:
    from compliance.models.account import User
    from compliance.models.assessment import Return


class FrozenReturn(AppendOnly, Base):
    """The records of an organisation as they were when its return was sent: what the one above counts."""

    __tablename__ = "frozen_return"

    id: Mapped[int] = mapped_column(primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("return.id"))
    number: Mapped[int]
    content: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str]
    frozen_at: Mapped[datetime]
    frozen_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    of: Mapped["Return"] = relationship()
    frozen_by: Mapped["User"] = relationship()

    __table_args__ = (
        UniqueConstraint("return_id", "number"),
        CheckConstraint("number > 0", name="number_from_one"),
        CheckConstraint("length(sha256) = 64", name="fingerprint_is_sha256"),
    )


class ReturnReopening(AppendOnly, Base):
    """The organisation above lets a return be changed and sent again, by a day and with its reason."""

    __tablename__ = "return_reopening"

    id: Mapped[int] = mapped_column(primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("return.id"))
    # How often it had been frozen: it is open until it is frozen once more.
    after: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date]
    reopened_at: Mapped[datetime]
    reopened_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    of: Mapped["Return"] = relationship()
    reopened_by: Mapped["User"] = relationship()

    __table_args__ = (
        UniqueConstraint("return_id", "after"),
        CheckConstraint("length(reason) > 0", name="reason_given"),
    )
