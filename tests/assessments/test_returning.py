"""A return is frozen as it was sent; the organisation above counts that, and alone opens it again."""

from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from compliance.assessments import returning
from compliance.assessments.queries import judgements, sent_return
from compliance.reminders.digest import link
from compliance.reminders.feed import calendar_of
from compliance.reminders.queries import digests
from compliance.rules.assessments import NewReopening
from compliance.rules.broken import RuleBroken
from compliance.statements.draft import draft_from_records
from compliance.statements.gather import gather
from compliance.terms import Involvement, Role
from tests.conftest import on_day
from tests.factories import changed

REASON = NewReopening("A study is missing.", date(2026, 7, 1))


@pytest.fixture
def world(make):
    """A council, a force whose assessment is complete, its lead and the national one."""
    return World(make)


class World:
    def __init__(self, make):
        self.make, tree = make, make.tree()
        self.npcc, self.force, self.period = tree["npcc"], tree["northmoor"], make.period()
        self.lead = make.user(Role.INTEGRITY_LEAD, self.force)
        self.national = make.user(Role.INTEGRITY_LEAD, self.npcc)
        for row in judgements(self.force.id, self.period.id):
            make.judgement(self.force, self.period, self.lead, row.requirement.code)

    def study(self, title="A study"):
        project = self.make.project(self.force, self.lead, involves=(Involvement.PEOPLE,), title=title)
        self.make.decision(self.make.approval(project), self.lead, on=date(2025, 5, 1))
        return changed(project, started_on=date(2025, 6, 1))

    def send(self):
        return returning.send_return(self.force, self.period, by=self.lead)

    def document(self, at=None):
        return gather(draft_from_records(at or self.npcc, self.period, "government"), site="").statement


def test_what_was_sent_is_counted_although_the_register_goes_on(world):
    first = world.study()
    world.send()
    world.study("A late one")
    changed(first, title="Another title", started_on=date(2026, 5, 1))
    made = world.document()
    assert [(row.reference, row.title) for row in made.projects] == [(first.reference, "A study")]
    assert made.figure("ethics_before_start").value.text == "1 of 1"
    assert sum(row.total for row in made.approvals) == 1
    assert any(
        "1 project was recorded after the return was sent, and not counted" in row for row in made.quality
    )
    own = world.document(world.force)
    assert [row.title for row in own.projects] == ["A late one"]


def test_only_the_organisation_above_opens_a_return_again(world):
    with pytest.raises(RuleBroken, match="no return to open"):
        returning.reopen(world.force, world.period, REASON, by=world.national)
    world.send()
    with pytest.raises(RuleBroken, match="organisation above"):
        returning.reopen(world.force, world.period, REASON, by=world.lead)
    with pytest.raises(RuleBroken, match="today or in the future"):
        past = NewReopening("Late.", date(2026, 6, 1))
        returning.reopen(world.force, world.period, past, by=world.national)


def test_an_open_return_can_be_changed_counts_as_it_was_and_is_frozen_anew(world):
    world.study()
    world.send()
    returning.reopen(world.force, world.period, REASON, by=world.national)
    assert sent_return(world.force.id, world.period.id) is None
    with pytest.raises(RuleBroken, match="is open already"):
        returning.reopen(world.force, world.period, REASON, by=world.national)
    world.study("The missing one")
    assert len(world.document().projects) == 1
    world.send()
    again = sent_return(world.force.id, world.period.id)
    assert [row.number for row in again.frozen] == [1, 2]
    assert sent_return(world.force.id, world.period.id) is not None
    assert len(world.document().projects) == 2
    returning.reopen(world.force, world.period, REASON, by=world.national)
    assert sent_return(world.force.id, world.period.id) is None


def test_a_late_return_is_marked(world):
    with on_day(datetime(2026, 5, 20, 10, tzinfo=UTC)):
        world.send()
    assert any("Northmoor Constabulary on 20 May 2026" in row for row in world.document().quality)


def test_it_is_opened_in_the_browser_and_the_force_is_told_why(client, world):
    world.send()
    client.sign_in(world.national)
    address = "/assessment/northmoor/2025-26"
    assert "Open this return again" in client.get(address).text
    new = {"reason": "A study is missing.", "due_on": ["1", "7", "2026"]}
    assert "Return opened again" in client.fill(f"{address}/reopen", new, follow_redirects=True).text
    client.sign_in(world.lead)
    page = client.get(address).text
    assert "This return is open again" in page
    assert "Return open again</span> <span>Due 1\u00a0July\u00a02026, in 22\u00a0days" in page
    assert "Missing" not in page
    assert "A study is missing." in page
    assert "Open this return again" not in page
    refused = client.fill(f"{address}/reopen", new)
    assert (refused.status_code, "organisation above" in refused.text) == (400, True)


def test_the_day_of_a_return_that_is_open_again_stands_on_my_work_and_in_reminders(world, client):
    world.send()
    assert "send it again" not in client.sign_in(world.lead).get("/my-work").text
    returning.reopen(world.force, world.period, REASON, by=world.national)
    page = client.sign_in(world.lead).get("/my-work").text
    assert "Change the return and send it again" in page
    assert "A study is missing." in page
    (note,) = told(world.lead, date(2026, 6, 24))
    assert (note.what, note.stage) == ("was opened again, and is to be sent again", "ahead-7")
    assert link(note, "https://x.example") == "https://x.example/assessment/northmoor/2025-26"
    assert told(world.lead, date(2026, 5, 1)) == ()
    world.send()
    assert "send it again" not in client.get("/my-work").text
    assert told(world.lead, date(2026, 6, 24)) == ()


def told(user, on):
    with on_day(datetime(on.year, on.month, on.day, 7, tzinfo=UTC)):
        return next((one.notes for one in digests(on) if one.user.email == user.email), ())


def test_the_day_of_a_return_that_is_open_again_stands_in_the_calendar_until_it_is_sent(world):
    def days(user):
        events = Calendar.from_ical(calendar_of(user, "https://x.example")).walk("VEVENT")
        return [(str(one["SUMMARY"]), one["DTSTART"].dt, str(one["URL"])) for one in events]

    world.send()
    assert days(world.lead) == []
    returning.reopen(world.force, world.period, REASON, by=world.national)
    said = (
        "The return of Northmoor Constabulary was opened again, and is to be sent again (northmoor/2025-26)"
    )
    event = (said, date(2026, 7, 1), "https://x.example/assessment/northmoor/2025-26")
    assert days(world.lead) == days(world.national) == [event]
    assert days(world.make.user(Role.RESEARCH_LEAD, world.force)) == []
    assert days(world.make.user(Role.INTEGRITY_LEAD, world.make.organisation("elsewhere"))) == []
    world.send()
    assert days(world.lead) == []
