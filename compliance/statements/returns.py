"""The organisations that a statement speaks for, their named leads, and who sent a return."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import and_, literal, select, union_all
from sqlalchemy.orm import joinedload

from compliance.access import organisations_below
from compliance.db import db
from compliance.models import NilYear, Organisation, Return
from compliance.rules.assessments import owes_return
from compliance.rules.periods import Period
from compliance.statements.basis import Year
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
    # Somebody confirmed that the period had no allegation and no completed investigation.
    nil_confirmed: bool

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


def trees_on(organisation_id: int, years: tuple[Year, ...], today: date) -> dict[int, Tree]:
    """The tree of an organisation for each year by its id, in the order of names; one query."""
    days = {year.id: min(year.ends_on, today) for year in years}
    stood = [
        select(
            literal(number).label("year_id"),
            organisations_below(organisation_id, on, f"in_{number}").subquery(),
        )
        for number, on in days.items()
    ]
    each = union_all(*stood).subquery()
    sent = and_(Return.organisation_id == Organisation.id, Return.period_id == each.c.year_id)
    nil = and_(NilYear.organisation_id == Organisation.id, NilYear.period_id == each.c.year_id)
    rows = db.session.execute(
        select(each.c.year_id, Organisation, Return.sent_at, NilYear.id)
        .join(Organisation, Organisation.id == each.c.id)
        .outerjoin(Return, sent)
        .outerjoin(NilYear, nil)
        .options(joinedload(Organisation.names), joinedload(Organisation.contacts))
    )
    found: dict[int, list[Member]] = {year.id: [] for year in years}
    periods = {year.id: year.span for year in years}
    for number, row, sent_at, nil_id in rows.unique():
        sent_on = sent_at.date() if sent_at else None
        found[number].append(member(row, periods[number], days[number], sent_on, nil=nil_id is not None))
    return {number: tree_of(organisation_id, members) for number, members in found.items()}


def tree_of(organisation_id: int, members: list[Member]) -> Tree:
    """The members of a tree, in the order of names."""
    below = sorted((row for row in members if row.id != organisation_id), key=lambda row: row.name)
    return Tree(next(row for row in members if row.id == organisation_id), tuple(below))


def member(
    organisation: Organisation, period: Period, on: date, sent_on: date | None, *, nil: bool
) -> Member:
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
        nil_confirmed=nil,
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
