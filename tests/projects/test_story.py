"""The record tells its story by date, what is to come on top, and shows what supports it."""

import re
from datetime import date, timedelta

from compliance import audit, clock
from compliance.config import ROOT
from compliance.db import db, transaction
from compliance.projects.actions import save_task
from compliance.projects.history import history
from compliance.projects.story import FUTURE, LATE, PAST, WORDS, story, words_of
from compliance.projects.views import NEWEST
from compliance.rules.conditions import NewCondition
from compliance.terms import Outcome, Role
from tests.conftest import TODAY
from tests.factories import changed
from tests.kept import kept
from tests.pages import parse, text_of


@kept
def place(make):
    force = make.organisation("northmoor")
    return force, make.user(Role.INTEGRITY_LEAD, force)


def days(number: int) -> date:
    return clock.today() + timedelta(days=number)


def looks(project) -> dict[str, str]:
    return {line.words.split(":")[0]: line.look for line in story(project, (), clock.today())}


def decided(make, project, by, *, expires_on: date):
    """An approval with a condition that is owed since three days."""
    condition = NewCondition("Send the sheet", before_start=False, due_on=days(-3))
    given = {"on": days(-40), "expires_on": expires_on, "conditions": (condition,)}
    return make.decision(make.approval(project), by, Outcome.FAVOURABLE_WITH_CONDITIONS, **given)


def test_what_is_to_come_stands_above_what_was_and_what_is_owed_is_late(make, place):
    project = make.project(*place)
    approval = decided(make, project, place[1], expires_on=days(90))
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


def test_an_approval_that_has_ended_is_called_so_and_a_condition_late(client, make, place):
    project = make.project(*place)
    approval = decided(make, project, place[1], expires_on=days(-5))
    changed(project, started_on=days(-30))
    client.sign_in(place[1])
    text = text_of(parse(client.get(f"/projects/{project.reference}").text)[0])
    told = " ".join(text.replace("\u00a0", " ").split())
    assert f"4 June 2026: {approval.body_name}: last day of the approval Ended" in told
    assert "6 June 2026: Condition to be met: Send the sheet Late" in told


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
    assert "Registered" in told


def test_everything_that_is_recorded_is_told_once_in_words_for_people(client, make, place):
    project = make.project(*place)
    for number in range(1, 231):
        with clock.standing_at(TODAY + timedelta(minutes=number)):
            save_task(project, {"title": f"Title {number}"}, seen=project.version, by=place[1])
    told = [row.event for row in history(project).told]
    assert told[-2:] == ["project.changed", "project.started"]
    assert told.count("project.registered") == 1
    assert told.count("project.changed") == 231
    client.sign_in(place[1])
    newest, whole = (
        text_of(parse(client.get(f"/projects/{project.reference}{more}").text)[0])
        for more in ("", "?timeline=whole")
    )
    assert "Registration begun" in whole
    assert whole.count("Registration changed") == 231
    assert newest.count("Registration changed") == NEWEST
    assert ("Show the whole timeline" in newest, "Show the whole timeline" in whole) == (True, False)


def test_what_one_action_wrote_moments_apart_is_one_line(make, place):
    project = make.draft(*place)
    with transaction():
        audit.record("project.changed", subject=project.reference, by=place[1])
        for second, title in enumerate(("One", "Two")):
            with clock.standing_at(TODAY + timedelta(seconds=second)):
                project.title = title
                db.session.flush()
    assert [row.event for row in history(project).told] == ["project.changed", "project.started"]


def recorded() -> set[str]:
    """The kinds of events that features about one project write."""
    text = "".join(
        path.read_text("utf-8")
        for name in ("projects", "approvals", "checks", "clearances", "exemptions", "reviews")
        for path in (ROOT / "compliance" / name).glob("*.py")
    )
    kinds = set(re.findall(r'audit\.record\(\s*"([a-z_.]+)"', text))
    assert len(kinds) > 20
    return kinds - {"approval.imported"}


def test_every_kind_of_event_has_words_for_people():
    assert recorded() - set(WORDS) == set()
    assert words_of("project.vanished_now") == "Project: vanished now"
