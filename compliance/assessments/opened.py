"""The return of an organisation with how often it was sent and opened again."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from compliance.db import db
from compliance.models import FrozenReturn, Return, ReturnReopening


def first_return(organisation_id: int, period_id: int) -> Return | None:
    """The return that an organisation sent for a period, open again or not; None when it never sent one."""
    found: Return | None = db.session.scalar(
        select(Return)
        .where(Return.organisation_id == organisation_id, Return.period_id == period_id)
        .options(
            joinedload(Return.sent_by),
            selectinload(Return.frozen).defer(FrozenReturn.content),
            selectinload(Return.reopenings).joinedload(ReturnReopening.reopened_by),
        )
        .execution_options(populate_existing=True)
    )
    return found


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
