"""Areas of research interest: questions that organisations publish, which research may serve."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.db import AppendOnly, Base

if TYPE_CHECKING:
    from compliance.models.account import User
    from compliance.models.organisation import Organisation


class AreaOfInterest(AppendOnly, Base):
    """One area of one edition, in the words of whoever published it; a new edition is a new row."""

    __tablename__ = "area_of_interest"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    edition: Mapped[str]
    code: Mapped[str]
    # The heading under which the edition lists it, where it has one.
    grouped_under: Mapped[str | None]
    text: Mapped[str] = mapped_column(Text)
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    added_at: Mapped[datetime]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    organisation: Mapped["Organisation"] = relationship()
    added_by: Mapped["User"] = relationship()

    __table_args__ = (
        UniqueConstraint("organisation_id", "edition", "code"),
        CheckConstraint("length(text) > 0 AND length(code) > 0", name="code_and_text_given"),
        CheckConstraint("until_on IS NULL OR until_on > from_on", name="ends_after_start"),
    )
