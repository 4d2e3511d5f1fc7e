"""A statement is begun, written, approved, signed, published and replaced by rule, and then stays as it is."""

from datetime import date
from pathlib import Path

import pytest
from flask import current_app
from sqlalchemy import text as sql

from compliance import audit, clock
from compliance.conflict import Conflict
from compliance.db import db, transaction
from compliance.models import Narrative, SignOff
from compliance.rules.broken import RuleBroken
from compliance.rules.statements import NewBoardApproval, NewNarrative, NewReplacement
from compliance.statements import actions, before_board, queries, signature
from compliance.statements.kept import document_of
from compliance.statements.render import PdfFailed, to_pdf
from compliance.statements.signature import Changed
from compliance.terms import ContactRole, Standing, StatementState
from reports.statement import fingerprint, from_json, to_json
from tests.kept import kept


@kept
def force(make):
    return make.organisation("northmoor", name="Northmoor Constabulary")


@kept
def cast(make, force):
    return make.cast(force)


@kept
def complete(make, force, cast):
    return make.complete(force, make.period(), cast)


def sign(make, statement, by, shown="", *, patient=True):
    return signature.sign(
        statement,
        shown=shown or make.gathered(statement).content,
        site=current_app.config["SERVICE_URL"],
        folder=current_app.config["INSTANCE_DIR"],
        by=by,
        patient=patient,
    )


def test_one_statement_for_each_period(make, force, cast):
    period = make.period()
    first = make.statement(force, period, cast.lead)
    with pytest.raises(RuleBroken, match=first.reference):
        make.statement(force, period, cast.lead, "rics")


def test_every_save_is_a_version_and_the_newest_counts(make, force, cast):
    statement = make.statement(force, make.period(), cast.lead)
    for number, text in enumerate(("First.", "Second.")):
        actions.write(statement, "ethics", NewNarrative(text, completed=False), seen=number, by=cast.lead)
    assert [row.text for row in queries.versions_of(statement.id, "ethics")] == ["Second.", "First."]
    assert queries.current_draft(statement).texts == {"ethics": "Second."}


def test_someone_elses_save_is_not_overwritten(make, force, cast):
    statement = make.statement(force, make.period(), cast.lead)
    actions.write(statement, "ethics", NewNarrative("Theirs.", completed=False), seen=0, by=cast.lead)
    with pytest.raises(Conflict):
        actions.write(statement, "ethics", NewNarrative("Mine.", completed=False), seen=0, by=cast.board)
    assert queries.newest_narrative(statement.id, "ethics").text == "Theirs."


@pytest.mark.parametrize(
    ("text", "completed", "why"),
    [
        ("word " * 600, True, ""),
        ("word " * 601, False, "601 words, the limit is 600"),
        ("", False, "without text"),
    ],
)
def test_a_text_over_the_limit_is_kept_and_not_completed(make, force, cast, text, completed, why):
    statement = make.statement(force, make.period(), cast.lead)
    new = NewNarrative(text.strip(), completed=True)
    kept, said = actions.write(statement, "ethics", new, seen=0, by=cast.lead)
    assert (kept.completed, kept.text) == (completed, text.strip())
    assert why in said


def test_the_board_approves_only_what_is_complete(make, complete, cast):
    actions.write(complete, "ethics", NewNarrative("TBC", completed=True), seen=1, by=cast.lead)
    with pytest.raises(RuleBroken, match="Mend what stands in the way"):
        make.board_approval(complete, cast.board)


def test_an_approval_of_something_else_than_was_shown_is_refused(make, complete, cast):
    make.submission(complete, cast.lead)
    new = NewBoardApproval("Board", clock.today(), "7")
    with pytest.raises(Changed):
        before_board.record_approval(complete, new, shown="f" * 64, by=cast.board)
    with pytest.raises(RuleBroken, match="in the past"):
        before_board.record_approval(
            complete, NewBoardApproval("Board", date(2027, 1, 1), "7"), shown="", by=cast.board
        )


def test_one_of_two_decides_and_never_who_drafted(make, complete, cast):
    sent = make.submission(complete, cast.lead)
    new = NewBoardApproval("Board", clock.today(), "7")
    with pytest.raises(RuleBroken, match="Someone else must record its approval"):
        before_board.record_approval(complete, new, shown=sent.fingerprint, by=cast.lead)
    with pytest.raises(RuleBroken, match="has sent it to the board already"):
        make.submission(complete, cast.lead)
    approval = before_board.record_approval(complete, new, shown=sent.fingerprint, by=cast.board)
    assert approval.fingerprint == sent.fingerprint
    with pytest.raises(Conflict):
        before_board.send_back(complete, "Too late.", shown=sent.fingerprint, by=cast.board)
    with pytest.raises(Conflict):
        before_board.record_approval(complete, new, shown=sent.fingerprint, by=cast.signatory)
    with pytest.raises(RuleBroken, match="approved exactly this already"):
        make.submission(complete, cast.lead)


def test_what_was_submitted_stays_as_it_was(make, complete, cast):
    sent = make.submission(complete, cast.lead)
    actions.write(complete, "ethics", NewNarrative("Changed.", completed=True), seen=1, by=cast.lead)
    new = NewBoardApproval("Board", clock.today(), "7")
    before_board.record_approval(complete, new, shown=sent.fingerprint, by=cast.board)
    assert "Changed." not in from_json(sent.snapshot).model_dump_json()
    with pytest.raises(RuleBroken, match="has changed since the governing body approved it"):
        sign(make, complete, cast.signatory)


def test_an_approval_binds_to_the_sha256_of_the_frozen_snapshot(make, complete, cast):
    approval = make.board_approval(complete, cast.board)
    assert approval.fingerprint == fingerprint(approval.snapshot)
    assert approval.snapshot == approval.submission.snapshot


def test_an_altered_snapshot_no_longer_counts_as_approved(make, complete, cast):
    make.board_approval(complete, cast.board)
    db.session.rollback()
    with db.engine.begin() as connection:
        on = " ON board_approval" if connection.dialect.name == "postgresql" else ""
        connection.execute(sql(f"DROP TRIGGER board_approval_no_update{on}"))
        connection.execute(sql("UPDATE board_approval SET snapshot = snapshot || ' '"))
    db.session.expire_all()
    with pytest.raises(RuleBroken, match="changed since the governing body approved"):
        sign(make, complete, cast.signatory)


@pytest.mark.parametrize("what", ["contact", "address"])
def test_contacts_and_address_are_approved_too(app, monkeypatch, make, complete, cast, force, what):
    make.board_approval(complete, cast.board)
    if what == "contact":
        make.contact(force, ContactRole.SENIOR_LEAD, person="A Successor")
    else:
        monkeypatch.setitem(app.config, "SERVICE_URL", "https://elsewhere.example")
    told = [row.place for row in signature.since_approval(complete, make.gathered(complete))]
    assert all(place.startswith(what.capitalize()) for place in told)
    assert told
    with pytest.raises(RuleBroken, match="changed since the governing body approved"):
        sign(make, complete, cast.signatory)
    make.board_approval(complete, cast.board)
    assert signature.since_approval(complete, make.gathered(complete)) == ()


def test_who_began_or_wrote_it_cannot_sign_it(make, complete, cast):
    make.board_approval(complete, cast.board)
    wrote = make.user()
    actions.write(complete, "ethics", NewNarrative("Mine.", completed=True), seen=1, by=wrote)
    make.words(complete, cast.lead)
    for drafter in (cast.lead, wrote):
        with pytest.raises(RuleBroken, match="Someone else must sign it"):
            sign(make, complete, drafter)
    assert db.session.query(SignOff).count() == 0


def test_nothing_is_signed_without_the_board_or_while_something_stops_it(make, complete, cast):
    with pytest.raises(RuleBroken, match="governing body has not approved it"):
        sign(make, complete, cast.signatory)


def test_a_change_after_the_approval_stops_the_signature_and_is_told(make, complete, cast, force):
    make.board_approval(complete, cast.board)
    shown = make.gathered(complete).content
    make.judgement(force, complete.period, cast.lead, "25-C3-E1", Standing.PARTLY_MET, note="Not yet")
    with pytest.raises(Changed) as raised:
        sign(make, complete, cast.signatory, shown)
    assert {row.place: row.after for row in raised.value.changes}["Requirements met"] == "18 of 19"
    with pytest.raises(RuleBroken, match="changed since the governing body approved"):
        sign(make, complete, cast.signatory)
    make.board_approval(complete, cast.board)
    assert queries.state_of(complete) is StatementState.APPROVED


def test_what_is_signed_is_kept_with_its_document_and_never_made_again(make, complete, cast, force):
    make.board_approval(complete, cast.board)
    seq, head = audit.head(db.session.connection())
    kept = sign(make, complete, cast.signatory)
    assert kept.fingerprint == fingerprint(kept.snapshot)
    assert (kept.audit_seq, kept.audit_head) == (seq, head)
    assert kept.pdf.startswith(b"%PDF-")
    final = from_json(kept.snapshot)
    assert (final.state, final.version, final.blockers) == ("final", "Version 1.0, 9 June 2026", ())
    assert final.signature.name == cast.signatory.name
    project = make.project(force, cast.lead)
    with transaction():
        audit.record("test.dated", subject="test", by=None)
        project.started_on = date(2025, 6, 1)
    document = document_of(complete, site="")
    assert to_json(document) == kept.snapshot
    assert document.figure("projects_in_scope").value.value == 0
    assert to_pdf(kept.snapshot, current_app.config["INSTANCE_DIR"], patient=True) == kept.pdf
    with pytest.raises(RuleBroken):
        actions.write(complete, "ethics", NewNarrative("x", completed=True), seen=1, by=cast.lead)
    # Whoever signs second is told who was first.
    with pytest.raises(Conflict) as told:
        sign(make, complete, make.user())
    assert told.value.changed_by == cast.signatory.name


def test_a_document_that_cannot_be_made_leaves_nothing_signed(make, complete, cast, monkeypatch):
    make.board_approval(complete, cast.board)
    monkeypatch.setattr("compliance.statements.render.TIMEOUT", 0.01)
    with pytest.raises(PdfFailed, match="not ready after"):
        sign(make, complete, cast.signatory, patient=False)
    assert db.session.query(SignOff).count() == 0


def test_a_snapshot_that_is_none_is_told_by_the_child(app):
    with pytest.raises(PdfFailed, match="is not a statement"):
        to_pdf("{}", Path(current_app.config["INSTANCE_DIR"]))


def test_only_a_signed_statement_is_published_and_once(make, complete, cast):
    with pytest.raises(RuleBroken, match="Only a signed statement"):
        actions.publish(complete, by=cast.lead)
    make.board_approval(complete, cast.board)
    make.signature(complete, cast.signatory)
    actions.publish(complete, by=cast.lead)
    with pytest.raises(RuleBroken, match="published already"):
        actions.publish(complete, by=cast.lead)


def test_a_replacement_begins_with_the_same_words_and_names_the_old_one(make, force, cast):
    old = make.published(force, make.period(), cast)
    new = actions.replace(old, NewReplacement("A figure was wrong."), by=cast.lead)
    assert {row.section: row.text for row in queries.newest_words(new.id)} == {
        row.section: row.text for row in queries.newest_words(old.id)
    }
    assert queries.state_of(old) is StatementState.PUBLISHED
    with pytest.raises(RuleBroken, match=f"{new.reference} replaces this"):
        actions.replace(old, NewReplacement("Again."), by=cast.lead)
    with pytest.raises(RuleBroken, match="Only a published"):
        actions.replace(new, NewReplacement("Again."), by=cast.lead)
    make.board_approval(new, cast.board)
    assert from_json(make.signature(new, cast.signatory).snapshot).version.startswith("Version 2.0")
    actions.publish(new, by=cast.lead)
    assert queries.state_of(old) is StatementState.REPLACED


def test_a_version_of_words_cannot_be_rewritten(make, complete):
    with pytest.raises(Exception, match="Narrative"), transaction():
        audit.record("test.rewritten", subject="test", by=None)
        db.session.query(Narrative).first().text = "Other."
