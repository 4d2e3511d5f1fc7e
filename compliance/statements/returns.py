"""The organisations that a statement speaks for, their named leads, and who sent a return."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from compliance.access import organisations_below
from compliance.db import db
from compliance.models import Organisation, Return
from compliance.rules.assessments import owes_return
from compliance.rules.periods import Period
from compliance.terms import ContactRole

State = Literal["sent", "missing", "not_due"]


@dataclass(frozen=True)
class Member:
    """One organisation of the tree as it was on the last day of the period."""

    id: int
    code: str
    name: str
    state: State
    sent_on: date | None
    senior_lead: str
    first_contact: str
    invented: bool

    @property
    def both_named(self) -> bool:
        """Whether both roles were filled, by a person or a mailbox."""
        return {self.senior_lead, self.first_contact} <= {"Named", "Mailbox"}


@dataclass(frozen=True)
class Tree:
    """Whose statement it is, and every organisation below it."""

    root: Member
    below: tuple[Member, ...]

    @property
    def asked(self) -> tuple[Member, ...]:
        """Those below that owed a return for the period."""
        return tuple(row for row in self.below if row.state != "not_due")

    @property
    def sent(self) -> tuple[Member, ...]:
        """Those below whose return was received."""
        return tuple(row for row in self.below if row.state == "sent")

    @property
    def missing(self) -> tuple[Member, ...]:
        """Those below whose return was asked for and not received: left out, never counted as zero."""
        return tuple(row for row in self.below if row.state == "missing")

    @property
    def counted(self) -> tuple[Member, ...]:
        """Those whose records are counted."""
        return (self.root, *(row for row in self.below if row.state != "missing"))

    @property
    def invented(self) -> bool:
        """Whether any of it is invented for demonstration."""
        return self.root.invented or any(row.invented for row in self.below)


def tree_on(organisation_id: int, period: Period, period_id: int, today: date) -> Tree:
    """The tree of an organisation for a period, in the order of names; four queries."""
    on = min(period.ends_on, today)
    rows = db.session.scalars(
        select(Organisation)
        .where(Organisation.id.in_(organisations_below(organisation_id, on)))
        .options(selectinload(Organisation.contacts))
    ).all()
    sent: dict[int, date] = {
        row.organisation_id: row.sent_at.date()
        for row in db.session.execute(
            select(Return.organisation_id, Return.sent_at).where(Return.period_id == period_id)
        )
    }
    members = [member(row, period, on, sent.get(row.id)) for row in rows]
    below = sorted((row for row in members if row.id != organisation_id), key=lambda row: row.name)
    return Tree(next(row for row in members if row.id == organisation_id), tuple(below))


def member(organisation: Organisation, period: Period, on: date, sent_on: date | None) -> Member:
    """An organisation as it was on a day."""
    owes = owes_return(organisation.returns_from_on, period.ends_on)
    state: State = "sent" if sent_on else ("missing" if owes else "not_due")
    return Member(
        id=organisation.id,
        code=organisation.code,
        name=organisation.name_on(on),
        state=state,
        sent_on=sent_on,
        senior_lead=named(organisation, ContactRole.SENIOR_LEAD, on, asked=state != "not_due"),
        first_contact=named(organisation, ContactRole.FIRST_CONTACT, on, asked=state != "not_due"),
        invented=organisation.invented,
    )


def named(organisation: Organisation, role: ContactRole, on: date, *, asked: bool) -> str:
    """Whether a role was filled on a day: "Named", "Mailbox" (nobody named behind it) or "Vacant".

    What nobody recorded is "Not provided". An organisation of which nothing was asked has no vacancy.
    """
    people = organisation.contacts_on(on).get(role, [])
    if people:
        return "Named" if any(row.person for row in people) else "Mailbox"
    if not asked:
        return "Not asked"
    return "Vacant" if role in organisation.vacant_on(on) else "Not provided"
