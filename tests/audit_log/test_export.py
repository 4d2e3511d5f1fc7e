"""The trail leaves the service as JSON Lines, and is held against the hash that a statement prints."""

import json

import pytest
from sqlalchemy import select, text

from compliance.db import db
from compliance.models import AuditEvent
from compliance.terms import Role


def events(answer) -> list[dict]:
    """The events of an export."""
    return [json.loads(line) for line in answer.text.splitlines()]


def test_an_export_holds_what_the_reader_may_see_and_every_hash(client, make):
    tree = make.tree()
    lead = make.user(Role.RESEARCH_LEAD, tree["npcc"])
    for code in ("northmoor", "westmarch", "forensic"):
        make.draft(tree[code], lead, title=f"A study of {code}")
    make.case(tree["northmoor"], make.user(Role.MISCONDUCT_OFFICER, tree["northmoor"]))
    client.sign_in(make.user(Role.AUDITOR, tree["northmoor"]))
    answer = client.get("/audit/events.jsonl")
    assert answer.headers["Content-Disposition"] == "attachment; filename=audit-events.jsonl"
    found = events(answer)
    assert {one["organisation_id"] for one in found} == {tree["northmoor"].id, tree["forensic"].id}
    assert [one["seq"] for one in found] == sorted(one["seq"] for one in found)
    assert not [one for one in found if one["row"].startswith("case ") or one["subject"].startswith("CASE-")]
    stored = dict(db.session.execute(select(AuditEvent.seq, AuditEvent.hash)).all())
    assert all(stored[one["seq"]] == one["hash"] for one in found)
    only = events(client.get("/audit/events.jsonl?event=project.begun"))
    assert {one["event"] for one in only} <= {"project.begun"}
    assert client.get("/audit/events.jsonl?from=nonsense").status_code == 400


def test_the_command_writes_the_whole_trail(app, make, tmp_path):
    make.tree()
    file = tmp_path / "trail.jsonl"
    done = app.test_cli_runner().invoke(args=["audit", "export", str(file)])
    assert done.exit_code == 0, done.output
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert [one["seq"] for one in lines] == list(range(1, len(lines) + 1))
    assert all(one["previous"] == before["hash"] for before, one in zip(lines, lines[1:], strict=False))


@pytest.mark.parametrize("length", [16, 64])
def test_a_printed_hash_is_found_in_the_trail(app, make, length):
    make.tree()
    printed = db.session.scalar(select(AuditEvent.hash).where(AuditEvent.seq == 2))
    done = app.test_cli_runner().invoke(args=["audit", "verify", "--head", printed[:length].upper()])
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "It holds what was printed: event 2")


def test_a_printed_hash_that_was_cut_off_is_missed(app, make):
    make.tree()
    last, printed = db.session.execute(
        select(AuditEvent.seq, AuditEvent.hash).order_by(AuditEvent.seq.desc())
    ).first()
    db.session.rollback()
    with db.engine.begin() as connection:
        of_table = " ON audit_event" if connection.dialect.name == "postgresql" else ""
        connection.execute(text(f"DROP TRIGGER audit_event_no_delete{of_table}"))
        connection.execute(text(f"DELETE FROM audit_event WHERE seq = {last}"))
    runner = app.test_cli_runner()
    assert runner.invoke(args=["audit", "verify"]).exit_code == 0, "the rest holds in itself"
    done = runner.invoke(args=["audit", "verify", "--head", printed])
    assert done.exit_code == 1
    assert "No event has this hash" in done.output
    short = runner.invoke(args=["audit", "verify", "--head", printed[:8]])
    assert (short.exit_code, "at least the first 16" in short.output) == (2, True)
