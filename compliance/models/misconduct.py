"""The anonymous case register: dates, kinds, stages, outcomes, lessons; no names of people."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance import terms
from compliance.db import AppendOnly, Base

if TYPE_CHECKING:
    from compliance.models.account import User
    from compliance.models.assessment import ReportingPeriod
    from compliance.models.organisation import Organisation


class Case(Base):
    """One matter, known by its reference alone."""

    __tablename__ = "case"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    received_on: Mapped[date]
    case_class: Mapped[terms.CaseClass]
    # A short high-level description, nothing identifying, when a kind is "Other".
    other_text: Mapped[str | None]
    lessons: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column()

    organisation: Mapped["Organisation"] = relationship()
    allegations: Mapped[list["Allegation"]] = relationship(back_populates="case", order_by="Allegation.id")
    steps: Mapped[list["CaseStage"]] = relationship(
        back_populates="case", order_by="CaseStage.on, CaseStage.id"
    )
    classings: Mapped[list["Reclassing"]] = relationship(back_populates="case", order_by="Reclassing.id")

    __mapper_args__ = {"version_id_col": version}


class Allegation(Base):
    """One alleged kind of misconduct within a case."""

    __tablename__ = "allegation"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[terms.AllegationKind]
    finding: Mapped[terms.Finding | None]

    case: Mapped["Case"] = relationship(back_populates="allegations")


class CaseStage(AppendOnly, Base):
    """A stage that a case reached, on a day; a new line each, none is edited."""

    __tablename__ = "case_stage"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    step: Mapped[terms.CaseStep]
    on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    case: Mapped["Case"] = relationship(back_populates="steps")
    recorded_by: Mapped["User"] = relationship()

    __table_args__ = (UniqueConstraint("case_id", "step"),)


class Reclassing(AppendOnly, Base):
    """What a case is taken to be from now on, and why it was taken for something else before."""

    __tablename__ = "reclassing"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    became: Mapped[terms.CaseClass]
    reason: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    case: Mapped["Case"] = relationship(back_populates="classings")
    recorded_by: Mapped["User"] = relationship()

    __table_args__ = (CheckConstraint("length(reason) > 0", name="reason_given"),)


class LessonOffer(AppendOnly, Base):
    """What a case taught, in words that a misconduct officer lets the statement use; it names no case."""

    __tablename__ = "lesson_offer"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    offered_at: Mapped[datetime]
    offered_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    case: Mapped["Case"] = relationship()
    offered_by: Mapped["User"] = relationship()

    __table_args__ = (CheckConstraint("length(text) > 0", name="text_given"),)


class NilYear(AppendOnly, Base):
    """Someone confirmed in words that a period had no allegation and no completed investigation."""

    __tablename__ = "nil_year"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    period_id: Mapped[int] = mapped_column(ForeignKey("reporting_period.id"))
    confirmed_at: Mapped[datetime]
    confirmed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    organisation: Mapped["Organisation"] = relationship()
    period: Mapped["ReportingPeriod"] = relationship()
    confirmed_by: Mapped["User"] = relationship()

    __table_args__ = (UniqueConstraint("organisation_id", "period_id"),)
