"""Whether the database and the store of evidence can be worked with."""

from functools import cache

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import SQLAlchemyError

from compliance.config import ROOT
from compliance.db import db
from compliance.storage.store import store


@cache
def heads() -> set[str]:
    """The migrations that this code needs."""
    return set(ScriptDirectory(str(ROOT / "compliance" / "migrations")).get_heads())


def missing() -> str | None:
    """What is not there that the service needs, in words for anybody; None when all is."""
    try:
        found = set(MigrationContext.configure(db.session.connection()).get_current_heads())
    except SQLAlchemyError:
        db.session.rollback()
        return "the database does not answer"
    if found != heads():
        return "the database is not migrated"
    return None if store.works() else "evidence cannot be kept"
