"""What an organisation says of its own body: several words, its questions, how long it holds, times with dates."""

from datetime import UTC, date, datetime

import pytest

from compliance.approvals import actions
from compliance.approvals.queries import dues_of
from compliance.bodies.actions import add_body, change_body
from compliance.bodies.queries import as_body, body_of
from compliance.frameworks.body import Validity
from compliance.rules.approvals import NewApplication
from compliance.rules.bodies import NewBody, asked, several, times_after
from compliance.rules.broken import RuleBroken
from compliance.terms import Outcome, Role
from tests.conftest import on_day
from tests.kept import kept

WORDS = {Outcome.FAVOURABLE: "Agreed", Outcome.PROVISIONAL: "Major amendments; More information"}


def new(**parts):
    return NewBody(
        **{"name": "Panel", "stands_for": "force-ethics-panel", "binding": True, "words": WORDS, **parts}
    )


@kept
def place(make):
    """A force and its ethics officer."""
    force = make.organisation("northmoor", under=make.organisation("npcc"))
    return force, make.user(Role.ETHICS_OFFICER, force)


def test_a_body_may_have_two_words_for_one_outcome(place):
    force, officer = place
    words = [(one.own, one.outcome) for one in as_body(add_body(force, new(), by=officer)).words]
    assert words == [
        ("Agreed", "favourable"),
        ("Major amendments", "provisional"),
        ("More information", "provisional"),
    ]
    with pytest.raises(RuleBroken, match="Each word must stand for one decision"):
        new(words={**WORDS, Outcome.UNFAVOURABLE: "No; more information"}).check()
    assert several(" a ;; b;") == ("a", "b")


def test_its_questions_keep_their_answers_when_they_move(make, place):
    force, officer = place
    body = add_body(force, new(questions=("Who chairs?", "Which quorum?")), by=officer)
    approval = make.approval(make.project(force, officer))
    actions.save_details(approval, {"own_2": "Five"}, seen=approval.version, by=officer)
    change_body(body, new(questions=("Which quorum?", "Who pays?")), seen=body.version, by=officer)
    assert body.questions == [
        {"key": "own_2", "label": "Which quorum?"},
        {"key": "own_3", "label": "Who pays?"},
    ]
    assert {"meeting_on", "own_2", "own_3"} <= {row.key for row in body_of(approval).asked}
    assert approval.details == {"own_2": "Five"}
    with pytest.raises(RuleBroken, match="Ask each question once"):
        new(questions=("Who?", "who?")).check()


def test_it_says_how_long_its_decision_holds(place):
    force, officer = place
    assert as_body(add_body(force, new(validity="annual"), by=officer)).validity is Validity.ANNUAL
    assert as_body(add_body(force, new(name="Other"), by=officer)).validity is Validity.REVIEW


def test_a_changed_time_does_not_date_again_what_was_sent_before(make, place):
    force, officer = place
    body = add_body(force, new(usual_days=21), by=officer)
    before = make.approval(make.project(force, officer))
    after = make.approval(make.project(force, officer, title="Later"))
    actions.apply(before, NewApplication(date(2026, 6, 1), None), seen=before.version, by=officer)
    change_body(body, new(usual_days=40), seen=body.version, by=officer)
    change_body(body, new(usual_days=60), seen=body.version, by=officer)
    assert body.times == [{"days": 21, "until": "2026-06-08"}]
    with on_day(datetime(2026, 6, 20, 9, tzinfo=UTC)):
        actions.apply(after, NewApplication(date(2026, 6, 20), None), seen=after.version, by=officer)
        change_body(body, new(usual_days=None), seen=body.version, by=officer)
        expected = [due_of(row) for row in (before, after)]
    assert expected == [date(2026, 6, 22), None]
    assert body.times[-1] == {"days": 60, "until": "2026-06-19"}


def due_of(approval):
    """When the body is expected to decide."""
    return next((one.on for one in dues_of(approval, date(2026, 6, 20)) if "decision" in one.what), None)


def test_the_form_shows_what_was_said_and_keeps_it(client, place):
    force, officer = place
    add_body(force, new(questions=("Who chairs?",), validity="fixed"), by=officer)
    client.sign_in(officer)
    client.fill("/bodies/body-0001/change", {"note": "Meets monthly"})
    shown = client.get("/bodies/body-0001").text
    for words in (
        "Major amendments",
        "More information",
        "Who chairs?",
        "Until a fixed day",
        "Meets monthly",
    ):
        assert words in shown, words


def test_a_time_that_did_not_change_leaves_no_trace():
    assert times_after([], 21, 21, date(2026, 6, 9)) == []
    assert times_after([], None, 21, date(2026, 6, 9)) == [{"days": None, "until": "2026-06-08"}]
    assert asked((), [{"key": "own_1", "label": "x"}]) == []
