"""Changed answers add what follows, propose what no longer does, and remove nothing."""

from datetime import date

import pytest

from compliance.approvals import actions
from compliance.projects.fieldwork import record_end, record_start
from compliance.terms import ApprovalState, Involvement, Role

PLACES = (
    "police_resources",
    "nhs",
    "nhs_staff",
    "prison_or_probation",
    "defence",
    "overseas_or_dual_use",
    "animals",
    "human_tissue",
)


@pytest.fixture
def place(client, make):
    force = make.organisation("northmoor", under=make.organisation("npcc"))
    lead = make.user(Role.RESEARCH_LEAD, force)
    client.sign_in(lead)
    return make.project(force, lead), lead, make.user(Role.ETHICS_OFFICER, force)


def answer(client, project, **yes):
    """Answer the questions about places: yes to these, no to the others."""
    values = {name: "yes" if name in yes else "no" for name in PLACES}
    client.fill(f"/projects/{project.reference}/register/places", values)
    return client.get(f"/projects/{project.reference}").text


def of(project, body_key):
    return [row for row in project.approvals if row.body_key == body_key]


def test_what_is_needed_besides_is_added_and_told(client, place):
    shown = answer(client, place[0], nhs=True)
    assert "Needed now because of your answers: NHS Research Ethics Committee" in shown
    (added,) = of(place[0], "nhs-rec")
    assert (added.rule, added.rule_version) == ("E01", "version 2")
    assert added.rule_answers == Involvement.NHS.label


def test_what_no_longer_follows_is_proposed_and_stays(client, place):
    answer(client, place[0], nhs=True)
    shown = answer(client, place[0])
    assert "No longer follows from them" in shown
    assert "No longer follows from the answers" in shown
    assert len(of(place[0], "nhs-rec")) == 1


def test_a_reason_is_kept_up_to_date_and_one_that_somebody_gave_stays(client, place):
    answer(client, place[0], nhs_staff=True)
    (hra,) = of(place[0], "hra-approval")
    assert (hra.rule, hra.reason) == ("E25", "NHS staff take part")
    assert of(place[0], "nhs-rec") == []
    shown = answer(client, place[0], nhs=True, nhs_staff=True)
    assert "Needed as before, now for other reasons: HRA and HCRW Approval" in shown
    assert (hra.rule, hra.rule_version) == ("E02, E25", "version 2")
    assert hra.reason == "NHS patients, data or tissue are involved; NHS staff take part"
    assert Involvement.NHS_STAFF.label in hra.rule_answers
    actions.declare_not_required(hra, "Not ours", seen=hra.version, by=place[2])
    renewed = actions.replace(hra, "It is ours after all", seen=hra.version, by=place[2])
    answer(client, place[0], nhs=True)
    assert renewed.reason == "It is ours after all"


def test_what_was_not_required_and_follows_anew_gets_a_successor(client, place):
    answer(client, place[0], nhs=True)
    (first,) = of(place[0], "nhs-rec")
    answer(client, place[0])
    actions.declare_not_required(first, "No patients", seen=first.version, by=place[2])
    answer(client, place[0], nhs=True)
    old, new = of(place[0], "nhs-rec")
    shown = client.get(f"/projects/{place[0].reference}").text
    assert f"In place of {old.reference}" in shown
    assert "counts until this one is decided" not in shown, "what is not required covers nothing"
    assert old.stage is ApprovalState.NOT_REQUIRED
    assert new.replaces is old
    assert new.stage is ApprovalState.NEEDED


def test_the_end_of_the_research_brings_the_check_before_publication(place):
    project, lead, officer = place
    (panel,) = of(project, "force-ethics-panel")
    actions.declare_not_required(panel, "Seen by another", seen=panel.version, by=officer)
    record_start(project, date(2026, 6, 1), "It could not wait", seen=project.version, by=lead)
    assert of(project, "publication-check") == []
    record_end(project, date(2026, 6, 9), seen=project.version, by=lead)
    assert [row.body_key for row in project.approvals if row.replaces] == []
    (check,) = of(project, "publication-check")
    assert check.rule == "E30"
    assert not check.binding


def test_the_rules_are_explained_to_people(client, place):
    shown = client.get("/approvals/needed").text
    assert "Biometrics" in shown
    assert "E21" in shown


def test_a_start_that_is_blocked_links_to_what_is_missing(client, place):
    shown = client.get(f"/projects/{place[0].reference}/plan-start").text
    missing = of(place[0], "force-ethics-panel")[0].reference
    assert f'href="/approvals/{missing}"' in shown
    assert "no favourable decision yet" in shown


def test_what_is_done_in_the_house_is_asked_for_no_application(client, make, place):
    project = make.project(place[0].organisation, place[1], involves=(Involvement.PERSONAL_DATA,))
    (dpia,) = of(project, "dpia")
    page = client.sign_in(place[2]).get(f"/approvals/{dpia.reference}").text
    assert "Record the decision" in page
    assert "pplication" not in page.split("</h1>", 1)[1].split("<footer", 1)[0]
    panel = of(place[0], "force-ethics-panel")[0].reference
    assert "Record the application" in client.get(f"/approvals/{panel}").text


def test_a_renewal_says_that_the_one_before_it_still_counts(client, make, place):
    (panel,) = of(place[0], "force-ethics-panel")
    make.decision(panel, place[2])
    actions.replace(panel, "It ends soon", seen=panel.version, by=place[2])
    assert "counts until this one is decided" in client.get(f"/projects/{place[0].reference}").text
