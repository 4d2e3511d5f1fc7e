"""What is worked out from the records when they change, so that lists and boards need not ask them all.

These rows are no records: they leave no line in the audit trail, and `approvals recount` makes them again.
Only compliance.derived writes them, in the transaction of the change.
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from compliance.db import Base
from compliance.terms import Outcome, Standing


class Cover(Base):
    """Days of a project between two changes: whether everything binding had been decided and stood.

    The spells of a project follow each other without a gap from the first day to the last of the calendar.
    """

    __tablename__ = "cover"

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), primary_key=True)
    from_on: Mapped[date] = mapped_column(primary_key=True)
    until_on: Mapped[date]
    decided: Mapped[bool]
    # Decided, and every condition for the start met.
    settled: Mapped[bool]

    __table_args__ = (
        CheckConstraint("until_on > from_on", name="until_after_from"),
        CheckConstraint("decided OR NOT settled", name="settled_when_decided"),
    )


# Boards count today, and whose checks are late, from indexes alone: a row is many times as wide.
DUE = ("first_due_on", "last_due_on", "unanswered", "alarm_from_on")


class ProjectStanding(Base):
    """What lists and boards ask of a project, in a row narrow enough to read all of them at once."""

    __tablename__ = "project_standing"

    project_id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int]
    # Registered, and in or partly in scope.
    counted: Mapped[bool]
    started_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    decided_first: Mapped[bool]
    protocol_first: Mapped[bool]
    results_public: Mapped[bool]
    # From this day on, fieldwork runs without something binding; empty while that cannot be.
    alarm_from_on: Mapped[date | None]
    # Checks without an answer: how many, and the first and the last day on which one is due.
    unanswered: Mapped[int]
    first_due_on: Mapped[date | None]
    last_due_on: Mapped[date | None]
    not_met: Mapped[int]

    __table_args__ = (
        ForeignKeyConstraint(
            ["project_id", "organisation_id"], ["project.id", "project.organisation_id"], onupdate="CASCADE"
        ),
        Index(None, "alarm_from_on"),
        Index("ix_project_standing_today", "organisation_id", "counted", "started_on", "ended_on", *DUE),
        Index("ix_project_standing_due", "first_due_on", "organisation_id", "counted", *DUE[1:3]),
        # Boards count what began and what ended in each period from these alone.
        Index(
            "ix_project_standing_begun",
            "organisation_id",
            "started_on",
            "counted",
            "decided_first",
            "protocol_first",
        ),
        Index("ix_project_standing_over", "organisation_id", "ended_on", "counted", "results_public"),
        # The list of projects with a check that is not met, those with an exception apart.
        Index("ix_project_standing_not_met", "organisation_id", "not_met", "alarm_from_on"),
        CheckConstraint(
            "alarm_from_on IS NULL OR "
            "(counted AND ended_on IS NULL AND started_on IS NOT NULL AND alarm_from_on >= started_on)",
            name="alarm_while_it_runs",
        ),
        CheckConstraint(
            "(unanswered = 0) = (first_due_on IS NULL) AND (unanswered = 0) = (last_due_on IS NULL)",
            name="due_while_unanswered",
        ),
    )


class ApprovalStanding(Base):
    """The decision of an approval that counts today, and the first of its conditions that is due."""

    __tablename__ = "approval_standing"

    approval_id: Mapped[int] = mapped_column(ForeignKey("approval.id"), primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    # Its project is in scope and has not ended.
    live: Mapped[bool]
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    outcome: Mapped[Outcome | None]
    expires_on: Mapped[date | None]
    # Of conditions not met, of any decision that was not corrected.
    condition_due_on: Mapped[date | None]

    __table_args__ = (
        Index(None, "project_id"),
        Index(None, "outcome"),
        Index(None, "live", "expires_on"),
        Index(None, "condition_due_on"),
        CheckConstraint("(decision_id IS NULL) = (outcome IS NULL)", name="outcome_of_a_decision"),
        CheckConstraint("expires_on IS NULL OR decision_id IS NOT NULL", name="end_of_a_decision"),
    )


class CheckTally(Base):
    """How many checks of an organisation's projects stand so to a commitment, and of how many projects."""

    __tablename__ = "check_tally"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    commitment: Mapped[str] = mapped_column(primary_key=True)
    standing: Mapped[Standing] = mapped_column(primary_key=True)
    checks: Mapped[int]
    projects: Mapped[int]

    __table_args__ = (CheckConstraint("projects > 0 AND checks >= projects", name="counted"),)
