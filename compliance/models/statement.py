"""Annual statements: words, the board's approval, the signed snapshot, publication."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.db import AppendOnly, Base

if TYPE_CHECKING:
    from compliance.models.account import User
    from compliance.models.assessment import ReportingPeriod
    from compliance.models.organisation import Organisation
    from compliance.models.submission import BoardSubmission


class Statement(Base):
    """The annual statement of one organisation for one period, in one layout."""

    __tablename__ = "statement"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    period_id: Mapped[int] = mapped_column(ForeignKey("reporting_period.id"))
    layout: Mapped[str]
    framework: Mapped[str]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("statement.id"), unique=True)
    replacement_reason: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    version: Mapped[int] = mapped_column()
    # Whether the document prints what changed since last year.
    year_annex: Mapped[bool] = mapped_column(default=False)

    organisation: Mapped["Organisation"] = relationship()
    period: Mapped["ReportingPeriod"] = relationship()
    created_by: Mapped["User"] = relationship()
    replaces: Mapped["Statement | None"] = relationship(
        remote_side="Statement.id", back_populates="replaced_by"
    )
    replaced_by: Mapped["Statement | None"] = relationship(back_populates="replaces", uselist=False)
    narratives: Mapped[list["Narrative"]] = relationship(
        back_populates="statement", order_by="Narrative.section, Narrative.number"
    )
    submissions: Mapped[list["BoardSubmission"]] = relationship(
        back_populates="statement", order_by="BoardSubmission.id"
    )
    approvals: Mapped[list["BoardApproval"]] = relationship(
        back_populates="statement", order_by="BoardApproval.id"
    )
    sign_off: Mapped["SignOff | None"] = relationship(back_populates="statement")
    publication: Mapped["Publication | None"] = relationship(back_populates="statement")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        # One statement a period; a correction replaces an earlier one.
        Index(
            "uq_statement_first",
            "organisation_id",
            "period_id",
            unique=True,
            sqlite_where=text("replaces_id IS NULL"),
            postgresql_where=text("replaces_id IS NULL"),
        ),
        CheckConstraint("(replaces_id IS NULL) = (replacement_reason IS NULL)", name="replaces_with_reason"),
    )

    @property
    def approval(self) -> "BoardApproval | None":
        """The board's latest approval; an earlier one no longer counts."""
        return self.approvals[-1] if self.approvals else None


class Narrative(AppendOnly, Base):
    """One version of the words of one section; the highest number is the current one."""

    __tablename__ = "narrative"

    id: Mapped[int] = mapped_column(primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"))
    section: Mapped[str]
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    completed: Mapped[bool]
    written_at: Mapped[datetime]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    statement: Mapped["Statement"] = relationship(back_populates="narratives")
    written_by: Mapped["User"] = relationship()

    __table_args__ = (UniqueConstraint("statement_id", "section", "number"),)


class BoardApproval(AppendOnly, Base):
    """The governing body approved the statement as it then stood: which body, when, under which minute."""

    __tablename__ = "board_approval"

    id: Mapped[int] = mapped_column(primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"), index=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("board_submission.id"), unique=True)
    body: Mapped[str]
    approved_on: Mapped[date]
    minute: Mapped[str]
    # The words and figures that the board saw, and the fingerprint of their content.
    snapshot: Mapped[str] = mapped_column(Text, deferred=True)
    fingerprint: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    statement: Mapped["Statement"] = relationship(back_populates="approvals")
    submission: Mapped["BoardSubmission"] = relationship(back_populates="approval")
    recorded_by: Mapped["User"] = relationship()

    __table_args__ = (
        CheckConstraint("length(body) > 0 AND length(minute) > 0", name="body_and_minute_given"),
        CheckConstraint("length(fingerprint) = 64", name="fingerprint_is_sha256"),
    )


class SignOff(AppendOnly, Base):
    """A signatory's approval of exactly one snapshot, kept with the document made from it."""

    __tablename__ = "sign_off"

    id: Mapped[int] = mapped_column(primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"), unique=True)
    snapshot: Mapped[str] = mapped_column(Text, deferred=True)
    fingerprint: Mapped[str]
    pdf: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    # None for what was signed before it was kept.
    pdf_sha256: Mapped[str | None]
    audit_seq: Mapped[int]
    audit_head: Mapped[str]
    signed_at: Mapped[datetime]
    signed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    statement: Mapped["Statement"] = relationship(back_populates="sign_off")
    signed_by: Mapped["User"] = relationship()

    __table_args__ = (
        CheckConstraint("length(fingerprint) = 64", name="fingerprint_is_sha256"),
        CheckConstraint("length(pdf_sha256) = 64", name="pdf_sha256_is_sha256"),
    )


class Publication(AppendOnly, Base):
    """The day a signed statement was made public."""

    __tablename__ = "publication"

    id: Mapped[int] = mapped_column(primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"), unique=True)
    published_at: Mapped[datetime]
    published_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    statement: Mapped["Statement"] = relationship(back_populates="publication")
    published_by: Mapped["User"] = relationship()
