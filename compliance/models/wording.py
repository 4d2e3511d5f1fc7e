"""What somebody found who held the wording of a requirement against its source."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.db import AppendOnly, Base

if TYPE_CHECKING:
    from compliance.models.account import User


class WordingCheck(AppendOnly, Base):
    """One look at the source: whether it says what we say of a requirement, where, who looked and when."""

    __tablename__ = "wording_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    framework: Mapped[str]
    requirement_code: Mapped[str]
    agrees: Mapped[bool]
    address: Mapped[str]
    note: Mapped[str | None] = mapped_column(Text)
    checked_at: Mapped[datetime]
    checked_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    checked_by: Mapped["User"] = relationship()

    __table_args__ = (
        Index(None, "framework", "requirement_code"),
        CheckConstraint("address LIKE 'https://%'", name="address_on_the_web"),
        CheckConstraint("agrees OR (note IS NOT NULL AND length(note) > 0)", name="difference_told"),
    )
