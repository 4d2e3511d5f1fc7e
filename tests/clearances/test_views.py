"""People's clearances: past its last day one blocks the person and never the project; nobody is forgotten."""

from datetime import date, timedelta

import pytest

from compliance.approvals.queries import all_facts
from compliance.clearances.queries import clearances_of
from compliance.reminders.digest import text_of
from compliance.reminders.queries import digests
from compliance.rules.approvals import start_blockers
from compliance.rules.clearances import access, forces
from compliance.terms import Access, Involvement, Role
from tests.conftest import TODAY, at_most
from tests.factories import changed

DAY = timedelta(days=1)
ON = TODAY.date()
GIVEN = {
    "person": "Contractor B",
    "level": "nppv_2_abbreviated",
    "issuing_force": "Warwickshire Police",
    "granted_on": ["1", "5", "2025"],
    "expires_on": ["1", "7", "2026"],
    "accepted_by": "Kent Police\n\nEssex Police\nKent Police",
}


@pytest.fixture
def lead(make, client):
    """A research lead who is signed in."""
    user = make.user(Role.RESEARCH_LEAD, make.organisation("northmoor", under=make.organisation("npcc")))
    client.sign_in(user)
    return user


@pytest.fixture
def project(make, lead):
    """A project on whose systems people from outside work."""
    return make.project(
        lead.memberships[0].organisation, lead, involves=(Involvement.NON_POLICE_ACCESS,), title="Call data"
    )


def test_a_clearance_is_valid_on_its_last_day_and_blocks_the_day_after():
    assert access(ON, ON) is Access.ENDS_SOON
    assert access(ON - DAY, ON) is Access.BLOCKED
    assert access(ON + 31 * DAY, ON) is Access.ALLOWED


def test_a_clearance_is_recorded_and_shown_on_the_project(client, project):
    page = f"/projects/{project.reference}"
    assert "nobody from outside the police may have access yet" in client.get(page).text
    client.fill(f"{page}/clearances/new", GIVEN)
    shown = client.get(page).text
    for words in (
        "Contractor B",
        "NPPV 2 (abbreviated)",
        "1\xa0July\xa02026",
        "Ends soon",
        "1 of 1\xa0person may have access",
    ):
        assert words in shown, words
    assert "Transfer accepted by Kent Police, Essex Police" in shown


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"granted_on": ["1", "7", "2026"]}, "must be today or in the past"),
        ({"expires_on": ["30", "4", "2025"]}, "must not be before the clearance was granted"),
        ({"expires_on": ["", "", ""]}, "Enter the last day of the clearance"),
        ({"person": " "}, "Enter the person"),
        ({"level": None}, "Select the level"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_assumed(client, project, fault, words):
    values = {name: value for name, value in {**GIVEN, **fault}.items() if value is not None}
    answer = client.fill(f"/projects/{project.reference}/clearances/new", values)
    assert answer.status_code == 400
    assert words in answer.text
    assert clearances_of(project.id) == []


def test_an_ended_clearance_blocks_the_person_and_not_the_project(client, make, lead, project):
    before = start_blockers(all_facts(project.approvals), ON)
    make.clearance(project, lead, expires_on=ON - DAY)
    make.clearance(project, lead, person="Contractor C")
    assert start_blockers(all_facts(project.approvals), ON) == before
    shown = client.get(f"/projects/{project.reference}").text
    assert "1 of 2\xa0people may have access" in shown
    assert "No access" in shown
    assert "The project goes on" in shown
    work = client.get("/my-work").text
    assert "Contractor A: the clearance has ended, no access" in work
    assert "Contractor C" not in work
    assert "Call data" in client.get("/projects?show=clearance-ends").text


def test_a_renewal_takes_the_place_and_who_has_left_is_no_longer_counted(client, make, lead, project):
    old = make.clearance(project, lead, expires_on=ON - DAY)
    new = make.clearance(project, lead, granted_on=ON, expires_on=ON + 400 * DAY)
    other = make.clearance(project, lead, person="Contractor C", expires_on=ON - DAY)
    assert [row.id for row, _ in clearances_of(project.id)] == [other.id, new.id]
    assert old.left_on is None
    refused = client.fill(f"/clearances/{other.id}", {"left_on": ["1", "7", "2026"]})
    assert "between the clearance and today" in refused.text
    client.fill(f"/clearances/{other.id}", {"left_on": ["9", "6", "2026"], "accepted_by": "Kent Police"})
    assert [row.id for row, _ in clearances_of(project.id)] == [new.id]
    assert other.accepted_by == ["Kent Police"]
    assert "the clearance has ended" not in client.get("/my-work").text


def test_who_renews_late_is_told_in_stages_without_a_name(make, lead, project):
    make.clearance(project, lead, expires_on=date(2026, 7, 1))
    assert told(lead, date(2026, 3, 1)) == []
    assert [note.stage for note in told(lead, date(2026, 4, 10))] == ["ahead-90"]
    assert [note.stage for note in told(lead, date(2026, 6, 28))] == ["ahead-7"]
    late = told(lead, date(2026, 7, 9))
    assert [note.stage for note in late] == ["late-1"]
    digest = next(one for one in digests(date(2026, 7, 9)) if one.user == lead)
    mail = text_of(digest, "https://integrity.example", date(2026, 7, 9))
    assert f"a person’s clearance ({project.reference}): has ended, so that the person has no access" in mail
    assert f"https://integrity.example/projects/{project.reference}" in mail
    assert "Contractor" not in mail
    changed(project, started_on=date(2026, 6, 1), ended_on=date(2026, 6, 9))
    assert told(lead, date(2026, 7, 9)) == []


def told(user, on):
    """What somebody would be told about clearances."""
    notes = [note for digest in digests(on) if digest.user == user for note in digest.notes]
    return [note for note in notes if note.key.startswith("clearance/")]


def test_the_project_asks_as_often_for_ten_people_as_for_one(client, make, lead, project):
    make.clearance(project, lead)
    with at_most(30) as few:
        client.get(f"/projects/{project.reference}")
    for number in range(10):
        make.clearance(project, lead, person=f"Contractor {number}")
    with at_most(len(few)):
        client.get(f"/projects/{project.reference}")


def test_forces_are_told_apart_by_lines():
    assert forces(" Kent Police \n\nKent Police\nEssex Police") == ("Kent Police", "Essex Police")
    assert forces(None) == ()
