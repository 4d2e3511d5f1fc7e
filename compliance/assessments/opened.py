"""The return of an organisation: whether it is owed, how often it was sent and opened again."""

from functools import cache, lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, exists, false, func, or_, select
from sqlalchemy.orm import joinedload

from compliance.access import Day
from compliance.assessments.asked import PERIOD
from compliance.db import db
from compliance.models import FrozenReturn, Organisation, ReportingPeriod, Return, ReturnReopening


def first_return(organisation_id: int, period_id: int) -> Return | None:
    """The return that an organisation sent for a period, open again or not; None when it never sent one."""
    given = {"organisation": organisation_id, "period": period_id}
    found: Return | None = db.session.scalars(return_given(), given).unique().one_or_none()
    return found


@cache
def return_given() -> Select[Return]:
    """The return of the `organisation` for the `period` that are given, read afresh; built once."""
    mine = Return.organisation_id == bindparam("organisation", type_=Integer())
    return (
        select(Return)
        .where(mine, Return.period_id == PERIOD)
        # A return is sent once, or a few times: all of it is few rows.
        .options(
            joinedload(Return.sent_by),
            joinedload(Return.frozen).defer(FrozenReturn.content),
            joinedload(Return.reopenings).joinedload(ReturnReopening.reopened_by),
        )
        .execution_options(populate_existing=True)
    )


def is_open(sent: Return) -> bool:
    """Whether a return was opened again and not sent since."""
    return any(row.after == len(sent.frozen) for row in sent.reopenings)


def open_again() -> Select[ReturnReopening]:
    """Every reopening after which its return was not sent, with that, its organisation and its period."""
    times = (
        select(func.count(FrozenReturn.id))
        .where(FrozenReturn.return_id == ReturnReopening.return_id)
        .scalar_subquery()
    )
    whole = joinedload(ReturnReopening.of)
    return (
        select(ReturnReopening)
        .join(Return, Return.id == ReturnReopening.return_id)
        .where(ReturnReopening.after == times)
        .options(whole.joinedload(Return.organisation), whole.joinedload(Return.period))
        .order_by(ReturnReopening.due_on, ReturnReopening.id)
    )


def return_owed(period: Any) -> ColumnElement[bool]:
    """Condition on Organisation beside an outer-joined Return: a return for the period is asked of it.

    A return that was sent counts even where none was asked. A period is a row or its class.
    """
    return or_(Organisation.returns_from_on <= period.ends_on, Return.id.is_not(None))


def return_missing(organisation_id: Any, period: Any, on: Day) -> ColumnElement[bool]:
    """Condition on a column with an organisation: it owes a return for a period, late on a day."""
    owed = and_(Organisation.id == organisation_id, Organisation.returns_from_on <= period.ends_on)
    sent = and_(Return.organisation_id == organisation_id, Return.period_id == period.id)
    asked = exists().where(owed).correlate_except(Organisation)
    return and_(period.returns_due_on < on, asked, ~exists().where(sent).correlate_except(Return))


@lru_cache(maxsize=32)
def owing(
    organisations: Select[int], also: ColumnElement[bool] | None = None
) -> Select[Organisation, Return, bool]:
    """Every organisation of the subquery that owes a return for PERIOD, the return, and that it owes it.

    Those of another condition on Organisation stand among them where it is given.
    """
    owed = func.coalesce(return_owed(ReportingPeriod), false())
    return (
        select(Organisation, Return, owed)
        .select_from(Organisation)
        .join(ReportingPeriod, ReportingPeriod.id == PERIOD)
        .outerjoin(Return, and_(Return.organisation_id == Organisation.id, Return.period_id == PERIOD))
        .where(Organisation.id.in_(organisations), owed if also is None else or_(owed, also))
        .options(joinedload(Organisation.names), joinedload(Return.sent_by))
    )
