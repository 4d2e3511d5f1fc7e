"""The audit trail: every write leaves an event, no event can be altered unseen, no secret is written down."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import inspect, select, text

from compliance import audit, redaction
from compliance.accounts.actions import open_account
from compliance.db import Base, db, transaction
from compliance.models import AuditEvent, Organisation, OrganisationName, Partner, SignOff, Statement
from compliance.projects import actions as projects
from compliance.rules.projects import NewProject
from compliance.terms import Outcome, PartnerKind
from tests.conftest import TODAY, on_day
from tests.factories import added
from tests.routes import World


@pytest.fixture
def world(make):
    """Some records, and the events of their making."""
    made = World(make)
    make.decision(made.approval, made.owner, Outcome.FAVOURABLE)
    return made


def raw(*statements: str) -> None:
    """What somebody could do who owns the database and takes its guards away first."""
    db.session.rollback()
    with db.engine.begin() as connection:
        of_table = " ON audit_event" if connection.dialect.name == "postgresql" else ""
        for verb in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER IF EXISTS audit_event_no_{verb}{of_table}"))
        for statement in statements:
            connection.execute(text(statement))


def events(name: str = "") -> list[AuditEvent]:
    found = db.session.scalars(select(AuditEvent).order_by(AuditEvent.seq)).all()
    return [event for event in found if event.event == name or not name]


def change_of(event: AuditEvent) -> dict[str, list]:
    return json.loads(event.change)


def test_the_chain_holds(world):
    count, broken = audit.verify()
    assert broken is None
    assert count == len(events()) > 20
    assert [event.seq for event in events()] == list(range(1, count + 1))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "'2020-01-01 00:00:00'"),
        ("actor_id", "4711"),
        ("actor", "'Somebody else'"),
        ("event", "'project.deleted'"),
        ("subject", "'PRJ-9999'"),
        ("row", "'project 9999'"),
        ("change", "'{}'"),
        ("organisation_id", "4711"),
        ("previous", "'" + "0" * 64 + "'"),
        ("hash", "'" + "0" * 64 + "'"),
    ],
)
def test_an_altered_event_is_found(world, column, value):
    raw(f'UPDATE audit_event SET "{column}" = {value} WHERE seq = 5')
    assert audit.verify()[1].seq == 5


@pytest.mark.parametrize("seq", [1, 5])
def test_a_deleted_event_is_found(world, seq):
    raw(f"DELETE FROM audit_event WHERE seq = {seq}")
    assert audit.verify()[1] == audit.Break(seq + 1, f"event {seq} is missing")


def test_a_trail_that_was_emptied_is_found(world):
    raw("DELETE FROM audit_event")
    assert audit.verify() == (0, audit.Break(1, "it is missing, though there are records"))


def test_an_inserted_event_is_found(world):
    last = len(events())
    columns = 'actor_id, actor, event, subject, "row", change'
    raw(
        f"INSERT INTO audit_event (seq, at, {columns}, previous, hash) "
        f"SELECT seq + 1, at, {columns}, hash, '{'a' * 64}' FROM audit_event WHERE seq = {last}"
    )
    assert audit.verify()[1].seq == last + 1


def test_events_in_another_order_are_found(world):
    raw(
        "UPDATE audit_event SET seq = -1 WHERE seq = 5",
        "UPDATE audit_event SET seq = 5 WHERE seq = 6",
        "UPDATE audit_event SET seq = 6 WHERE seq = -1",
    )
    assert audit.verify()[1].seq == 5


def sign(make, seq: int, head: str) -> None:
    """A signed statement that prints this head of the chain."""
    force, person, period = make.organisation(), make.user(), make.period()
    parts = {
        "organisation_id": force.id,
        "period_id": period.id,
        "layout": "rics",
        "framework": "concordat-2025",
    }
    statement = Statement(reference="STM-0001", created_at=TODAY, created_by_id=person.id, **parts)
    added(statement)
    document = {"snapshot": "{}", "fingerprint": "f" * 64, "pdf": b"%PDF", "signed_at": TODAY}
    added(
        SignOff(statement_id=statement.id, audit_seq=seq, audit_head=head, signed_by_id=person.id, **document)
    )


def test_a_chain_cut_short_is_found_by_the_head_that_a_signed_statement_prints(world, make):
    last, head = len(events()), events()[-1].hash
    sign(make, last, head)
    assert audit.verify()[1] is None
    raw(f"DELETE FROM audit_event WHERE seq >= {last}")
    missing = audit.Break(last, "it is missing, but a signed statement prints its hash")
    assert audit.verify() == (last - 1, missing)


def test_a_chain_made_anew_is_found_by_the_head_that_a_signed_statement_prints(world, make):
    sign(make, 7, "b" * 64)
    assert audit.verify() == (6, audit.Break(7, "a signed statement prints another hash for it"))


# What is worked out from the records, and made again from them; `approvals recount` proves it.
WORKED_OUT = {"cover", "project_standing", "approval_standing", "check_tally"}


def untold() -> set[str]:
    """Rows of records that no event speaks of."""
    told, stored = {event.row for event in events()}, set()
    for table in Base.metadata.sorted_tables:
        if table.primary_key and table.name not in {"audit_event", *WORKED_OUT}:
            for row in db.session.execute(select(*table.primary_key)):
                stored.add(f"{table.name} {'/'.join(str(part) for part in row)}")
    return stored - told


def test_every_row_that_exists_has_an_event_that_made_it(world):
    assert untold() == set()


def test_a_row_from_nowhere_is_found(world):
    raw("INSERT INTO organisation (id, code, kind, invented, version) VALUES (999, 'x', 'force', true, 1)")
    assert untold() == {"organisation 999"}


def test_a_deleted_row_leaves_what_it_was(world):
    draft = world.draft
    with transaction():
        audit.record("project.partner_added", subject=draft.reference, by=world.owner)
        draft.partners = [Partner(kind=PartnerKind.FORCE, name="Westmarch Police")]
    with transaction():
        audit.record("project.partner_removed", subject=draft.reference, by=world.owner)
        draft.partners = []
    [event] = events("project.partner_removed")
    assert change_of(event)["name"] == ["Westmarch Police", None]
    assert (event.actor, event.subject) == (audit.account(world.owner.id), draft.reference)


def test_secrets_are_masked(app):
    user = open_account("new.person@force.example", "New Person", "a rather long password", by=None)
    [event] = [one for one in events("account.opened") if one.row == f"user {user.id}"]
    assert change_of(event)["password"] == [None, "***"]
    assert change_of(event)["fs_uniquifier"] == [None, "***"]
    trail = " ".join(one.change for one in events())
    assert user.password not in trail
    assert user.fs_uniquifier not in trail


def test_every_column_that_the_sign_in_library_keeps_secret_is_masked():
    words = ("password", "secret", "uniquifier", "user_handle", "recovery_codes", "public_key")
    tables = [Base.metadata.tables[name] for name in ("user", "webauthn", "role")]
    secret = {
        column.name for table in tables for column in table.columns if any(w in column.name for w in words)
    }
    assert secret - redaction.SECRET == set()
    assert "password" in secret


def test_a_document_is_written_as_its_hash():
    assert redaction.shown(SignOff, "pdf", b"%PDF") == redaction.shown(SignOff, "snapshot", "%PDF")
    assert len(redaction.shown(SignOff, "pdf", b"%PDF")) == 64


def write_unexplained() -> None:
    with transaction():
        db.session.add(Organisation(code="northmoor", kind="force"))


def test_a_write_without_a_reason_is_refused_and_leaves_nothing(app):
    with pytest.raises(audit.Unattributed, match="Organisation"):
        write_unexplained()
    assert db.session.scalars(select(Organisation)).all() == []


def test_the_reason_of_one_transaction_does_not_explain_the_next(app, make):
    make.organisation("westmarch")
    with pytest.raises(audit.Unattributed):
        write_unexplained()


def change(row: OrganisationName, **values: object) -> dict[str, list]:
    """What the trail says about this change."""
    with transaction():
        audit.record("test.changed", subject="test", by=None)
        for key, value in values.items():
            setattr(row, key, value)
    found = events("test.changed")
    return change_of(found[-1]) if found else {}


def test_a_value_set_on_an_expired_row_keeps_its_old_value(make):
    name = make.organisation("northmoor", name="Northmoor").names[0]
    db.session.expire(name)
    assert change(name, name="Northmoor Constabulary") == {"name": ["Northmoor", "Northmoor Constabulary"]}


def test_loaded_and_unloaded_values_are_both_written(make):
    name = make.organisation("northmoor", name="Northmoor").names[0]
    db.session.expire(name, ["from_on"])
    assert name.name == "Northmoor"
    assert "from_on" in inspect(name).unloaded
    assert set(change(name, name="Changed", from_on=datetime(2021, 4, 1, tzinfo=UTC).date())) == {
        "name",
        "from_on",
    }


def test_a_value_that_stays_the_same_makes_no_event(make):
    name = make.organisation("northmoor", name="Northmoor").names[0]
    db.session.expire(name)
    assert change(name, name="Northmoor") == {}


def test_an_event_says_when_who_and_what_in_plain_words(world):
    with on_day(datetime(2026, 6, 10, 8, 0, tzinfo=UTC)):
        projects.start_project(NewProject("Second", world.force.code), world.force, by=world.owner)
    event = events()[-1]
    assert event.at == datetime(2026, 6, 10, 8, 0, tzinfo=UTC)
    assert (event.actor_id, event.actor) == (world.owner.id, audit.account(world.owner.id))
    assert change_of(event)["created_at"] == [None, "2026-06-10T08:00:00+00:00"]


def test_an_event_says_where_it_happened(world):
    places = {event.row.partition(" ")[0]: event.organisation_id for event in events()}
    for table in ("project", "check", "approval", "decision", "intake_answer", "membership"):
        assert places[table] == world.force.id, table
    assert places["user"] is None


def test_an_event_says_where_a_row_was_before_its_owner_dropped_it(world):
    project = world.project
    with transaction():
        audit.record("project.partners_changed", subject=project.reference, by=world.owner)
        project.partners.append(Partner(kind=PartnerKind.UNIVERSITY, name="Example University"))
    with transaction():
        audit.record("project.partners_changed", subject=project.reference, by=world.owner)
        project.partners.clear()
    dropped = [event for event in events() if event.row.startswith("partner ")][-1]
    assert change_of(dropped)["name"] == ["Example University", None]
    assert dropped.organisation_id == world.force.id


def test_where_it_happened_can_be_said_for_what_belongs_nowhere(make):
    force, owner = make.organisation(), make.user()
    with transaction():
        audit.record("account.renamed", subject=owner.email, by=None, at=force)
        owner.name = "Another name"
    assert [event.organisation_id for event in events("account.renamed")] == [force.id]


def test_one_part_cannot_lend_its_words_to_the_next(world):
    values = {name: getattr(events()[0], name) for name in audit.FIELDS}
    moved = {**values, "subject": f"{values['subject']}\x1f{values['row']}", "row": ""}
    assert audit.chained(audit.START, values) == events()[0].hash
    assert audit.chained(audit.START, moved) != events()[0].hash
    assert audit.chained(audit.START, {**values, "actor_id": "None"}) != events()[0].hash
