"""Saved filters, read: only ever one's own."""

from collections.abc import Sequence

from sqlalchemy import select
from werkzeug.exceptions import NotFound

from compliance.db import db
from compliance.models import SavedView, User


def saved_for(endpoint: str, *, by: User) -> Sequence[SavedView]:
    """The filters that this person keeps for a list, by name; one query."""
    found: Sequence[SavedView] = db.session.scalars(
        select(SavedView)
        .where(SavedView.owner_id == by.id, SavedView.endpoint == endpoint)
        .order_by(SavedView.name)
    ).all()
    return found


def all_saved(*, by: User) -> Sequence[SavedView]:
    """Every filter that this person keeps, by list and name."""
    found: Sequence[SavedView] = db.session.scalars(
        select(SavedView).where(SavedView.owner_id == by.id).order_by(SavedView.endpoint, SavedView.name)
    ).all()
    return found


def get_saved(number: int, *, by: User) -> SavedView:
    """One filter; NotFound when it is somebody else's."""
    found: SavedView | None = db.session.scalar(
        select(SavedView).where(SavedView.id == number, SavedView.owner_id == by.id)
    )
    if found is None:
        raise NotFound
    return found
