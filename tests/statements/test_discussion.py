"""Comments pinned to sections and warnings that are acknowledged: said once, never changed, counted while open."""

import pytest
from flask import current_app
from werkzeug.exceptions import NotFound

from compliance.db import db
from compliance.models import Acknowledgement
from compliance.rules import faults
from compliance.rules.broken import RuleBroken
from compliance.rules.statements import NewAcknowledgement, NewComment
from compliance.statements import actions, before_board, discussion, queries, signature
from compliance.terms import ContactRole, Role
from tests.kept import kept


@kept
def force(make):
    return make.organisation("northmoor", name="Northmoor Constabulary")


@kept
def cast(make, force):
    return make.cast(force)


@kept
def statement(make, force, cast):
    return make.statement(force, make.period(), cast.lead)


def keys(statement):
    return {row.key for row in faults.unacknowledged(queries.readiness(statement))}


def test_a_comment_is_open_until_it_is_resolved_and_may_be_opened_again(statement, cast):
    first = actions.comment(statement, "ethics", NewComment("Which half?"), by=cast.board)
    assert "comments_ethics" in keys(statement)
    for new, resolved in (
        (NewComment("The second."), False),
        (NewComment(None, resolved=True), True),
        (NewComment("Not so.", resolved=False), False),
        (NewComment("It is now.", resolved=True), True),
        (NewComment("Thank you.", resolved=True), True),
    ):
        actions.answer(statement, first.id, new, by=cast.lead)
        assert discussion.get_comment(statement, first.id).resolved is resolved
    assert "comments_ethics" not in keys(statement)
    kinds = [row.kind.value for row in discussion.get_comment(statement, first.id).answers]
    assert kinds == ["reply", "resolved", "reopened", "resolved", "reply"]


def test_a_comment_belongs_to_its_statement_and_to_a_section(make, force, statement, cast):
    with pytest.raises(KeyError):
        actions.comment(statement, "nonsense", NewComment("Words"), by=cast.board)
    first = actions.comment(statement, "ethics", NewComment("Words"), by=cast.board)
    other = make.statement(make.organisation(under=force), statement.period, cast.lead)
    with pytest.raises(NotFound):
        actions.answer(other, first.id, NewComment("Words"), by=cast.board)
    with pytest.raises(NotFound):
        actions.answer(statement, first.id + 99, NewComment("Words"), by=cast.board)


def test_nobody_comments_on_a_signed_statement(make, force, cast):
    signed = make.published(force, make.period(), cast)
    with pytest.raises(RuleBroken, match="is signed"):
        actions.comment(signed, "ethics", NewComment("Too late."), by=cast.board)


def test_a_commenter_has_not_drafted(statement, cast):
    actions.comment(statement, "ethics", NewComment("Words"), by=cast.signatory)
    assert cast.signatory.id not in discussion.writers(statement)


def test_unacknowledged_warnings_stop_the_sending_and_the_signature(make, force, cast):
    statement = make.complete(force, make.period(), cast)
    actions.comment(statement, "ethics", NewComment("Which half?"), by=cast.board)
    site, shown = current_app.config["SERVICE_URL"], make.gathered(statement).content
    new = make.meeting()
    with pytest.raises(RuleBroken, match="Acknowledge every warning"):
        before_board.submit(statement, new, shown=shown, site=site, by=cast.lead)
    make.board_approval(statement, cast.board)
    actions.comment(statement, "ethics", NewComment("And the other?"), by=cast.board)
    with pytest.raises(RuleBroken, match="acknowledges every warning first"):
        signature.sign(
            statement,
            shown=make.gathered(statement).content,
            site=site,
            folder=current_app.config["INSTANCE_DIR"],
            by=cast.signatory,
        )


def test_an_acknowledgement_is_kept_and_stale_once_its_facts_change(make, force, statement, cast):
    site = current_app.config["SERVICE_URL"]
    actions.comment(statement, "ethics", NewComment("Which half?"), by=cast.board)
    (row,) = [one for one in faults.warnings(queries.readiness(statement)) if one.key == "comments_ethics"]
    new = NewAcknowledgement(row.key, row.facts, "The panel answers in July.")
    actions.acknowledge(statement, new, site=site, by=cast.lead)
    kept = db.session.query(Acknowledgement).one()
    assert (kept.warning, kept.reason, kept.said_by) == (row.key, new.reason, cast.lead)
    assert "comments_ethics" not in keys(statement)
    actions.comment(statement, "ethics", NewComment("And the other?"), by=cast.board)
    assert "comments_ethics" in keys(statement)
    with pytest.raises(RuleBroken, match="has changed since it was shown"):
        actions.acknowledge(statement, new, site=site, by=cast.lead)


def test_who_may_comment_does_so_in_the_browser_and_an_auditor_reads(client, make, force, statement, cast):
    address = f"/statements/{statement.reference}/sections/ethics"
    client.sign_in(cast.board)
    empty = client.fill(f"{address}/comment", {})
    assert (empty.status_code, "Enter your comment" in empty.text) == (400, True)
    page = client.fill(f"{address}/comment", {"text": "Which half?"}, follow_redirects=True).text
    assert "1 open, 0 resolved" in page
    number = discussion.comments_of(statement.id)[0].id
    client.sign_in(cast.lead)
    answer = f"/statements/{statement.reference}/comments/{number}"
    idle = client.fill(answer, {"resolved": "no"})
    assert (idle.status_code, "Enter your comment" in idle.text) == (400, True)
    done = client.fill(answer, {"text": "The second.", "resolved": "yes"}, follow_redirects=True).text
    assert "0 open, 1 resolved" in done
    assert "The second." in done
    client.sign_in(make.user(Role.AUDITOR, force))
    assert "Which half?" in client.get(address).text
    assert "Add a comment" not in client.get(address).text
    assert client.get(f"{address}/comment").status_code == 403


def test_a_warning_is_acknowledged_in_the_browser(client, make, force, statement, cast):
    for role in ContactRole:
        make.contact(force, role)
    client.sign_in(cast.lead)
    address = f"/statements/{statement.reference}"
    assert "Jo Amadi is both senior lead and first point of contact" in client.get(address).text
    page = client.fill(f"{address}/warnings/same_person", {})
    assert (page.status_code, "Say why the statement may go on" in page.text) == (400, True)
    done = client.fill(
        f"{address}/warnings/same_person", {"reason": "We are small."}, follow_redirects=True
    ).text
    assert "Acknowledged by" in done
    assert "We are small." in done
    assert client.get(f"{address}/warnings/nonsense").status_code == 404
