"""My work is kept kind by kind, and says what would be counted afresh after any write."""

from datetime import date

import pytest
from sqlalchemy import select

from compliance import reads
from compliance.db import db
from compliance.models import OrganisationName
from compliance.projects import fieldwork
from compliance.terms import Involvement, Role, Standing
from compliance.work.queries import KEPT
from tests.conftest import at_most
from tests.factories import changed
from tests.pages import parse, text_of


class World:
    """A lead of a force with a project whose fieldwork lacks a decision, and a draft."""

    def __init__(self, make):
        self.make, self.period = make, make.period(2025)
        self.force = make.tree()["northmoor"]
        self.lead = make.user(Role.INTEGRITY_LEAD, self.force)
        self.project = make.project(self.force, self.lead, involves=(Involvement.PEOPLE,), title="Interviews")
        fieldwork.record_start(
            self.project, date(2026, 6, 1), "Told late", seen=self.project.version, by=self.lead
        )
        make.draft(self.force, self.lead, title="Begun")
        self.check = make.check(self.project)
        changed(self.check, due_on=date(2026, 5, 1))

    def name(self):
        """What the force is called."""
        return db.session.scalars(
            select(OrganisationName).where(OrganisationName.organisation_id == self.force.id)
        ).one()


WRITES = {
    "a check": lambda world: changed(world.check, standing=Standing.MET),
    "a title": lambda world: changed(world.project, title="Another title"),
    "a decision": lambda world: world.make.decision(
        world.make.approval(world.project),
        world.make.user(Role.ETHICS_OFFICER, world.force),
        on=date(2026, 6, 2),
    ),
    "a draft": lambda world: world.make.draft(world.force, world.lead, title="Begun again"),
    "a judgement": lambda world: world.make.judgement(world.force, world.period, world.lead),
    "a name": lambda world: changed(world.name(), name="Northmoor and Coast"),
    "a day": lambda world: changed(world.period, returns_due_on=date(2026, 8, 1)),
    "a statement": lambda world: world.make.statement(world.force, world.period, world.lead),
}


@pytest.mark.parametrize("what", WRITES)
def test_after_a_write_it_says_what_would_be_counted_afresh(client, make, what, monkeypatch):
    world = World(make)
    client.sign_in(world.lead)
    before = told(client)
    WRITES[what](world)
    # Whoever does not look at the trail is shown what was; the day of returns stands in the key.
    with monkeypatch.context() as blind:
        blind.setattr(reads, "since", lambda seen, _now: (seen, []))
        assert (told(client) == before) is (what != "a day")
    shown = told(client)
    KEPT.forget()
    assert shown == told(client)
    assert shown != before


def test_an_answer_to_a_check_leaves_the_other_kinds(client, make):
    world = World(make)
    client.sign_in(world.lead)
    told(client)
    changed(world.check, standing=Standing.MET)
    with at_most(6):
        told(client)


def told(client):
    """What the page says."""
    return text_of(parse(client.get("/my-work").text)[0])
