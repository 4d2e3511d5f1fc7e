"""A copy of everything, made while people write, fills an empty instance on either database; a damaged one fills none."""

import os
import subprocess
import sys
from contextvars import copy_context
from threading import Event, Thread

from sqlalchemy import func, select

from compliance import audit
from compliance.config import ROOT
from compliance.db import db
from compliance.models import Evidence, Project, SignOff
from compliance.recovery.archive import checked
from compliance.storage.store import Folder
from compliance.storage.store import store as evidence_store
from compliance.terms import Role
from reports.statement import to_json
from tests.recovery.copying import copied, emptied, nothing_there, run, sums
from tests.routes import World


def test_what_was_copied_comes_back_whole_and_makes_the_same_statements(
    app, make, world, store, folder, tmp_path
):
    statement = make.published(world.force, make.period(), make.cast(world.force))
    one, content = copied(app, tmp_path / "one"), to_json(make.gathered(statement).statement)
    signed = db.session.scalars(select(SignOff.pdf)).all()
    sha256 = db.session.scalar(select(Evidence.sha256).where(Evidence.sha256.is_not(None)))
    reference = statement.reference
    emptied(store)
    evidence_store.inner = Folder(tmp_path / "another")
    done = run(app, "restore", one)
    assert done.exit_code == 0, done.output
    assert "the chain holds" in done.output
    assert run(app, "audit", "verify").exit_code == 0
    assert run(app, "frameworks", "check").exit_code == 0
    assert run(app, "approvals", "recount").exit_code == 0
    assert sums(copied(app, tmp_path / "two")) == sums(one)
    assert db.session.scalars(select(SignOff.pdf)).all() == signed
    again = db.session.scalar(select(SignOff)).statement
    assert again.reference == reference
    assert to_json(make.gathered(again).statement) == content
    assert evidence_store.open(sha256).read() == b"%PDF-1.7\nthe letter"


def test_work_goes_on_where_it_stood(app, make, world, store, tmp_path):
    one, owner, force = copied(app, tmp_path / "one"), world.owner.id, world.force.id
    emptied(store)
    assert run(app, "restore", one).exit_code == 0
    person, at = db.session.get(type(world.owner), owner), db.session.get(type(world.force), force)
    assert make.project(at, person).id
    assert audit.verify()[1] is None


def elsewhere(app, address: str, *arguments: object) -> subprocess.CompletedProcess:
    """A command on another database."""
    db.session.rollback()
    environment = {
        "PATH": os.environ["PATH"],
        "COMPLIANCE_DATABASE_URL": address,
        "COMPLIANCE_INSTANCE_DIR": str(app.config["INSTANCE_DIR"] / "another"),
        "COMPLIANCE_SECRET_KEY": "a secret of the tests, long enough to be one",
    }
    command = [sys.executable, "-m", "compliance", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


def test_a_copy_goes_from_one_kind_of_database_to_the_other_and_back(app, world, store, tmp_path):
    one, address = copied(app, tmp_path / "one"), f"sqlite:///{tmp_path}/other.sqlite3"
    done = elsewhere(app, address, "restore", one)
    assert done.returncode == 0, done.stderr
    done = elsewhere(app, address, "backup", tmp_path / "two")
    assert done.returncode == 0, done.stderr
    assert sums(tmp_path / "two") == sums(one)
    emptied(store)
    assert run(app, "restore", tmp_path / "two").exit_code == 0
    assert sums(copied(app, tmp_path / "three")) == sums(one)


def test_a_copy_made_while_people_write_holds_one_moment(app, make, world, store, tmp_path):
    stop, started, faults = Event(), Event(), []
    ids = (type(world.force), world.force.id, type(world.owner), world.owner.id)

    def write() -> None:
        try:
            with app.app_context():
                while not stop.is_set():
                    make.draft(db.session.get(*ids[:2]), db.session.get(*ids[2:]))
                    started.set()
                db.session.remove()
        except Exception as error:  # noqa: BLE001
            faults.append(error)
            started.set()

    db.session.rollback()
    writer = Thread(target=copy_context().run, args=(write,))
    writer.start()
    started.wait(30)
    before = audit.head(db.session.connection())[0]
    path = copied(app, tmp_path / "one")
    stop.set()
    writer.join()
    db.session.rollback()
    after = audit.head(db.session.connection())[0]
    assert faults == []
    with path.open("rb") as opened:
        manifest = checked(opened)
    assert before <= manifest["audit_seq"] < after, "nobody wrote meanwhile: nothing was shown"
    emptied(store)
    assert run(app, "restore", path).exit_code == 0
    assert audit.head(db.session.connection()) == (manifest["audit_seq"], manifest["audit_head"])
    assert db.session.scalar(select(func.count()).select_from(Project)) == manifest["rows"]["project"]
    assert audit.verify()[1] is None


def test_an_instance_that_holds_anything_is_left_alone(app, world, store, tmp_path):
    path = copied(app, tmp_path / "one")
    done = run(app, "restore", path)
    assert done.exit_code == 1
    assert "not empty" in done.output
    assert sums(copied(app, tmp_path / "two")) == sums(path)


def test_a_file_that_the_store_lost_is_named_and_the_rest_copied(app, world, store, folder, tmp_path):
    sha256 = db.session.scalar(select(Evidence.sha256).where(Evidence.sha256.is_not(None)))
    (folder / sha256[:2] / sha256).write_bytes(b"something else")
    done = run(app, "backup", tmp_path / "one")
    assert done.exit_code == 1
    assert sha256 in done.output
    emptied(store)
    assert run(app, "restore", tmp_path / "one").exit_code == 0


def test_a_copy_never_overwrites_and_is_for_its_owner_alone(app, make, folder, tmp_path):
    path = copied(app, tmp_path / "one")
    assert path.stat().st_mode & 0o077 == 0
    before = path.read_bytes()
    assert run(app, "backup", path).exit_code == 1
    assert path.read_bytes() == before
    assert run(app, "backup", tmp_path / "nowhere" / "one").exit_code == 1
    assert [one.name for one in tmp_path.iterdir()] == ["one"]


def test_a_store_that_takes_nothing_leaves_the_database_empty(app, world, store, tmp_path, monkeypatch):
    path = copied(app, tmp_path / "one")
    emptied(store)
    (tmp_path / "file").write_text("a file stands where the folder was")
    monkeypatch.setattr(evidence_store, "inner", Folder(tmp_path / "file"))
    done = run(app, "restore", path)
    assert done.exit_code == 1
    assert "did not keep the evidence" in done.output
    assert nothing_there(tmp_path / "another")


def test_what_people_may_not_see_is_there_too(app, make, folder, store, tmp_path):
    """The copy is everything, misconduct cases included: it is as secret as the database."""
    world = World(make)
    make.case(world.force, make.user(Role.MISCONDUCT_OFFICER, world.force))
    with copied(app, tmp_path / "one").open("rb") as opened:
        assert checked(opened)["rows"]["case"] == 1
