"""The commands of the service: the demonstration loads whole, alike and into emptiness only; people are added."""

import os
import re
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select, text

from compliance.accounts.queries import memberships_of
from compliance.config import ROOT
from compliance.db import db
from compliance.demo.load import NotEmpty, refuse_unless_empty
from compliance.demo.people import PASSWORD
from compliance.models import Project, User
from compliance.terms import Role

# Drawn at random on purpose, or the moment of the real clock that the sign-in library keeps; never shown.
RANDOM = {
    "password",
    "fs_uniquifier",
    "fs_webauthn_user_handle",
    "tf_totp_secret",
    "create_datetime",
    "update_datetime",
}


# A seed and a day of our own: loads that begin before and after midnight then tell of the same day.
OPTIONS = ("--seed", "7", "--on", "2026-06-09")


def load(folder: Path, hashes: str, *options: str) -> subprocess.CompletedProcess:
    """Load the demonstration into a database in this folder, with Python's hashes drawn by a seed."""
    environment = {"PATH": os.defpath, "COMPLIANCE_INSTANCE_DIR": str(folder), "PYTHONHASHSEED": hashes}
    command = [sys.executable, "-m", "compliance", "demo", "load", *options]
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """The demonstration, loaded twice: each time the folder and what the command said."""
    folders = [tmp_path_factory.mktemp("demo") for _ in range(2)]
    return [(folder, load(folder, hashes, *OPTIONS)) for folder, hashes in zip(folders, "12", strict=True)]


def dump(folder: Path) -> dict[str, list[dict]]:
    """Every row of every table, but for what is drawn at random."""
    with sqlite3.connect(folder / "compliance.sqlite3") as connection:
        connection.row_factory = sqlite3.Row
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table: [
                {key: row[key] for key in tuple(row.keys()) if key not in RANDOM}
                for row in connection.execute(f'SELECT * FROM "{table}" ORDER BY 1')
            ]
            for table in tables
        }


def test_the_demonstration_prints_an_account_a_line_with_its_password(loaded):
    _folder, done = loaded[0]
    lines = done.stdout.splitlines()
    assert done.returncode == 0, done.stderr
    assert len(lines) == len(Role) + 2
    assert all(re.fullmatch(r"\S+@\S+\.example \S{12,}( key [A-Z2-7]{32})?", line) for line in lines)
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [line.split(" ")[0] for line in lines if line.split(" ")[0] not in readme] == []
    assert [key for line in lines if (key := line.partition(" key ")[2]) not in readme] == []


def test_the_code_of_a_demonstration_account_is_printed(demo, app, client):
    run = app.test_cli_runner()
    done = run.invoke(args=["demo", "code", "signatory@northmoor.example"])
    client.fill("/sign-in", {"email": "signatory@northmoor.example", "password": PASSWORD})
    assert client.fill("/sign-in/code", {"code": done.output.strip()}).location == "/"
    assert run.invoke(args=["demo", "code", "signatory@npcc.example"]).exit_code == 1


def test_the_demonstration_is_the_same_each_time(loaded):
    one, other = (dump(folder) for folder, _ in loaded)
    assert len(one["audit_event"]) > 1000
    assert {table for table in one if one[table] != other.get(table)} == set()


def test_another_seed_gives_another_demonstration(demo, loaded):
    begun = {row["title"]: row["started_on"] for row in dump(loaded[0][0])["project"]}
    ours = {row.title: row.started_on and str(row.started_on) for row in db.session.scalars(select(Project))}
    assert set(begun) == set(ours)
    assert begun != ours


def test_a_day_before_the_days_that_are_told_is_refused(tmp_path):
    done = load(tmp_path, "1", "--on", "2026-06-08")
    assert (done.returncode, done.stdout) == (1, "")
    assert (
        done.stderr == "Error: Choose 2026-06-09 or a later day: the demonstration tells of days before it\n"
    )


def test_the_demonstration_fills_every_role(loaded):
    rows = dump(loaded[0][0])
    assert {row["role"] for row in rows["membership"]} == set(Role)
    assert all(row["demo"] for row in rows["user"])


def test_the_demonstration_refuses_a_database_that_holds_it_already(loaded):
    folder, _ = loaded[1]
    before = dump(folder)
    done = load(folder, "3")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert "not empty" in done.stderr
    assert dump(folder) == before


def test_the_demonstration_leaves_somebody_elses_database_alone(tmp_path):
    with sqlite3.connect(tmp_path / "compliance.sqlite3") as connection:
        connection.execute("CREATE TABLE recipe (name TEXT)")
        connection.execute("INSERT INTO recipe VALUES ('soup')")
    done = load(tmp_path, "1")
    assert done.returncode == 1
    assert "rows in recipe" in done.stderr
    assert set(dump(tmp_path)) == {"recipe"}


def test_a_single_row_anywhere_is_enough_to_refuse(app):
    refuse_unless_empty()
    with db.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO reporting_period VALUES (1, '2025-26', '2025-04-01', '2026-03-31', '2026-04-30')"
            )
        )
    with pytest.raises(NotEmpty, match="reporting_period"):
        refuse_unless_empty()


def add_user(app, **changed: str):
    """flask user add, with these options instead of the usual ones."""
    options = {
        "--name": "Ada Okafor",
        "--role": "integrity_lead",
        "--organisation": "npcc",
        "--password": "three unrelated words",
    }
    options |= {f"--{name}": value for name, value in changed.items()}
    arguments = [part for pair in options.items() for part in pair]
    return app.test_cli_runner().invoke(args=["user", "add", "ada@npcc.example", *arguments])


def test_a_person_is_added_with_a_role(app, make):
    make.organisation("npcc")
    done = add_user(app)
    assert (done.exit_code, done.output) == (0, "ada@npcc.example is Integrity lead in npcc\n")
    user = db.session.scalar(select(User).where(User.email == "ada@npcc.example"))
    [membership] = memberships_of(user)
    assert (membership.role, membership.from_on) == (Role.INTEGRITY_LEAD, date(2026, 6, 9))
    assert not user.demo


def test_the_added_person_can_sign_in(app, client, make):
    make.organisation("npcc")
    add_user(app)
    done = client.fill("/sign-in", {"email": "ada@npcc.example", "password": "three unrelated words"})
    assert done.location.startswith("/account/second-factor")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"organisation": "nowhere"}, "There is no organisation with the code nowhere"),
        ({"role": "king"}, "'king' is not one of"),
        ({"password": "eleven char"}, "at least 12 characters"),
    ],
)
def test_a_person_who_cannot_be_added_is_told_and_nobody_is(app, make, changed, told):
    make.organisation("npcc")
    done = add_user(app, **changed)
    assert done.exit_code != 0
    assert told in done.output
    assert db.session.scalars(select(User)).all() == []


def test_an_address_is_given_once(app, make):
    make.organisation("npcc")
    add_user(app)
    done = add_user(app)
    assert done.exit_code == 1
    assert "already has an account" in done.output


def test_the_chain_is_verified_from_the_command_line(app, make):
    make.organisation("npcc")
    runner = app.test_cli_runner()
    done = runner.invoke(args=["audit", "verify"])
    assert done.exit_code == 0
    assert re.fullmatch(r"\d+ audit events, the chain holds\n", done.output)
    # The command read in this session; PostgreSQL lets nobody alter a table that is being read.
    db.session.rollback()
    with db.engine.begin() as connection:
        of_table = " ON audit_event" if connection.dialect.name == "postgresql" else ""
        connection.execute(text(f"DROP TRIGGER audit_event_no_update{of_table}"))
        connection.execute(text("UPDATE audit_event SET actor = 'Nobody' WHERE seq = 1"))
    db.session.rollback()
    done = runner.invoke(args=["audit", "verify"])
    assert done.exit_code == 1
    assert "breaks at event 1" in done.output
