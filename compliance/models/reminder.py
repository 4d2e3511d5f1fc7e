"""Reminders that were sent, and the private calendar addresses of people."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.db import AppendOnly, Base

if TYPE_CHECKING:
    from compliance.models.account import User


class Reminder(AppendOnly, Base):
    """One thing of which one person was reminded, at one stage before or after its day."""

    __tablename__ = "reminder"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    subject: Mapped[str]
    key: Mapped[str]
    stage: Mapped[str]
    due_on: Mapped[date]
    sent_at: Mapped[datetime]

    user: Mapped["User"] = relationship()

    __table_args__ = (UniqueConstraint("user_id", "subject", "key", "stage"),)


class CalendarFeed(Base):
    """An address under which a person's calendar program reads their dates; known only by its SHA-256."""

    __tablename__ = "calendar_feed"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    token_sha256: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    user: Mapped["User"] = relationship()

    __table_args__ = (
        Index(None, "user_id", "revoked_at"),
        CheckConstraint("length(token_sha256) = 64", name="token_is_sha256"),
        CheckConstraint("revoked_at IS NULL OR revoked_at >= made_at", name="revoked_after_made"),
    )
