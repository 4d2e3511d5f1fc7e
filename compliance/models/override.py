"""What people decide about single numbers of a statement: values of their own, and small numbers withheld."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.db import AppendOnly, Base

if TYPE_CHECKING:
    from compliance.models.account import User
    from compliance.models.organisation import Organisation
    from compliance.models.statement import Statement


class FigureOverride(AppendOnly, Base):
    """A value that somebody entered for a figure, beside the one counted; without a number, taken back."""

    __tablename__ = "figure_override"

    id: Mapped[int] = mapped_column(primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"), index=True)
    figure: Mapped[str]
    number: Mapped[int | None]
    # What it is out of, for a figure that is a part of something.
    whole: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text)
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    statement: Mapped["Statement"] = relationship()
    entered_by: Mapped["User"] = relationship()

    __table_args__ = (
        CheckConstraint("number IS NULL OR number >= 0", name="number_not_negative"),
        CheckConstraint("whole IS NULL OR (number IS NOT NULL AND whole >= number)", name="part_of_whole"),
        CheckConstraint("length(reason) > 0", name="reason_given"),
    )


class SmallNumberPolicy(AppendOnly, Base):
    """Below which number an organisation withholds counts of misconduct; none prints every number."""

    __tablename__ = "small_number_policy"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    below: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text)
    set_at: Mapped[datetime]
    set_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    organisation: Mapped["Organisation"] = relationship()
    set_by: Mapped["User"] = relationship()

    __table_args__ = (
        CheckConstraint("below IS NULL OR below BETWEEN 3 AND 20", name="below_makes_sense"),
        CheckConstraint("length(reason) > 0", name="reason_given"),
    )


class CellDecision(AppendOnly, Base):
    """A person decided that a small number is withheld or printed; it holds while the number stays."""

    __tablename__ = "cell_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"), index=True)
    cell: Mapped[str]
    # The number and the threshold that were decided about.
    number: Mapped[int]
    below: Mapped[int]
    withheld: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    statement: Mapped["Statement"] = relationship()
    decided_by: Mapped["User"] = relationship()

    __table_args__ = (
        CheckConstraint("number > 0", name="never_a_zero"),
        CheckConstraint("length(reason) > 0", name="reason_given"),
    )
