"""What people see while the database or the store is gone, read only or full: a whole page, nothing half saved."""

import io
from contextlib import contextmanager

import pytest
from sqlalchemy import event, func, select

from compliance import audit
from compliance.db import db
from compliance.models import Project
from compliance.storage.store import store as evidence_store
from compliance.terms import Role
from tests import postgres
from tests.conftest import Sqlite

# What makes PostgreSQL and SQLite refuse to write. A full disk is not to be had: its server says the same words.
FULL = """
CREATE FUNCTION pg_temp.full() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON project EXECUTE FUNCTION pg_temp.full()
"""
LIMITS = {
    "read only": ("SET default_transaction_read_only = on", "PRAGMA query_only=ON"),
    "full": (FULL, "PRAGMA max_page_count=1"),
}
ENOUGH = 200
WORDS = "The service is not available"


@contextmanager
def gone(store):
    """The database is away."""
    db.session.remove()
    db.engine.dispose()
    if isinstance(store, Sqlite):
        there, away = store.folder / "working.sqlite3", store.folder / "away"
        there.rename(away)
        there.mkdir()
    else:
        store.run(
            "ALTER DATABASE working ALLOW_CONNECTIONS false",
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'working'",
        )
    try:
        yield
    finally:
        if isinstance(store, Sqlite):
            there.rmdir()
            away.rename(there)
        else:
            store.run("ALTER DATABASE working ALLOW_CONNECTIONS true")


@contextmanager
def told(statement: str):
    """Every new connection is told this first, as an operator's mistake or a full disk would."""

    def tell(connection, _record) -> None:
        connection.execute(statement)
        connection.commit()

    db.session.remove()
    db.engine.dispose()
    event.listen(db.engine, "connect", tell)
    try:
        yield
    finally:
        event.remove(db.engine, "connect", tell)
        db.engine.dispose()


def count(model) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


@pytest.fixture
def lead(client, make):
    person = make.user(Role.RESEARCH_LEAD, make.tree()["northmoor"])
    client.sign_in(person)
    return person


@pytest.mark.parametrize("path", ["/projects", "/published", "/my-work"])
def test_a_database_that_is_gone_gives_a_whole_page_and_comes_back_without_hands(client, store, lead, path):
    before = client.get(path).status_code
    with gone(store):
        answer = client.get(path)
        assert (answer.status_code, WORDS in answer.text) == (503, True)
        watcher = client.application.test_client()
        assert watcher.get("/health").status_code == 200
        assert watcher.get("/health/ready").status_code == 503
    assert client.get(path).status_code == before


def test_a_server_that_died_and_came_back_is_not_felt_and_nothing_is_lost(client, store, lead):
    if not isinstance(store, Sqlite):
        # As on a real server; the tests' own forgets what it was told last when it dies.
        store.run("ALTER DATABASE working SET synchronous_commit = on")
        db.session.remove()
        db.engine.dispose()
    page, title = client.get("/projects/new"), {"title": "A title", "organisation_code": "northmoor"}
    assert client.send(page, title).status_code == 302
    if isinstance(store, Sqlite):
        with gone(store):
            pass
    else:
        postgres.restart(store.folder)
    assert client.send(page, {**title, "title": "Another title"}).status_code == 302
    assert [row.title for row in db.session.scalars(select(Project).order_by(Project.id))] == [
        *("A title", "Another title")
    ]
    assert audit.verify()[1] is None


@pytest.mark.parametrize("limit", ["read only", "full"])
def test_a_database_that_cannot_write_says_so_and_nothing_is_half_saved(client, store, lead, limit):
    page, title = client.get("/projects/new"), {"title": "A title", "organisation_code": "northmoor"}
    saved = count(Project)
    with told(LIMITS[limit][isinstance(store, Sqlite)]):
        answers = []
        # What still fits into the pages of the file is saved, whole.
        while len(answers) < ENOUGH and (not answers or answers[-1].status_code == 302):
            answers.append(client.send(page, title))
        assert (answers[-1].status_code, WORDS in answers[-1].text) == (503, True)
    assert count(Project) == saved + len(answers) - 1
    assert audit.verify()[1] is None
    assert client.send(page, title).status_code == 302


def test_a_store_that_is_gone_refuses_the_file_beside_its_field_and_keeps_the_words(
    client, make, monkeypatch, tmp_path
):
    tree = make.tree()
    person = make.user(Role.RESEARCH_LEAD, tree["northmoor"])
    project = make.project(tree["northmoor"], person)
    client.sign_in(person)
    (tmp_path / "no folder").write_text("a file stands where the folder was")
    monkeypatch.setattr(evidence_store.inner, "folder", tmp_path / "no folder")
    answers = {
        "standing": "met",
        "note": "See the protocol",
        "evidence_file": (io.BytesIO(b"%PDF-1.7\n1 0 obj\n"), "letter.pdf"),
    }
    page = client.fill(f"/projects/{project.reference}/checks/25-C12-R1", answers)
    assert page.status_code == 400
    assert "The file cannot be kept at the moment" in page.text
    assert "See the protocol" in page.text
