"""The record tells its story by date, what is to come on top, and shows what supports it."""

from datetime import date, timedelta

import pytest

from compliance import clock
from compliance.projects.story import FUTURE, LATE, PAST, story
from compliance.rules.conditions import NewCondition
from compliance.terms import Outcome, Role
from tests.factories import changed
from tests.pages import parse, text_of


@pytest.fixture
def place(make):
    force = make.organisation("northmoor")
    return force, make.user(Role.INTEGRITY_LEAD, force)


def days(number: int) -> date:
    return clock.today() + timedelta(days=number)


def looks(project) -> dict[str, str]:
    return {line.words.split(":")[0]: line.look for line in story(project, (), clock.today())}


def test_what_is_to_come_stands_above_what_was_and_what_is_owed_is_late(make, place):
    project = make.project(*place)
    condition = NewCondition("Send the sheet", before_start=False, due_on=days(-3))
    outcome = Outcome.FAVOURABLE_WITH_CONDITIONS
    approval = make.decision(
        make.approval(project),
        place[1],
        outcome,
        on=days(-40),
        expires_on=days(90),
        conditions=(condition,),
    )
    changed(project, started_on=days(-30), expected_end_on=days(30))
    lines = story(project, (), clock.today())
    assert [line.on for line in lines] == [days(90), days(30), days(-3), days(-30)]
    assert looks(project) == {
        approval.body_name: FUTURE,
        "Research expected to end": FUTURE,
        "Condition to be met": LATE,
        "Fieldwork began": PAST,
    }


def test_what_has_ended_owes_nothing(make, place):
    project = make.project(*place)
    make.decision(make.approval(project), place[1], on=days(-40), expires_on=days(90))
    changed(project, started_on=days(-30), ended_on=days(-2))
    assert set(looks(project).values()) == {PAST}


def test_the_record_shows_evidence_of_its_checks_once_and_folds_old_lines(client, make, place):
    project = make.project(*place)
    stranger = make.project(*place, title="Another project")
    make.evidence(make.check(project), place[1])
    make.evidence(make.check(stranger), place[1], content=b"%PDF-1.7\nother")
    client.sign_in(place[1])
    root, _ = parse(client.get(f"/projects/{project.reference}").text)
    told = " ".join(text_of(root).split()).replace("\u00a0", " ")
    assert "Evidence 1 item" in told
    assert told.count("Decision letter") == 1
    assert "Project: registered" in told
