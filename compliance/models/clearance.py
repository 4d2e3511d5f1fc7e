"""Clearances of people who are not of the police: a condition of each person's access to one project."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.db import Base
from compliance.terms import ClearanceLevel

if TYPE_CHECKING:
    from compliance.models.account import User
    from compliance.models.project import Project


class Clearance(Base):
    """One clearance of one person; never what was checked, nor why one was refused (approvals, 6.4 m)."""

    __tablename__ = "clearance"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int]
    organisation_id: Mapped[int]
    # A name, or a pseudonym that the vetting unit can resolve.
    person: Mapped[str]
    level: Mapped[ClearanceLevel]
    issuing_force: Mapped[str]
    reference: Mapped[str | None]
    granted_on: Mapped[date]
    # The last day, as the issuing force gave it: no number of years is ever assumed.
    expires_on: Mapped[date]
    # Forces that accepted it as transferred.
    accepted_by: Mapped[list[str]] = mapped_column(JSON, default=list)
    # Since when the person needs no access any more.
    left_on: Mapped[date | None]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    version: Mapped[int] = mapped_column()

    project: Mapped["Project"] = relationship()
    recorded_by: Mapped["User"] = relationship()

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        ForeignKeyConstraint(
            ["project_id", "organisation_id"], ["project.id", "project.organisation_id"], onupdate="CASCADE"
        ),
        Index(None, "project_id", "person"),
        Index(None, "organisation_id", "expires_on"),
        CheckConstraint("length(person) > 0 AND length(issuing_force) > 0", name="person_and_force_given"),
        CheckConstraint("expires_on >= granted_on", name="ends_after_granted"),
        CheckConstraint("left_on IS NULL OR left_on >= granted_on", name="left_after_granted"),
    )
