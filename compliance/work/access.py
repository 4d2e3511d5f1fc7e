"""Roles that an administrator is to look at again."""

from compliance import clock
from compliance.accounts.queries import access_to_review
from compliance.models import User
from compliance.rules.accounts import REVIEW_TOLD
from compliance.terms import Waiting
from compliance.work.items import Item, Pile


def to_review(by: User) -> Pile:
    """One thing to do while roles of others are due for review within 30 days or late."""
    today = clock.today()
    due = [
        one
        for one in access_to_review(by=by)
        if one.due_on <= today + REVIEW_TOLD and one.membership.user_id != by.id
    ]
    if not due:
        return Pile("roles to review")
    first = due[0].due_on
    item = Item(
        what="Review who has access",
        about=f"{len(due)} roles to confirm or end" if len(due) > 1 else "1 role to confirm or end",
        status=Waiting.LATE if first < today else Waiting.REVIEW_DUE,
        on=first,
        endpoint="access.index",
        values={},
    )
    return Pile("roles to review", (item,), 1)
