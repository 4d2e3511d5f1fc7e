"""Two people record something about one approval: the second sees what was saved and what they entered."""

from datetime import date

import pytest

from compliance.approvals.actions import add_approval
from compliance.rules.approvals import NewApproval
from compliance.terms import ApprovalStep, Outcome, Role
from tests.kept import kept
from tests.pages import parse, text_of

DECISION = {"outcome": "favourable|Approve", "decided_on": ["1", "6", "2026"]}
MODIFICATION = {
    "kind": "substantial",
    "description": "Two more custody suites",
    "reason": "Too few people so far",
    "sent_on": ["4", "6", "2026"],
}


@kept
def place(make):
    """A force, its lead, its ethics officer, and the approval that a project of the lead needs."""
    force = make.organisation("northmoor", under=make.organisation("npcc"))
    lead, officer = make.user(Role.RESEARCH_LEAD, force), make.user(Role.ETHICS_OFFICER, force)
    return make.approval(make.project(force, lead)), lead, officer


@pytest.fixture
def page(client, make, place):
    """The address of the approval, applied for, opened by the ethics officer."""
    client.sign_in(place[2])
    address = f"/approvals/{place[0].reference}"
    checked = client.fill(f"{address}/application", {"applied_on": ["1", "5", "2026"]})
    client.send(checked, {}, button="confirmed")
    return address


def pairs_of(page: str) -> dict[str, list[str]]:
    """What a page about two versions shows: the part, and then what is saved now and what was entered."""
    root, _ = parse(page)
    found: dict[str, list[str]] = {}
    for part in root.iter():
        if part.tag.endswith("h2") and "app-h2" in part.get("class", ""):
            found[text_of(part).strip()] = []
        elif part.get("class") == "app-text":
            [*found.values()][-1].append(text_of(part).strip())
    return found


def test_a_decision_beside_another(client, make, place, page):
    checked = client.fill(f"{page}/decision", DECISION)
    make.decision(place[0], place[1], Outcome.PROVISIONAL, on=date(2026, 5, 20), note="Send the sheet")
    late = client.send(checked, {}, button="Save the decision")
    assert late.status_code == 409
    pairs = pairs_of(late.text)
    theirs, mine = pairs["Decision"]
    assert (theirs.lower().startswith("provisional"), mine.startswith("Approve")) == (True, True)
    assert place[1].name in pairs["What happened"][0]
    assert pairs["Decided on"] == ["20 May 2026", "1 June 2026"]
    assert pairs["Note"] == ["Send the sheet", "None"]


def test_a_favourable_decision_beside_another_is_shown_and_not_what_follows_by_itself(
    make, place, client, page
):
    checked = client.fill(f"{page}/decision", DECISION)
    make.decision(place[0], place[1], on=date(2026, 5, 20), note="As they wrote")
    pairs = pairs_of(client.send(checked, {}, button="Save the decision").text)
    assert pairs["Decision"] == ["Favourable", "Approve (favourable)"]
    assert pairs["What happened"][0].startswith("Decision, recorded by")
    assert pairs["Note"] == ["As they wrote", "None"]


def test_a_step_and_a_modification_beside_each_other_and_mine_is_saved(client, make, place, page):
    make.decision(place[0], place[1], on=date(2026, 5, 20))
    step = client.fill(f"{page}/steps/halted", {"on": ["5", "6", "2026"], "note": "The suite is closed"})
    changed = client.fill(f"{page}/modification", MODIFICATION)
    assert client.send(changed, {}, button="confirmed").status_code == 302
    late = client.send(step, {}, button="confirmed")
    pairs = pairs_of(late.text)
    assert late.status_code == 409
    assert pairs["What changes"] == ["Two more custody suites", "Nothing"]
    assert pairs["Note"] == ["None", "The suite is closed"]
    assert client.send(late, {}, button="Save mine").status_code == 302
    assert [one.step for one in place[0].events][-2:] == [ApprovalStep.MODIFICATION_SENT, ApprovalStep.HALTED]


def test_only_a_body_that_is_told_of_incidents_is_offered_one(client, make, place, page):
    make.decision(place[0], place[1], on=date(2026, 5, 20))
    assert "Record a serious breach" not in client.get(page).text
    refused = client.get(f"{page}/steps/breach")
    assert (refused.status_code, "ask for no report of a breach" in refused.text) == (400, True)


def test_an_adverse_event_needs_its_words_and_is_told_next(client, make, place):
    committee = add_approval(place[0].project, NewApproval("nhs-rec", "Patients take part"), by=place[2])
    make.decision(committee, place[1], on=date(2026, 5, 20))
    client.sign_in(place[2])
    page = f"/approvals/{committee.reference}"
    silent = client.fill(f"{page}/steps/adverse_event", {"on": ["5", "6", "2026"]})
    assert (silent.status_code, "Say what happened, without names" in silent.text) == (400, True)
    checked = client.fill(
        f"{page}/steps/adverse_event", {"on": ["5", "6", "2026"], "note": "Someone fainted"}
    )
    assert client.send(checked, {}, button="confirmed").status_code == 302
    shown = client.get(page).text
    assert "Record that the body was told of the incident" in shown
    checked = client.fill(f"{page}/steps/incident_told", {"on": ["6", "6", "2026"]})
    assert client.send(checked, {}, button="confirmed").status_code == 302
    assert client.get(f"{page}/steps/incident_told").status_code == 400
