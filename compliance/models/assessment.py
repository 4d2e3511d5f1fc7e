"""An organisation's own assessment for a reporting period, and its return."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.db import AppendOnly, Base
from compliance.terms import Standing

if TYPE_CHECKING:
    from compliance.models.account import User
    from compliance.models.evidence import Evidence, EvidenceUse
    from compliance.models.organisation import Organisation
    from compliance.models.returned import FrozenReturn, ReturnReopening
    from compliance.models.review import Review


class ReportingPeriod(Base):
    """The year a statement covers; both ends are days of the period."""

    __tablename__ = "reporting_period"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    starts_on: Mapped[date] = mapped_column(unique=True)
    ends_on: Mapped[date]
    returns_due_on: Mapped[date]

    __table_args__ = (CheckConstraint("ends_on > starts_on", name="ends_after_start"),)

    @property
    def label(self) -> str:
        """The years as people say them: "2025 to 2026", or "2026" when it lies within one."""
        first, last = self.starts_on.year, self.ends_on.year
        return f"{first} to {last}" if first != last else str(first)


class Assessment(Base):
    """An organisation against one requirement in one period, with its current standing."""

    __tablename__ = "assessment"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    period_id: Mapped[int] = mapped_column(ForeignKey("reporting_period.id"))
    framework: Mapped[str]
    requirement_code: Mapped[str]
    commitment: Mapped[str]
    standing: Mapped[Standing] = mapped_column(default=Standing.NOT_ASSESSED)
    # False while it only stands as it did last year: then it counts as not assessed.
    confirmed: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column()

    organisation: Mapped["Organisation"] = relationship()
    period: Mapped["ReportingPeriod"] = relationship()
    answers: Mapped[list["AssessmentAnswer"]] = relationship(
        back_populates="assessment", order_by="AssessmentAnswer.id.desc()"
    )
    reviews: Mapped[list["Review"]] = relationship(back_populates="assessment", order_by="Review.id")
    # What supports it now; attached and detached through EvidenceUse.
    evidence: Mapped[list["Evidence"]] = relationship(
        secondary="evidence_use",
        primaryjoin="and_(Assessment.id == EvidenceUse.assessment_id, EvidenceUse.ended_at.is_(None))",
        secondaryjoin="EvidenceUse.evidence_id == Evidence.id",
        order_by="Evidence.id",
        viewonly=True,
    )
    # Whatever ever supported it, and until when.
    uses: Mapped[list["EvidenceUse"]] = relationship(order_by="EvidenceUse.id", viewonly=True)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("organisation_id", "period_id", "framework", "requirement_code"),
        Index(None, "period_id", "organisation_id", "commitment", "standing"),
    )


class AssessmentAnswer(AppendOnly, Base):
    """One dated judgement: standing, why, and what will be done about a shortfall, by whom, by when."""

    __tablename__ = "assessment_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    standing: Mapped[Standing]
    note: Mapped[str | None] = mapped_column(Text)
    fix: Mapped[str | None] = mapped_column(Text)
    fix_owner: Mapped[str | None]
    fix_due_on: Mapped[date | None]
    # The answer of the year before that this one only repeats, until somebody confirms it.
    carried_from_id: Mapped[int | None] = mapped_column(ForeignKey("assessment_answer.id"))
    answered_at: Mapped[datetime]
    answered_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    assessment: Mapped["Assessment"] = relationship(back_populates="answers")
    answered_by: Mapped["User"] = relationship()

    __table_args__ = (
        CheckConstraint(
            "standing <> 'not_applicable' OR (note IS NOT NULL AND length(note) > 0)",
            name="not_applicable_with_reason",
        ),
    )


class Return(AppendOnly, Base):
    """An organisation sent its assessment for a period to the organisation above."""

    __tablename__ = "return"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    period_id: Mapped[int] = mapped_column(ForeignKey("reporting_period.id"))
    sent_at: Mapped[datetime]
    sent_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    organisation: Mapped["Organisation"] = relationship()
    period: Mapped["ReportingPeriod"] = relationship()
    sent_by: Mapped["User"] = relationship()
    # Read alone: a return is history, and what is added to it is added beside it.
    frozen: Mapped[list["FrozenReturn"]] = relationship(order_by="FrozenReturn.id", viewonly=True)
    reopenings: Mapped[list["ReturnReopening"]] = relationship(order_by="ReturnReopening.id", viewonly=True)

    __table_args__ = (UniqueConstraint("organisation_id", "period_id"),)
