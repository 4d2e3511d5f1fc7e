"""Exemptions of a project from publishing its protocol or its results."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.db import AppendOnly, Base
from compliance.terms import ExemptFrom, ExemptionKind, ExemptionReason

if TYPE_CHECKING:
    from compliance.models.account import User
    from compliance.models.project import Project


class Exemption(AppendOnly, Base):
    """What need not be published, or not yet, by which reason and who approved it: never the lead (H9)."""

    __tablename__ = "exemption"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int]
    organisation_id: Mapped[int]
    exempt_from: Mapped[ExemptFrom]
    code: Mapped[ExemptionReason]
    kind: Mapped[ExemptionKind]
    reason: Mapped[str] = mapped_column(Text)
    # The post that approved it; whoever records it vouches for that, and is not the lead.
    approver: Mapped[str]
    decided_on: Mapped[date]
    review_on: Mapped[date]
    expires_on: Mapped[date | None]
    # Safe to print in the statement.
    public_summary: Mapped[str | None] = mapped_column(Text)
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    project: Mapped["Project"] = relationship(back_populates="exemptions")
    recorded_by: Mapped["User"] = relationship()

    __table_args__ = (
        ForeignKeyConstraint(
            ["project_id", "organisation_id"], ["project.id", "project.organisation_id"], onupdate="CASCADE"
        ),
        Index(None, "project_id"),
        CheckConstraint("length(reason) > 0 AND length(approver) > 0", name="reason_and_approver_given"),
        CheckConstraint("review_on >= decided_on", name="reviewed_after_decision"),
        CheckConstraint("expires_on IS NULL OR expires_on >= decided_on", name="expires_after_decision"),
        CheckConstraint("code NOT IN ('x7', 'x8', 'x9') OR kind = 'delay'", name="delay_only"),
        CheckConstraint("kind <> 'delay' OR expires_on IS NOT NULL", name="delay_ends"),
    )
