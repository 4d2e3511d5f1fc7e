"""Whether the database can be worked with."""

from functools import cache

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import SQLAlchemyError

from compliance.config import ROOT
from compliance.db import db


@cache
def heads() -> set[str]:
    """The migrations that this code needs."""
    return set(ScriptDirectory(str(ROOT / "compliance" / "migrations")).get_heads())


def missing() -> str | None:
    """What is wrong with the database, in words for anybody; None when nothing is."""
    try:
        found = set(MigrationContext.configure(db.session.connection()).get_current_heads())
    except SQLAlchemyError:
        db.session.rollback()
        return "the database does not answer"
    return None if found == heads() else "the database is not migrated"
