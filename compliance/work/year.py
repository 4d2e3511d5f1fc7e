"""The year of an integrity lead: requirements to judge, returns to send."""

from datetime import date
from functools import cache

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from compliance import clock
from compliance.access import ME, TODAY, asked_by, in_force, my_organisations
from compliance.assessments.queries import (
    OwedReturn,
    current_period,
    returns_within,
    standings,
    to_send_again,
)
from compliance.db import db
from compliance.models import Membership, Organisation, ReportingPeriod, ReturnReopening, User
from compliance.permissions import Permission, roles_with
from compliance.rules.checks import summed
from compliance.terms import ReturnState, Standing, Waiting
from compliance.work.items import SHOWN, Item, Pile


def judging(by: User) -> Pile:
    """Returns that are not sent, with what is left to judge; and what their own organisations have to judge.

    An organisation below that owes no return is nobody's work here.
    """
    today, permission = clock.today(), Permission.ASSESSMENT_ANSWER
    period = current_period(today)
    if period is None:
        return Pile("assessments")
    scope, me = my_organisations(permission), asked_by(by)
    counts = {number: summed(one.values()) for number, one in standings(period.id, scope, **me).items()}
    owed = returns_within(period, today, scope, **me)
    items = [
        to_send(row, period, counts[row.organisation.id].not_assessed) for row in owed if row.sent is None
    ]
    asked = {row.organisation.id for row in owed}
    items += [
        to_judge(one, period, counts[one.id].not_assessed)
        for one in db.session.scalars(own_organisations(permission), me).unique()
        if one.id not in asked and counts[one.id].not_assessed
    ]
    items += [sent_again(row, today) for row in db.session.scalars(to_send_again(permission), me).unique()]
    items.sort(key=lambda item: item.urgency(today))
    return Pile("assessments", tuple(items[:SHOWN]), len(items), "assessments.index", {"period": period.key})


def to_send(row: OwedReturn, period: ReportingPeriod, left: int) -> Item:
    """One return that is not sent."""
    late = row.state is ReturnState.MISSING
    return Item(
        what=f"{counted(left)} and send the return" if left else "Send the return",
        about=f"{row.organisation.name_on(clock.today())}, {period.label}",
        status=ReturnState.MISSING if late else Waiting.RETURN_DUE,
        on=period.returns_due_on,
        endpoint="assessments.show" if left else "assessments.send_return",
        values={"organisation": row.organisation.code, "period": period.key},
    )


def sent_again(row: ReturnReopening, today: date) -> Item:
    """One return that the organisation above opened again, until it is sent."""
    return Item(
        what="Change the return and send it again",
        about=f"{row.of.organisation.name_on(today)}, {row.of.period.label}",
        status=Waiting.LATE if row.due_on < today else Waiting.RETURN_DUE,
        on=row.due_on,
        why=row.reason,
        endpoint="assessments.show",
        values={"organisation": row.of.organisation.code, "period": row.of.period.key},
    )


def to_judge(organisation: Organisation, period: ReportingPeriod, left: int) -> Item:
    """What an organisation that sends no return has to judge before its statement."""
    return Item(
        what=counted(left),
        about=f"{organisation.name_on(clock.today())}, {period.label}",
        why="The statement waits for it",
        status=Standing.NOT_ASSESSED,
        endpoint="assessments.show",
        values={"organisation": organisation.code, "period": period.key},
    )


def counted(left: int) -> str:
    """How many requirements to judge, as something to do."""
    return "Judge 1 requirement" if left == 1 else f"Judge {left} requirements"


@cache
def own_organisations(permission: Permission) -> Select[Organisation]:
    """Where ME holds the permission by their own role, not through an organisation above."""
    held = select(Membership.organisation_id).where(
        Membership.user_id == ME,
        Membership.role.in_(roles_with(permission)),
        *in_force(Membership, TODAY),
    )
    found = select(Organisation).where(Organisation.id.in_(held)).order_by(Organisation.id)
    return found.options(joinedload(Organisation.names))
