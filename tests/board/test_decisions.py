"""What the board is asked to decide: dated, with its reason, and only while it waits."""

from datetime import UTC, date, datetime

from compliance import frameworks
from compliance.assessments import carrying
from compliance.assessments.asked import asked_of
from compliance.assessments.queries import FRAMEWORK
from compliance.models import BoardReturn, BoardSubmission
from compliance.rules.promises import NewStep
from compliance.terms import ActionState, Role, Standing
from tests.board.conftest import begin_statement, figures_of, research
from tests.conftest import on_day
from tests.factories import added


def test_what_needs_a_decision_says_where_since_when_and_what_is_missing(client, make, policing):
    client.sign_in(make.user(Role.BOARD_MEMBER, policing["npcc"]))
    page = client.get("/board").text
    assert "Needs your decision" in page
    assert "Westmarch Police is collecting data without: Force research ethics panel" in page
    assert "since 1\u00a0March\u00a02026" in page
    assert "Draft the statement on 2 of 3 returns, or wait for 1" in page
    assert "40\u00a0days late" in page


def test_more_than_five_alarms_become_one_line_with_their_number(client, make, policing):
    for number in range(3):
        research(make, make.organisation(f"more-{number}", under=policing["npcc"]), policing["lead"])
    client.sign_in(make.user(Role.BOARD_MEMBER, policing["npcc"]))
    page = client.get("/board").text
    assert "6 projects are collecting data without a binding decision" in page
    assert "is collecting data without:" not in page


def test_only_a_statement_that_was_sent_waits_for_a_decision_and_only_until_it_is_taken(
    client, make, policing
):
    statement = begin_statement(policing["npcc"], policing["this"], policing["lead"])
    client.sign_in(make.user(Role.BOARD_MEMBER, policing["npcc"]))
    assert "Approve the annual statement" not in client.get("/board").text
    sent = added(
        BoardSubmission(
            statement_id=statement.id,
            meeting_on=date(2026, 6, 20),
            snapshot="{}",
            fingerprint="0" * 64,
            submitted_at=datetime(2026, 6, 1, tzinfo=UTC),
            submitted_by_id=policing["lead"].id,
        )
    )
    page = client.get("/board").text
    assert "Approve the annual statement 2025-26, or send it back" in page
    assert "20\u00a0June\u00a02026" in page
    added(
        BoardReturn(
            submission_id=sent.id,
            comments="Say more.",
            returned_at=datetime(2026, 6, 2, tzinfo=UTC),
            returned_by_id=policing["lead"].id,
        )
    )
    assert "Approve the annual statement" not in client.get("/board").text


def test_what_is_not_met_asks_for_an_action_and_a_late_action_for_a_decision(client, make, policing):
    force, lead = policing["westmarch"], policing["lead"]
    board = make.user(Role.BOARD_MEMBER, policing["npcc"])
    client.sign_in(board)
    asked = len(asked_of(frameworks.get(FRAMEWORK)))
    without, late = "Requirements not met without an action", "Actions past their date"
    assert figures_of(client.get("/board").text)[without] == str(asked)
    make.judgement(
        force,
        policing["this"],
        lead,
        "25-C12-E1",
        Standing.NOT_MET,
        fix="Name the contact",
        fix_owner="Head of research",
        fix_due_on=date(2026, 6, 10),
    )
    shown = figures_of(client.get("/board").text)
    assert (shown[without], shown[late]) == (str(asked), "0")
    with on_day(datetime(2026, 6, 11, 12, tzinfo=UTC)):
        page = client.sign_in(board).get("/board").text
        assert figures_of(page)[late] == "1"
        assert "1\u00a0action past its date" in page
        assert "Name the contact" in client.get("/board/shortfalls?show=overdue").text
        carrying.record_step(force, "25-C12-E1", None, NewStep(ActionState.DONE, None, None), by=lead)
        shown = figures_of(client.get("/board").text)
        # Done, and still judged not met: nothing is open to mend it.
        assert (shown[without], shown[late]) == (str(asked + 1), "0")
