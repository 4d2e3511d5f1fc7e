"""The audit trail: one row per changed row, chained by hash, without foreign keys."""

from datetime import datetime

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from compliance.db import AppendOnly, Base


class AuditEvent(AppendOnly, Base):
    """Who changed what, when, why, from what to what; outlives what it describes."""

    __tablename__ = "audit_event"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    actor: Mapped[str]
    event: Mapped[str]
    subject: Mapped[str]
    row: Mapped[str]
    change: Mapped[str] = mapped_column(Text)
    # Where it happened: decides who may read it. None for what belongs to no organisation.
    organisation_id: Mapped[int | None]
    previous: Mapped[str]
    hash: Mapped[str]

    __table_args__ = (
        Index(None, "subject"),
        Index(None, "at", "seq"),
        Index(None, "actor_id", "seq"),
        Index(None, "event", "seq"),
        Index(None, "organisation_id", "seq"),
    )
