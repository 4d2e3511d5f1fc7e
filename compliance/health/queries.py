"""Whether the database and the store of evidence can be worked with."""

from sqlalchemy.exc import SQLAlchemyError

from compliance.db import db, newest_schema, schema_of
from compliance.storage.store import store


def missing() -> str | None:
    """What is not there that the service needs, in words for anybody; None when all is."""
    try:
        found = schema_of(db.session.connection())
    except SQLAlchemyError:
        db.session.rollback()
        return "the database does not answer"
    if found != newest_schema():
        return "the database is not migrated"
    return None if store.works() else "evidence cannot be kept"
