"""The return of an organisation with how often it was sent and opened again."""

from sqlalchemy import select
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
