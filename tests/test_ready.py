"""A start that cannot work is one clear line on standard error and a non-zero exit, under gunicorn and for commands."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from compliance import create_app
from compliance.accounts.actions import open_account
from compliance.config import ROOT, Unsafe
from compliance.db import db
from compliance.ready import require_ready, why_not

NOWHERE = "postgresql+psycopg://nobody:hunter2@127.0.0.1:1/compliance"
SERVE = ("gunicorn", "--bind", "127.0.0.1:0", "wsgi:app")
VERIFY = ("compliance", "audit", "verify")
UPGRADE = ("compliance", "db", "upgrade")


def run(folder, *command: str, **settings: str) -> subprocess.CompletedProcess:
    """A command of the service in an environment of its own; never longer than half a minute."""
    environment = {"PATH": os.defpath, "COMPLIANCE_INSTANCE_DIR": str(folder), **settings}
    return subprocess.run(
        [sys.executable, "-m", *command],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
    )


@pytest.mark.parametrize(
    ("command", "settings", "told"),
    [
        (SERVE, {}, "The database is not migrated: run bin/flask db upgrade"),
        (SERVE, {"COMPLIANCE_DATABASE_URL": NOWHERE}, "The database cannot be reached"),
        (SERVE, {"COMPLIANCE_ENVIRONMENT": "production"}, "Set COMPLIANCE_SECRET_KEY"),
        (VERIFY, {}, "The database is not migrated: run bin/flask db upgrade"),
        (VERIFY, {"COMPLIANCE_DATABASE_URL": NOWHERE}, "The database cannot be reached"),
        (UPGRADE, {"COMPLIANCE_DATABASE_URL": NOWHERE}, "The database cannot be reached"),
    ],
)
def test_a_start_that_cannot_work_is_one_line(tmp_path, command, settings, told):
    done = run(tmp_path, *command, **settings)
    assert done.returncode == 1
    assert told in done.stderr
    assert done.stderr.count("\n") == 1
    assert "hunter2" not in done.stderr


def test_a_command_that_fails_for_another_reason_keeps_its_own_words(tmp_path):
    done = run(tmp_path, "compliance", "user", "add")
    assert done.returncode == 2
    assert "Missing argument 'EMAIL'" in done.stderr


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"SQLALCHEMY_DATABASE_URI": "nonsense"}, "COMPLIANCE_DATABASE_URL is no address of a database"),
        ({"SQLALCHEMY_DATABASE_URI": "oracle://x/y"}, "COMPLIANCE_DATABASE_URL is no address of a database"),
        ({"SQLALCHEMY_DATABASE_URI": "sqlite:////dev/null/x"}, "The database cannot be reached"),
        ({"INSTANCE_DIR": Path("/dev/null/x")}, "check COMPLIANCE_INSTANCE_DIR"),
    ],
)
def test_an_app_that_cannot_serve_is_not_made(tmp_path, settings, told):
    with pytest.raises(Unsafe, match=told) as refused:
        create_app({"INSTANCE_DIR": tmp_path, **settings})
    assert "\n" not in str(refused.value)


def test_a_migrated_database_is_ready(app):
    assert why_not(app) is None
    require_ready(app)


def test_an_older_database_is_not_ready(app):
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'older'"))
    with pytest.raises(Unsafe, match="not migrated"):
        require_ready(app)


def test_production_refuses_demonstration_accounts(app, monkeypatch):
    open_account("lead@npcc.example", "Lead", "a rather long password", demo=True, by=None)
    require_ready(app)
    monkeypatch.setitem(app.config, "PRODUCTION", True)
    with pytest.raises(Unsafe, match="demonstration accounts: production refuses to start"):
        require_ready(app)


def test_production_accepts_accounts_of_its_own(app, monkeypatch):
    open_account("lead@npcc.police.uk", "Lead", "a rather long password", by=None)
    monkeypatch.setitem(app.config, "PRODUCTION", True)
    require_ready(app)


def test_the_app_asks_before_it_serves(tmp_path):
    address = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    with pytest.raises(Unsafe, match="not migrated"):
        create_app({"INSTANCE_DIR": tmp_path, "SQLALCHEMY_DATABASE_URI": address})
