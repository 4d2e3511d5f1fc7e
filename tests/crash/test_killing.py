"""A short run of what `bin/crash-test` does at length; and what it would find, if it were there."""

from datetime import UTC, datetime

from sqlalchemy import inspect, text

from compliance import audit
from compliance.db import db, transaction
from compliance.models import Project
from compliance.terms import Role
from tests.conftest import on_day
from tests.crash.killing import crash, faults

KILLS = 3


def test_nothing_that_was_acknowledged_is_lost_when_workers_are_killed(app, store):
    with on_day(datetime.now(UTC)):
        outcome = crash(app, store.address, KILLS)
    assert outcome.faults == []
    assert outcome.kills == KILLS
    assert outcome.kept > KILLS
    assert outcome.signed == 1
    assert outcome.broken > 0, "no request was under way when its worker died"


def append_past_the_rows() -> None:
    """An event of a project that was never written."""
    with transaction():
        audit.record("project.started", subject="PRJ-4711", by=None)
        gone = Project(id=4711)
        audit.append(db.session.connection(), db.session.info["cause"], [(inspect(gone), {})])


def test_a_write_that_is_lost_or_half_there_is_told(app, make):
    force = make.organisation("northmoor")
    make.draft(force, make.user(Role.RESEARCH_LEAD, force), title="Kept")
    assert faults({"Kept"}) == []
    assert faults({"Kept", "Lost"}) == ["acknowledged and not there: Lost"]
    assert faults({"Kept"}, {"STM-4711"}) == ["acknowledged and not signed: STM-4711"]
    append_past_the_rows()
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO organisation (id, code, kind, invented, version) VALUES (999, 'x', 'force', true, 1)"
            )
        )
    assert faults(set()) == [
        "half a write: no event tells of organisation 999",
        "half a write: an event tells of project 4711, which is not there",
    ]
