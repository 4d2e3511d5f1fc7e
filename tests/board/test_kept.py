"""A board as it was drawn: the same for the same people until anything is recorded, and for nobody else."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from compliance import clock, reads
from compliance.board.actions import record_meeting
from compliance.board.kept import BOARDS
from compliance.db import db
from compliance.models import Assessment, Check
from compliance.projects import fieldwork
from compliance.rules.board import NewMeeting
from compliance.terms import OrganisationKind, Role, Standing
from tests.board.conftest import begin_statement, case, name_roles, research, send, write
from tests.conftest import TODAY, TooManyQueries, at_most
from tests.factories import changed
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
    BOARDS.forget()
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


WRITES = {
    "a check": lambda world: changed(world.check, standing=Standing.NOT_MET),
    "a check that is due later": lambda world: changed(world.check, due_on=date(2027, 5, 1)),
    "a project ends": lambda world: changed(world.check.project, ended_on=date(2026, 3, 1)),
    "a new project": lambda world: research(world.make, world.force, world.lead),
    "a judgement": lambda world: changed(world.judged, standing=Standing.NOT_MET),
    "a contact": lambda world: name_roles(world.sister),
    "a return": lambda world: send(world.sister, world.period, world.lead),
    "a case": lambda world: case(world.force, "CASE-2025-09", date(2025, 5, 2), world.lead),
    "words": lambda world: write(world.statement, "introduction", world.lead, completed=True),
    "evidence": lambda world: world.make.evidence(world.check, world.lead, review_by_on=date(2026, 6, 20)),
    "a name": lambda world: changed(world.sister.names[0], name="West Police"),
    "an organisation": lambda world: world.make.organisation(under=world.npcc),
    "a meeting": lambda world: record_meeting(world.npcc, NewMeeting(date(2026, 6, 8)), by=world.lead),
}


class World:
    """A council with its forces, and rows that change."""

    def __init__(self, make, policing):
        self.make, self.lead, self.period = make, policing["lead"], policing["this"]
        self.npcc, self.force, self.sister = (policing[code] for code in ("npcc", "northmoor", "westmarch"))
        self.statement = begin_statement(self.npcc, self.period, self.lead)
        self.check = db.session.scalars(
            select(Check)
            .where(Check.organisation_id == self.force.id, Check.standing == Standing.NOT_ASSESSED)
            .order_by(Check.due_on, Check.id)
        ).first()
        self.judged = db.session.scalars(
            select(Assessment).where(Assessment.organisation_id == self.force.id).order_by(Assessment.id)
        ).first()


@pytest.mark.parametrize("what", WRITES)
def test_after_a_write_a_board_says_what_would_be_counted_afresh(client, make, policing, what, monkeypatch):
    world = World(make, policing)
    client.sign_in(world.lead)
    before = client.get("/board").text
    WRITES[what](world)
    # Whoever does not look at the trail is shown what was.
    with monkeypatch.context() as blind:
        blind.setattr(reads, "since", lambda seen, _now: (seen, []))
        assert body_of(client.get("/board").text) == body_of(before)
    shown = client.get("/board").text
    BOARDS.forget()
    afresh = client.get("/board").text
    assert body_of(shown) == body_of(afresh)
    assert body_of(shown) != body_of(before)


def body_of(page):
    """What the board says, without what is asked anew with every answer."""
    return text_of(parse(page)[0])


def test_an_answer_to_a_check_leaves_what_does_not_ask_for_checks(client, make, policing):
    world = World(make, policing)
    client.sign_in(world.lead)
    client.get("/board")
    changed(world.check, standing=Standing.MET)
    # Who asks, whose board, the trail, what is wrong today, how checks stand.
    with at_most(5):
        client.get("/board")
