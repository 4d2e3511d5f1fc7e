"""Evidence: a link or a file, kept once, that supports any number of records."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.db import Base

if TYPE_CHECKING:
    from compliance.models.account import User
    from compliance.models.approval import Approval
    from compliance.models.assessment import Assessment
    from compliance.models.check import Check
    from compliance.models.organisation import Organisation


class Evidence(Base):
    """A titled address or file; what it is never changes, a newer version replaces it."""

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    title: Mapped[str]
    address: Mapped[str | None]
    # A file stands in the store under its SHA-256; size in bytes.
    file_name: Mapped[str | None]
    media_type: Mapped[str | None]
    size: Mapped[int | None]
    sha256: Mapped[str | None] = mapped_column(index=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    review_by_on: Mapped[date | None]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"), unique=True)
    added_at: Mapped[datetime]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    version: Mapped[int] = mapped_column()

    organisation: Mapped["Organisation"] = relationship()
    owner: Mapped["User"] = relationship(foreign_keys=[owner_id])
    added_by: Mapped["User"] = relationship(foreign_keys=[added_by_id])
    replaces: Mapped["Evidence | None"] = relationship(
        remote_side="Evidence.id", back_populates="replaced_by"
    )
    replaced_by: Mapped["Evidence | None"] = relationship(back_populates="replaces", uselist=False)
    uses: Mapped[list["EvidenceUse"]] = relationship(back_populates="evidence", order_by="EvidenceUse.id")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index(None, "review_by_on"),
        CheckConstraint("length(title) > 0", name="title_given"),
        CheckConstraint("(address IS NULL) <> (sha256 IS NULL)", name="address_or_file"),
        CheckConstraint(
            "(sha256 IS NULL) = (file_name IS NULL) AND (sha256 IS NULL) = (media_type IS NULL)"
            " AND (sha256 IS NULL) = (size IS NULL)",
            name="file_described",
        ),
        CheckConstraint("size IS NULL OR size > 0", name="file_not_empty"),
    )


class EvidenceUse(Base):
    """One record that a piece of evidence supports, until someone says that it no longer does."""

    __tablename__ = "evidence_use"

    id: Mapped[int] = mapped_column(primary_key=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), index=True)
    check_id: Mapped[int | None] = mapped_column(ForeignKey("check.id"), index=True)
    assessment_id: Mapped[int | None] = mapped_column(ForeignKey("assessment.id"), index=True)
    approval_id: Mapped[int | None] = mapped_column(ForeignKey("approval.id"), index=True)
    added_at: Mapped[datetime]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    evidence: Mapped["Evidence"] = relationship(back_populates="uses")
    check: Mapped["Check | None"] = relationship()
    assessment: Mapped["Assessment | None"] = relationship()
    approval: Mapped["Approval | None"] = relationship()
    added_by: Mapped["User"] = relationship(foreign_keys=[added_by_id])
    ended_by: Mapped["User | None"] = relationship(foreign_keys=[ended_by_id])

    __table_args__ = (
        CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="ended_at_with_ended_by"),
        CheckConstraint(
            "(CASE WHEN check_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN assessment_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN approval_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="supports_one_record",
        ),
    )
