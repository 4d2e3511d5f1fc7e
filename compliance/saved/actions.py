"""Saved filters, kept and deleted."""

from compliance import audit, clock
from compliance.db import db, transaction
from compliance.models import SavedView, User
from compliance.rules.saved import NewView
from compliance.saved.queries import saved_for


def save_view(new: NewView, *, by: User) -> SavedView:
    """Keep a filter under a name; raises RuleBroken."""
    with transaction():
        audit.record("saved_view.added", subject=by, by=by)
        new.check(row.name for row in saved_for(new.endpoint, by=by))
        row = SavedView(
            owner_id=by.id, endpoint=new.endpoint, name=new.name, query=new.query, saved_at=clock.now()
        )
        db.session.add(row)
    return row


def delete_view(view: SavedView, *, by: User) -> None:
    """No longer keep a filter; the records that it showed stay as they are."""
    with transaction():
        audit.record("saved_view.deleted", subject=by, by=by)
        db.session.delete(view)
