"""Approvals that a project seeks: application, decisions, conditions, modifications, and each step."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance.db import AppendOnly, Base
from compliance.terms import ApprovalState, ApprovalStep, ModificationKind, Outcome

if TYPE_CHECKING:
    from compliance.models.account import User
    from compliance.models.body import OwnBody
    from compliance.models.evidence import Evidence
    from compliance.models.project import Project


def only(where: str) -> dict[str, Any]:
    """The parameters of an index that holds only some rows."""
    return dict.fromkeys(("sqlite_where", "postgresql_where"), text(where))


class Approval(Base):
    """One approval of one project by one body, from the day it is known to be needed."""

    __tablename__ = "approval"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    project_id: Mapped[int]
    organisation_id: Mapped[int]
    body_key: Mapped[str]
    body_name: Mapped[str]
    own_body_id: Mapped[int | None] = mapped_column(ForeignKey("own_body.id"))
    binding: Mapped[bool]
    # Why it is needed, by which rule and answers; none when someone added it by hand.
    reason: Mapped[str | None] = mapped_column(Text)
    rule: Mapped[str | None]
    rule_version: Mapped[str | None]
    rule_answers: Mapped[str | None] = mapped_column(Text)
    body_reference: Mapped[str | None]
    applied_on: Mapped[date | None]
    # Where its events lead, so that lists need not replay them; only approvals.history writes it.
    stage: Mapped[ApprovalState] = mapped_column(default=ApprovalState.NEEDED)
    # What the body asks besides, by the keys of its own questions.
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("approval.id"), unique=True)
    response: Mapped[str | None] = mapped_column(Text)
    responded_at: Mapped[datetime | None]
    responded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    version: Mapped[int] = mapped_column()

    project: Mapped["Project"] = relationship(back_populates="approvals")
    own_body: Mapped["OwnBody | None"] = relationship(lazy="joined")
    replaces: Mapped["Approval | None"] = relationship(
        back_populates="replaced_by", remote_side="Approval.id"
    )
    replaced_by: Mapped["Approval | None"] = relationship(back_populates="replaces")
    events: Mapped[list["ApprovalEvent"]] = relationship(
        back_populates="approval", order_by="ApprovalEvent.number"
    )
    decisions: Mapped[list["Decision"]] = relationship(
        back_populates="approval", order_by="Decision.decided_on, Decision.id"
    )
    modifications: Mapped[list["Modification"]] = relationship(
        back_populates="approval", order_by="Modification.number"
    )
    # What supports it now; attached and detached through EvidenceUse.
    evidence: Mapped[list["Evidence"]] = relationship(
        secondary="evidence_use",
        primaryjoin="and_(Approval.id == EvidenceUse.approval_id, EvidenceUse.ended_at.is_(None))",
        secondaryjoin="EvidenceUse.evidence_id == Evidence.id",
        order_by="Evidence.id",
        viewonly=True,
    )
    created_by: Mapped["User"] = relationship(foreign_keys=[created_by_id])
    responded_by: Mapped["User | None"] = relationship(foreign_keys=[responded_by_id])

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        ForeignKeyConstraint(
            ["project_id", "organisation_id"], ["project.id", "project.organisation_id"], onupdate="CASCADE"
        ),
        Index(None, "project_id"),
        Index(None, "organisation_id", "binding"),
        # My work takes the oldest application of a stage from it.
        Index(None, "organisation_id", "stage", "applied_on"),
        Index(None, "body_key", "stage"),
        # Almost always empty: SQLite uses an index of such a column only when it leaves out what is empty.
        Index(None, "own_body_id", **only("own_body_id IS NOT NULL")),
        Index(None, "replaces_id", **only("replaces_id IS NOT NULL")),
        CheckConstraint(
            "(responded_at IS NULL) = (responded_by_id IS NULL)", name="responded_at_with_responded_by"
        ),
        CheckConstraint("(responded_at IS NULL) = (response IS NULL)", name="responded_at_with_response"),
    )


class ApprovalEvent(AppendOnly, Base):
    """One step in the life of an approval: what happened, on which day, and who recorded it when."""

    __tablename__ = "approval_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    approval_id: Mapped[int] = mapped_column(ForeignKey("approval.id"))
    number: Mapped[int]
    step: Mapped[ApprovalStep]
    happened_on: Mapped[date]
    note: Mapped[str | None] = mapped_column(Text)
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"), index=True)
    modification_id: Mapped[int | None] = mapped_column(ForeignKey("modification.id"), index=True)
    # What the body decided on a modification.
    outcome: Mapped[Outcome | None]
    own_word: Mapped[str | None]
    # From when a modification is in use, as far as it was known with this step.
    in_use_on: Mapped[date | None]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    approval: Mapped["Approval"] = relationship(back_populates="events")
    decision: Mapped["Decision | None"] = relationship()
    modification: Mapped["Modification | None"] = relationship(back_populates="events")
    recorded_by: Mapped["User"] = relationship()

    __table_args__ = (
        UniqueConstraint("approval_id", "number"),
        Index(None, "approval_id", "step", "happened_on"),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint(
            "step = 'modification_decided' OR (step IN ('decided', 'corrected')) = (decision_id IS NOT NULL)",
            name="decision_with_its_step",
        ),
        CheckConstraint(
            "(substr(step, 1, 13) = 'modification_') = (modification_id IS NOT NULL)",
            name="modification_with_its_step",
        ),
        CheckConstraint(
            "(step = 'modification_decided') = (outcome IS NOT NULL)", name="outcome_of_a_modification"
        ),
        CheckConstraint("in_use_on IS NULL OR modification_id IS NOT NULL", name="in_use_is_a_modification"),
    )


class Decision(AppendOnly, Base):
    """What the body decided, on a date, in its own word and in ours; a correction names what it corrects."""

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    approval_id: Mapped[int] = mapped_column(ForeignKey("approval.id"), index=True)
    outcome: Mapped[Outcome]
    own_word: Mapped[str | None]
    decided_on: Mapped[date]
    expires_on: Mapped[date | None]
    note: Mapped[str | None] = mapped_column(Text)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"), unique=True)
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    approval: Mapped["Approval"] = relationship(back_populates="decisions")
    recorded_by: Mapped["User"] = relationship()
    conditions: Mapped[list["Condition"]] = relationship(back_populates="decision", order_by="Condition.id")

    __table_args__ = (
        Index(None, "expires_on"),
        CheckConstraint("expires_on IS NULL OR expires_on >= decided_on", name="expires_after_decision"),
        CheckConstraint(
            "outcome <> 'not_required' OR (note IS NOT NULL AND length(note) > 0)",
            name="not_required_with_reason",
        ),
        CheckConstraint("corrects_id IS NULL OR note IS NOT NULL", name="correction_with_reason"),
    )


class Condition(Base):
    """Something a decision requires, later shown to be met."""

    __tablename__ = "condition"

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    before_start: Mapped[bool]
    due_on: Mapped[date | None]
    # Who sees to it; empty means the project's lead.
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    # The day on which it was met; `met_at` is when somebody recorded that.
    met_on: Mapped[date | None]
    met_at: Mapped[datetime | None]
    met_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    met_note: Mapped[str | None] = mapped_column(Text)
    met_evidence_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))

    decision: Mapped["Decision"] = relationship(back_populates="conditions")
    owner: Mapped["User | None"] = relationship(foreign_keys=[owner_id])
    met_by: Mapped["User | None"] = relationship(foreign_keys=[met_by_id])
    met_evidence: Mapped["Evidence | None"] = relationship()

    __table_args__ = (
        # Only of those not met, which are few.
        Index(None, "due_on", **only("met_at IS NULL")),
        CheckConstraint("length(text) > 0", name="text_given"),
        CheckConstraint("(met_at IS NULL) = (met_by_id IS NULL)", name="met_at_with_met_by"),
        CheckConstraint("(met_at IS NULL) = (met_note IS NULL)", name="met_at_with_note"),
        CheckConstraint("(met_at IS NULL) = (met_on IS NULL)", name="met_at_with_met_on"),
        CheckConstraint("met_evidence_id IS NULL OR met_at IS NOT NULL", name="evidence_of_what_is_met"),
    )


class Modification(AppendOnly, Base):
    """A change to what was approved, as it was sent or noted; its decision is an event of its own."""

    __tablename__ = "modification"

    id: Mapped[int] = mapped_column(primary_key=True)
    approval_id: Mapped[int] = mapped_column(ForeignKey("approval.id"))
    number: Mapped[int]
    kind: Mapped[ModificationKind]
    description: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    urgent: Mapped[bool]
    body_reference: Mapped[str | None]
    notify_bodies: Mapped[str | None] = mapped_column(Text)
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    approval: Mapped["Approval"] = relationship(back_populates="modifications")
    recorded_by: Mapped["User"] = relationship()
    events: Mapped[list["ApprovalEvent"]] = relationship(
        back_populates="modification", order_by="ApprovalEvent.number"
    )

    __table_args__ = (
        UniqueConstraint("approval_id", "number"),
        CheckConstraint(
            "length(description) > 0 AND length(reason) > 0", name="description_and_reason_given"
        ),
    )
