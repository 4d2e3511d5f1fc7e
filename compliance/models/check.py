"""Governance checks: one project against one requirement, with every answer ever given."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.db import AppendOnly, Base
from compliance.terms import Standing

if TYPE_CHECKING:
    from compliance.models.account import User
    from compliance.models.evidence import Evidence, EvidenceUse
    from compliance.models.project import Project
    from compliance.models.review import Review


ASKED = text("due_on IS NOT NULL")


class Check(Base):
    """One project against one requirement; carries copies so that boards count without joins."""

    __tablename__ = "check"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int]
    organisation_id: Mapped[int]
    framework: Mapped[str]
    requirement_code: Mapped[str]
    commitment: Mapped[str]
    standing: Mapped[Standing] = mapped_column(default=Standing.NOT_ASSESSED)
    # Every project is asked under one framework, by this day; what it answers under another has no date.
    due_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()

    project: Mapped["Project"] = relationship(back_populates="checks")
    answers: Mapped[list["Answer"]] = relationship(back_populates="check", order_by="Answer.id.desc()")
    reviews: Mapped[list["Review"]] = relationship(back_populates="check", order_by="Review.id")
    # What supports it now; attached and detached through EvidenceUse.
    evidence: Mapped[list["Evidence"]] = relationship(
        secondary="evidence_use",
        primaryjoin="and_(Check.id == EvidenceUse.check_id, EvidenceUse.ended_at.is_(None))",
        secondaryjoin="EvidenceUse.evidence_id == Evidence.id",
        order_by="Evidence.id",
        viewonly=True,
    )
    # Whatever ever supported it, and until when.
    uses: Mapped[list["EvidenceUse"]] = relationship(order_by="EvidenceUse.id", viewonly=True)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        ForeignKeyConstraint(
            ["project_id", "organisation_id"], ["project.id", "project.organisation_id"], onupdate="CASCADE"
        ),
        UniqueConstraint("project_id", "framework", "requirement_code"),
        # Each answer has the checks of its place and commitment counted again, from this index alone.
        Index(
            "ix_check_asked",
            *("organisation_id", "commitment", "standing", "project_id"),
            sqlite_where=ASKED,
            postgresql_where=ASKED,
        ),
        Index(None, "standing", "due_on"),
    )


class Answer(AppendOnly, Base):
    """One dated answer to a check, with what will be done about a shortfall, by whom, by when."""

    __tablename__ = "answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("check.id"), index=True)
    standing: Mapped[Standing]
    note: Mapped[str | None] = mapped_column(Text)
    fix: Mapped[str | None] = mapped_column(Text)
    fix_owner: Mapped[str | None]
    fix_due_on: Mapped[date | None]
    answered_at: Mapped[datetime]
    answered_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    check: Mapped["Check"] = relationship(back_populates="answers")
    answered_by: Mapped["User"] = relationship()

    __table_args__ = (
        CheckConstraint(
            "standing <> 'not_applicable' OR (note IS NOT NULL AND length(note) > 0)",
            name="not_applicable_with_reason",
        ),
    )
