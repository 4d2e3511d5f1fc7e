"""A role that owns nothing can use the whole service, and has no right to touch history."""

from contextlib import contextmanager

import psycopg
import pytest
from sqlalchemy import event, select, text
from sqlalchemy.exc import ProgrammingError

from compliance import audit
from compliance.config import ROOT
from compliance.db import db
from compliance.models import Project
from compliance.terms import Role
from tests.conftest import Sqlite

GRANTS = ROOT / "compliance" / "migrations" / "grants.sql"


@contextmanager
def as_service():
    """Every connection of the service is of the role that the grants make."""

    def become(connection: psycopg.Connection, _record: object) -> None:
        connection.execute("SET ROLE compliance_service")
        connection.commit()

    db.session.remove()
    db.engine.dispose()
    event.listen(db.engine, "connect", become)
    try:
        yield
    finally:
        event.remove(db.engine, "connect", become)
        db.session.remove()
        db.engine.dispose()


def refused(statement: str) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        db.session.execute(text(statement))
    db.session.rollback()


def test_the_service_works_with_no_right_to_touch_history(client, make, store):
    person = make.user(Role.RESEARCH_LEAD, make.tree()["northmoor"])
    if isinstance(store, Sqlite):
        return  # SQLite knows no roles.
    db.session.rollback()
    with psycopg.connect(f"host={store.folder} user=test dbname=working") as owner:
        owner.execute(GRANTS.read_text("utf-8"))
    client.sign_in(person)
    with as_service():
        answers = {"title": "A title", "organisation_code": "northmoor"}
        assert client.fill("/projects/new", answers).status_code == 302
        assert db.session.scalar(select(Project.title)) == "A title"
        for table, column in (("audit_event", "actor"), ("answer", "note"), ("sign_off", "snapshot")):
            refused(f'UPDATE "{table}" SET {column} = {column}')
            for verb in ("DELETE FROM", "TRUNCATE", "DROP TABLE"):
                refused(f'{verb} "{table}"')
        refused("ALTER TABLE audit_event DISABLE TRIGGER ALL")
        assert audit.verify()[1] is None
