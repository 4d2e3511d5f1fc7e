"""What the board saw at a meeting is kept, and each figure says what became of it since."""

from datetime import UTC, date, datetime

from sqlalchemy import func, select

from compliance.db import db
from compliance.models import BoardMeeting
from compliance.terms import Role
from tests.board.conftest import find, research
from tests.conftest import TODAY, on_day
from tests.pages import parse, text_of

ALARM = "Projects in fieldwork without a binding decision"
DECIDED = "Projects with every binding decision before fieldwork"


def since_of(html: str) -> dict[str, str]:
    """Label → what became of the figure since the meeting."""
    figures = find(parse(html)[0], "div", "app-figure")
    told = {text_of(one.find("dt")): [text_of(row) for row in one.findall("dd")] for one in figures}
    return {label: row for label, rows in told.items() for row in rows if row.startswith("Since ")}


def record(client, on: date):
    """Record a meeting by the page."""
    day = {"held_on": [str(on.day), str(on.month), str(on.year)]}
    return client.fill("/organisations/npcc/board/meetings/new", day)


def test_a_meeting_keeps_its_figures_and_the_board_tells_what_became_of_them(client, make, policing):
    lead, today = policing["lead"], TODAY.date()
    client.sign_in(lead)
    assert "No earlier meeting recorded." in client.get("/board").text
    assert "No meeting is recorded" in client.get("/organisations/npcc/board/meetings").text
    assert record(client, today).status_code == 302
    # On its own day the board is still told what became of things since the one before.
    assert "No earlier meeting recorded." in client.get("/board").text
    research(make, policing["northmoor"], lead)
    with on_day(datetime(2026, 6, 20, 12, tzinfo=UTC)):
        client.sign_in(lead)
        page = client.get("/board").text
        assert "Changes since the meeting of 9\u00a0June\u00a02026" in page
        assert since_of(page)[ALARM] == "Since the meeting: +1"
        # Three more began, of which two were decided about in time.
        assert since_of(page)[DECIDED] == "Since the meeting: was 2 of 6"
        other_year = client.get("/board?period=2024-25").text
        assert since_of(other_year)[DECIDED] == "Since the meeting: not counted then"
        assert since_of(other_year)[ALARM] == "Since the meeting: +1"
        assert "No earlier meeting recorded." in client.get("/organisations/northmoor/board").text
        kept = client.get("/organisations/npcc/board/meetings").text
        rows = [text_of(row) for body in parse(kept)[0].iter("tbody") for row in body.iter("tr")]
        assert f"{DECIDED}9 June 2026 2 of 6" in rows


def test_what_no_meeting_can_be_is_refused_beside_its_field(client, policing):
    client.sign_in(policing["lead"])
    today = TODAY.date()
    assert record(client, today).status_code == 302
    for day, words in ((10, "today or in the past"), (1, "at most 7 days ago"), (9, "recorded already")):
        answer = record(client, today.replace(day=day))
        assert answer.status_code == 400
        assert words in answer.text
    assert db.session.scalar(select(func.count(BoardMeeting.id))) == 1


def test_a_meeting_is_recorded_by_whoever_keeps_the_board(client, make, policing):
    client.sign_in(make.user(Role.BOARD_MEMBER, policing["npcc"]))
    assert "Record a meeting" not in client.get("/organisations/npcc/board/meetings").text
    assert client.get("/organisations/npcc/board/meetings/new").status_code == 403
    client.sign_in(make.user(Role.INTEGRITY_LEAD, policing["northmoor"]))
    assert client.get("/organisations/npcc/board/meetings/new").status_code == 404
    assert client.get("/organisations/npcc/board/comparison").status_code == 404
