"""What a board saw at its meetings, and how organisations are compared on boards."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.db import AppendOnly, Base
from compliance.terms import Comparison

if TYPE_CHECKING:
    from compliance.models.account import User
    from compliance.models.assessment import ReportingPeriod
    from compliance.models.organisation import Organisation


class BoardMeeting(AppendOnly, Base):
    """A meeting of an organisation's board, with the figures that stood on its board when it was recorded."""

    __tablename__ = "board_meeting"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    # The year that the board looked at.
    period_id: Mapped[int] = mapped_column(ForeignKey("reporting_period.id"))
    held_on: Mapped[date]
    # The day of the figures: that of the meeting, or some days later.
    kept_on: Mapped[date]
    # Key → label, part and whole; a figure that was not counted is not there.
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    organisation: Mapped["Organisation"] = relationship()
    period: Mapped["ReportingPeriod"] = relationship()
    recorded_by: Mapped["User"] = relationship()

    __table_args__ = (
        UniqueConstraint("organisation_id", "held_on"),
        CheckConstraint("kept_on >= held_on", name="kept_once_held"),
    )


class ComparisonPolicy(AppendOnly, Base):
    """How the organisations below one are shown to each other on their boards; the newest counts."""

    __tablename__ = "comparison_policy"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    comparison: Mapped[Comparison]
    reason: Mapped[str] = mapped_column(Text)
    set_at: Mapped[datetime]
    set_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    organisation: Mapped["Organisation"] = relationship()
    set_by: Mapped["User"] = relationship()

    __table_args__ = (CheckConstraint("length(reason) > 0", name="reason_given"),)
