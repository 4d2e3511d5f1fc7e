"""Random samples of approvals in force, and what was found of each."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.db import AppendOnly, Base
from compliance.terms import ConditionsKept, ProtocolKept

if TYPE_CHECKING:
    from compliance.models.account import User
    from compliance.models.approval import Approval
    from compliance.models.organisation import Organisation


class Sample(AppendOnly, Base):
    """One draw: by which seed, how many of how many, and the fingerprint of what it was drawn from."""

    __tablename__ = "sample"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    seed: Mapped[str]
    size: Mapped[int]
    population: Mapped[int]
    fingerprint: Mapped[str]
    drawn_at: Mapped[datetime]
    drawn_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    organisation: Mapped["Organisation"] = relationship()
    drawn_by: Mapped["User"] = relationship()
    approvals: Mapped[list["SampledApproval"]] = relationship(
        back_populates="sample", order_by="SampledApproval.place"
    )

    __table_args__ = (
        CheckConstraint("size > 0 AND size <= population", name="size_within_population"),
        CheckConstraint("length(seed) > 0", name="seed_given"),
        CheckConstraint("length(fingerprint) = 64", name="fingerprint_is_sha256"),
    )


class SampledApproval(AppendOnly, Base):
    """An approval that a sample drew, at its place in the draw."""

    __tablename__ = "sampled_approval"

    id: Mapped[int] = mapped_column(primary_key=True)
    sample_id: Mapped[int] = mapped_column(ForeignKey("sample.id"))
    approval_id: Mapped[int] = mapped_column(ForeignKey("approval.id"), index=True)
    place: Mapped[int]

    sample: Mapped["Sample"] = relationship(back_populates="approvals")
    approval: Mapped["Approval"] = relationship()
    responses: Mapped[list["SampleResponse"]] = relationship(
        back_populates="sampled", order_by="SampleResponse.id"
    )

    __table_args__ = (
        UniqueConstraint("sample_id", "approval_id"),
        UniqueConstraint("sample_id", "place"),
        CheckConstraint("place >= 1", name="place_from_one"),
    )


class SampleResponse(AppendOnly, Base):
    """What somebody found of a sampled approval; the latest counts, the earlier ones stay."""

    __tablename__ = "sample_response"

    id: Mapped[int] = mapped_column(primary_key=True)
    sampled_id: Mapped[int] = mapped_column(ForeignKey("sampled_approval.id"), index=True)
    protocol: Mapped[ProtocolKept]
    conditions: Mapped[ConditionsKept]
    note: Mapped[str | None] = mapped_column(Text)
    responded_at: Mapped[datetime]
    responded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    sampled: Mapped["SampledApproval"] = relationship(back_populates="responses")
    responded_by: Mapped["User"] = relationship()

    __table_args__ = (
        CheckConstraint(
            "(protocol <> 'no' AND conditions <> 'no') OR (note IS NOT NULL AND length(note) > 0)",
            name="a_no_with_its_reason",
        ),
    )
