"""A board as it was drawn: the same for the same people until anything is recorded, and for nobody else."""

from datetime import timedelta

import pytest

from compliance import clock
from compliance.board.kept import BOARDS
from compliance.projects import fieldwork
from compliance.terms import OrganisationKind, Role
from tests.conftest import TODAY, TooManyQueries, at_most
from tests.pages import parse, text_of


@pytest.fixture
def place(make):
    npcc = make.organisation("npcc", kind=OrganisationKind.COUNCIL, returns_from_on=None)
    make.period(2025)
    force = make.organisation("westmarch", under=npcc)
    return npcc, force, make.user(Role.INTEGRITY_LEAD, npcc)


def test_a_board_is_drawn_once_until_anything_is_recorded(client, make, place):
    _npcc, force, lead = place
    client.sign_in(lead)
    first = client.get("/board").text
    with at_most(3):
        again = client.get("/board").text
    assert text_of(parse(again)[0]) == text_of(parse(first)[0])
    project = make.project(force, lead)
    with clock.standing_at(TODAY + timedelta(minutes=5)):
        fieldwork.record_start(
            project, TODAY.date() - timedelta(days=9), "Told late", seen=project.version, by=lead
        )
        shown = client.get("/board").text
    assert ("Start not allowed" in first, "Start not allowed" in shown) == (False, True)
    BOARDS.held.clear()
    with pytest.raises(TooManyQueries), at_most(3):
        client.get("/board")


def test_what_is_drawn_for_one_is_not_shown_to_another(client, make, place):
    npcc, force, lead = place
    lead_sees = client.sign_in(lead).get(f"/organisations/{force.code}/board").text
    member = make.user(Role.BOARD_MEMBER, npcc)
    member_sees = client.sign_in(member).get(f"/organisations/{force.code}/board").text
    assert ("Needs a decision" in lead_sees, "Needs your decision" in member_sees) == (True, True)
    other = make.user(Role.INTEGRITY_LEAD, make.organisation("eastshire", under=npcc))
    assert client.sign_in(other).get(f"/organisations/{force.code}/board").status_code == 404
