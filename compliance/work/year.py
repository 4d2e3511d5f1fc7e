"""The year of an integrity lead: requirements to judge, returns to send."""

from datetime import date
from functools import cache

from sqlalchemy import Select, select

from compliance import clock
from compliance.access import ME, TODAY, asked_by, in_force, my_organisations
from compliance.assessments.queries import left_of, left_to_judge, owing, to_send_again
from compliance.db import db
from compliance.models import Membership, Organisation, ReportingPeriod, Return, ReturnReopening, User
from compliance.permissions import Permission, roles_with
from compliance.rules.assessments import return_state
from compliance.terms import ReturnState, Standing, Waiting
from compliance.work.items import SHOWN, Item, Pile


def judging(by: User, period: ReportingPeriod) -> Pile:
    """Returns that are not sent, with what is left to judge; and what their own organisations have to judge.

    An organisation below that owes no return is nobody's work here.
    """
    today, permission = clock.today(), Permission.ASSESSMENT_ANSWER
    me, items = asked_by(by), []
    rows = db.session.execute(asked_of_me(permission), {"period": period.id, **me}).unique()
    for one, sent, owed, funds, judged in rows:
        left = left_of(funds, judged)
        if owed and sent is None:
            items.append(to_send(one, period, left))
        elif not owed and left:
            items.append(to_judge(one, period, left))
    items += [sent_again(row, today) for row in db.session.scalars(to_send_again(permission), me).unique()]
    items.sort(key=lambda item: item.urgency(today))
    return Pile("assessments", tuple(items[:SHOWN]), len(items), "assessments.index", {"period": period.key})


def to_send(organisation: Organisation, period: ReportingPeriod, left: int) -> Item:
    """One return that is not sent."""
    today = clock.today()
    late = return_state(sent=False, due_on=period.returns_due_on, on=today) is ReturnState.MISSING
    return Item(
        what=f"{counted(left)} and send the return" if left else "Send the return",
        about=f"{organisation.name_on(today)}, {period.label}",
        status=ReturnState.MISSING if late else Waiting.RETURN_DUE,
        on=period.returns_due_on,
        endpoint="assessments.show" if left else "assessments.send_return",
        values={"organisation": organisation.code, "period": period.key},
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
def asked_of_me(permission: Permission) -> Select[Organisation, Return, bool, bool, int]:
    """Whose return is asked, and where ME holds the permission by their own role, not through one above.

    With what tells how many requirements are left to judge.
    """
    held = select(Membership.organisation_id).where(
        Membership.user_id == ME,
        Membership.role.in_(roles_with(permission)),
        *in_force(Membership, TODAY),
    )
    found = owing(my_organisations(permission), also=Organisation.id.in_(held))
    return found.add_columns(*left_to_judge()).order_by(Organisation.id)
