"""Writers queue instead of failing, transactions begin clean and end whole, stale versions conflict."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import DateTime, event, select, text
from sqlalchemy.exc import OperationalError

from compliance import audit, clock
from compliance.access import organisations_below
from compliance.conflict import Conflict, refuse_stale
from compliance.db import UTCDateTime, db, transaction
from compliance.models import AuditEvent, Organisation, Project
from tests.conftest import TooManyQueries, at_most
from tests.kept import kept
from tests.routes import World

THREADS, TIMES = 8, 25


def write(organisation: Organisation, page: str | None) -> None:
    """Change something in a transaction of its own."""
    with transaction():
        audit.record("organisation.page_changed", subject=organisation.code, by=None)
        organisation.integrity_page = page


@kept
def force(make) -> Organisation:
    return make.organisation("northmoor")


def count_up(app, code_id: int) -> int:
    """What a request does, again and again: look first, then write what follows from what one saw."""
    for _ in range(TIMES):
        with app.app_context():
            row = db.session.get_one(Organisation, code_id)
            assert row.integrity_page is not None
            with transaction():
                audit.record("organisation.page_changed", subject=row.code, by=None)
                row.integrity_page = str(int(row.integrity_page) + 1)
            db.session.remove()
    return TIMES


def test_eight_writers_who_looked_first_all_get_their_turn(app, force):
    write(force, "0")
    code_id = force.id
    db.session.remove()
    with ThreadPoolExecutor(THREADS) as pool:
        done = [pool.submit(count_up, app, code_id) for _ in range(THREADS)]
        assert sum(one.result() for one in done) == THREADS * TIMES
    assert db.session.get_one(Organisation, code_id).integrity_page == str(THREADS * TIMES)
    assert audit.verify()[1] is None


def test_without_the_clean_start_sqlite_would_refuse(app, force):
    if db.engine.dialect.name != "sqlite":
        return
    change = text("UPDATE organisation SET integrity_page = 'x'")
    with db.engine.connect() as first, db.engine.connect() as second:
        first.execute(text("SELECT * FROM organisation")).all()
        second.execute(change)
        second.commit()
        with pytest.raises(OperationalError, match="locked"):
            first.execute(change)


def test_what_was_read_before_is_read_afresh_inside(app, force):
    assert force.integrity_page is None
    with db.engine.begin() as other:
        other.execute(text("UPDATE organisation SET integrity_page = 'theirs'"))
    with transaction():
        assert force.integrity_page == "theirs"


def test_a_change_made_before_the_transaction_is_refused(app, force):
    force.integrity_page = "too early"
    with pytest.raises(RuntimeError, match="inside the transaction"), transaction():
        pass
    db.session.rollback()
    assert force.integrity_page is None


def test_a_transaction_that_fails_leaves_nothing(app, force):
    with pytest.raises(ValueError, match="half way"), transaction():
        audit.record("organisation.page_changed", subject=force.code, by=None)
        force.integrity_page = "half"
        db.session.flush()
        raise ValueError("half way")
    assert force.integrity_page is None
    write(force, "whole")
    assert force.integrity_page == "whole"


def test_a_transaction_within_another_is_part_of_it(app, force):
    with pytest.raises(ValueError, match="after the inner one"), transaction():
        write(force, "inner")
        raise ValueError("after the inner one")
    assert force.integrity_page is None


def test_what_an_inner_transaction_wrote_keeps_its_own_reason(app, force):
    with transaction():
        write(force, "inner")
        audit.record("organisation.renamed", subject=force.code, by=None)
        force.governing_body = "outer"
    events = db.session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(2)).all()
    assert [event.event for event in events] == ["organisation.renamed", "organisation.page_changed"]


def test_a_version_that_is_no_longer_current_conflicts(app, make):
    project = World(make).draft
    seen = project.version
    refuse_stale(project, seen)
    with pytest.raises(Conflict):
        refuse_stale(project, seen - 1)


def test_a_row_changed_behind_the_back_of_a_transaction_conflicts(app, make):
    project: Project = World(make).draft
    with pytest.raises(Conflict), transaction():
        audit.record("project.changed", subject=project.reference, by=None)
        db.session.execute(text("UPDATE project SET version = version + 1"))
        project.title = "Mine"
    assert project.title != "Mine"


def test_a_moment_needs_a_zone_and_comes_back_in_utc():
    kind, dialect = UTCDateTime(), DateTime()
    summer = datetime(2026, 6, 9, 11, 0, tzinfo=timezone(timedelta(hours=1)))
    assert kind.process_bind_param(summer, dialect) == datetime(2026, 6, 9, 10, 0)
    assert kind.process_result_value(datetime(2026, 6, 9, 10, 0), dialect) == summer.astimezone(UTC)
    with pytest.raises(ValueError, match="time zone"):
        kind.process_bind_param(datetime(2026, 6, 9), dialect)


def test_sqlite_checks_foreign_keys_and_keeps_readers_out_of_the_way_of_writers(app):
    with db.engine.connect() as connection:
        if db.engine.dialect.name != "sqlite":
            assert connection.execute(text("SHOW jit")).scalar() == "off"
            return
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA busy_timeout")).scalar() == 5000


def test_sqlite_is_told_by_which_index_and_postgresql_is_not(app):
    """The library passes over the hints of a statement for SQLite, so they would do nothing unseen."""
    tree = organisations_below(1, clock.today())
    nowhere = select(Organisation.id).with_hint(Organisation, "INDEXED BY no_such_index", "sqlite")
    told = "INDEXED BY ix_organisation_link_parent_id" in str(tree.compile(db.engine))
    assert told is (db.engine.dialect.name == "sqlite")
    assert db.session.scalars(tree).all() == []
    if told:
        with pytest.raises(OperationalError, match="no such index"):
            db.session.scalars(nowhere)
    else:
        assert db.session.scalars(nowhere).all() == []


def test_writers_queue_once_in_a_transaction_and_those_beside_one_too(force):
    """What SQLite does as it begins to write takes a statement of its own on PostgreSQL."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        for page in ("https://a.example", "https://b.example"):
            write(force, page)
        audit.record("organisation.page_changed", subject=force.code, by=None)
        force.integrity_page = "https://c.example"
        db.session.commit()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    told = [one for one in sent if "pg_advisory_xact_lock" in one or "INSERT INTO audit_event" in one]
    locks = [one for one in told if "lock" in one]
    assert len(told) - len(locks) == 3
    assert len(locks) == (3 if db.engine.dialect.name == "postgresql" else 0)
    assert not locks or ["lock" in one for one in told] == [True, False] * 3


def test_the_number_of_a_known_account_is_not_read_afresh(make):
    person = make.user()
    with transaction():
        with at_most(0):
            number = audit.number_of_account(person)
        with pytest.raises(TooManyQueries), at_most(0):
            assert person.name
    assert number == person.id
