"""Whatever watches the service learns whether it is alive and whether it can answer people."""

from sqlalchemy import text

from compliance.db import db
from compliance.storage.store import store


def test_a_service_that_can_work_says_so(client):
    assert (client.get("/health").status_code, client.get("/health").text) == (200, "alive\n")
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.text) == (200, "ready\n")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_schema_of_another_version_is_told(client):
    db.session.execute(text("UPDATE alembic_version SET version_num = 'another'"))
    db.session.commit()
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.text) == (503, "not ready: the database is not migrated\n")
    assert client.get("/health").status_code == 200


def test_a_store_that_is_gone_is_told(client, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr(store.inner, "folder", tmp_path / "file")
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.text) == (503, "not ready: evidence cannot be kept\n")
