"""Research projects: what was registered, when, by whom, and what it involves."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from compliance import terms
from compliance.db import Base

if TYPE_CHECKING:
    from compliance.models.account import User
    from compliance.models.approval import Approval
    from compliance.models.area import AreaOfInterest
    from compliance.models.check import Check
    from compliance.models.exemption import Exemption
    from compliance.models.organisation import Organisation


class Project(Base):
    """A piece of research; a draft until it is registered. What is not known stays empty."""

    __tablename__ = "project"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    title: Mapped[str]
    summary: Mapped[str | None] = mapped_column(Text)
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    funder: Mapped[str | None]
    tier: Mapped[terms.Tier | None]
    stage: Mapped[terms.Stage | None]
    # Hoped for at registration; planned only once nothing binding stands in the way; begun is a fact.
    expected_start_on: Mapped[date | None]
    expected_end_on: Mapped[date | None]
    planned_start_on: Mapped[date | None]
    started_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    # Why fieldwork began although something binding was missing.
    start_exception: Mapped[str | None] = mapped_column(Text)
    scope_decision: Mapped[terms.ScopeDecision | None]
    scope_reason: Mapped[terms.ScopeReason | None]
    scope_note: Mapped[str | None] = mapped_column(Text)
    # Whether it creates new knowledge in a systematic way: the usual test of research.
    new_knowledge: Mapped[terms.Tick | None]
    areas_of_interest: Mapped[str | None] = mapped_column(Text)
    interests_declared: Mapped[bool | None]
    interests: Mapped[str | None] = mapped_column(Text)
    protocol_plan: Mapped[str | None] = mapped_column(Text)
    protocol_published_on: Mapped[date | None]
    protocol_address: Mapped[str | None]
    publication_plan: Mapped[str | None] = mapped_column(Text)
    results_published_on: Mapped[date | None]
    results_address: Mapped[str | None]
    # Where the facts of a real project come from, and that nothing else is known.
    source_note: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    registered_at: Mapped[datetime | None]
    registered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    version: Mapped[int] = mapped_column()

    organisation: Mapped["Organisation"] = relationship()
    lead: Mapped["User | None"] = relationship(foreign_keys=[lead_id])
    created_by: Mapped["User"] = relationship(foreign_keys=[created_by_id])
    registered_by: Mapped["User | None"] = relationship(foreign_keys=[registered_by_id])
    partners: Mapped[list["Partner"]] = relationship(
        back_populates="project", order_by="Partner.id", cascade="all, delete-orphan"
    )
    intake: Mapped[list["IntakeAnswer"]] = relationship(
        back_populates="project", cascade="all, delete-orphan"
    )
    pillars: Mapped[list["PillarPlan"]] = relationship(back_populates="project", cascade="all, delete-orphan")
    challenges: Mapped[list["ProjectChallenge"]] = relationship(
        back_populates="project", cascade="all, delete-orphan"
    )
    roles: Mapped[list["ProjectRole"]] = relationship(
        back_populates="project", order_by="ProjectRole.id", cascade="all, delete-orphan"
    )
    areas: Mapped[list["ProjectArea"]] = relationship(
        back_populates="project", order_by="ProjectArea.id", cascade="all, delete-orphan"
    )
    checks: Mapped[list["Check"]] = relationship(back_populates="project", order_by="Check.requirement_code")
    exemptions: Mapped[list["Exemption"]] = relationship(back_populates="project", order_by="Exemption.id")
    approvals: Mapped[list["Approval"]] = relationship(back_populates="project", order_by="Approval.id")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("id", "organisation_id"),
        Index(None, "organisation_id", "registered_at"),
        CheckConstraint("length(title) > 0", name="title_given"),
        CheckConstraint(
            "(registered_at IS NULL) = (registered_by_id IS NULL)", name="registered_at_with_registered_by"
        ),
        CheckConstraint(
            "scope_decision IS NULL OR scope_decision = 'in_scope' OR scope_reason IS NOT NULL",
            name="out_of_scope_with_reason",
        ),
        CheckConstraint(
            "expected_end_on IS NULL OR expected_start_on IS NULL OR expected_end_on >= expected_start_on",
            name="expected_end_after_start",
        ),
        CheckConstraint(
            "ended_on IS NULL OR (started_on IS NOT NULL AND ended_on >= started_on)",
            name="ended_after_started",
        ),
        CheckConstraint(
            "NOT interests_declared OR (interests IS NOT NULL AND length(interests) > 0)",
            name="interests_described",
        ),
    )


class Partner(Base):
    """A body that a project works with."""

    __tablename__ = "partner"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    kind: Mapped[terms.PartnerKind]
    name: Mapped[str]
    charter: Mapped[terms.CharterStatus | None]

    project: Mapped["Project"] = relationship(back_populates="partners")

    __table_args__ = (
        CheckConstraint("length(name) > 0", name="name_given"),
        CheckConstraint("(kind = 'supplier') = (charter IS NOT NULL)", name="charter_for_suppliers"),
    )


class IntakeAnswer(Base):
    """What a project involves, one question each; no row means not answered."""

    __tablename__ = "intake_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    involvement: Mapped[terms.Involvement]
    answer: Mapped[terms.Tick]

    project: Mapped["Project"] = relationship(back_populates="intake")

    __table_args__ = (UniqueConstraint("project_id", "involvement"),)


class PillarPlan(Base):
    """How a project stands to one open-science pillar; no row means not known."""

    __tablename__ = "pillar_plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    pillar: Mapped[terms.Pillar]
    answer: Mapped[terms.PillarAnswer]

    project: Mapped["Project"] = relationship(back_populates="pillars")

    __table_args__ = (UniqueConstraint("project_id", "pillar"),)


class ProjectChallenge(Base):
    """An enduring challenge of the areas of research interest that a project serves."""

    __tablename__ = "project_challenge"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    challenge: Mapped[terms.EnduringChallenge]

    project: Mapped["Project"] = relationship(back_populates="challenges")

    __table_args__ = (UniqueConstraint("project_id", "challenge"),)


class ProjectRole(Base):
    """One thing that the organisation does in a project; no row at all means not said."""

    __tablename__ = "project_role"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    role: Mapped[terms.ResearchRole]

    project: Mapped["Project"] = relationship(back_populates="roles")

    __table_args__ = (UniqueConstraint("project_id", "role"),)


class ProjectArea(Base):
    """An area of research interest that a project serves."""

    __tablename__ = "project_area"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    area_id: Mapped[int] = mapped_column(ForeignKey("area_of_interest.id"), index=True)

    project: Mapped["Project"] = relationship(back_populates="areas")
    area: Mapped["AreaOfInterest"] = relationship(lazy="joined", innerjoin=True)

    __table_args__ = (UniqueConstraint("project_id", "area_id"),)
