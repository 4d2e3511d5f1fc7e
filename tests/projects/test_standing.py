"""A project checked once is read under each framework; a check that is not met may say what will be done."""

from compliance.terms import Role, Standing
from tests.conftest import at_most

ANSWER = {
    "standing": "not_met",
    "note": "No plan",
    "fix": "Write a data plan",
    "fix_owner": "Priya",
    "fix_due_on": ["1", "12", "2026"],
}


def begin(client, make):
    force = make.organisation("northmoor")
    lead = make.user(Role.RESEARCH_LEAD, force)
    client.sign_in(lead)
    return make.project(force, lead)


def test_what_follows_from_the_checks_is_derived_under_the_other_frameworks(client, make):
    project = begin(client, make)
    page = f"/projects/{project.reference}/standing"
    with at_most(30) as few:
        assert "0 of 13" in client.get(page).text
    for check in list(project.checks):
        client.fill(f"/projects/{project.reference}/checks/{check.requirement_code}", {"standing": "met"})
    with at_most(len(few)):
        shown = client.get(page).text
    assert "13 of 13" in shown
    assert "0 of 19" in shown
    assert "<strong>Derived:</strong>" in shown
    assert "0 of 13" in client.get(f"{page}?as_at=2026-01-01").text
    assert page in client.get(f"/projects/{project.reference}").text


def test_what_a_check_says_will_be_done_is_followed_up(client, make):
    project = begin(client, make)
    page = f"/projects/{project.reference}/checks/{project.checks[0].requirement_code}"
    assert client.get(f"{page}/action").status_code == 404
    assert client.fill(page, {**ANSWER, "fix_owner": ""}).status_code == 400
    assert client.fill(page, ANSWER).status_code == 302
    assert "Write a data plan" in client.get(page).text
    assert client.fill(page, {"standing": "met", "note": "Plan of June"}).status_code == 302
    shown = client.get(page).text
    assert "Since judged met: record whether it is done" in shown
    assert project.checks[0].answers[0].standing is Standing.MET
    assert client.fill(f"{page}/action", {"state": "dropped"}).status_code == 400
    assert client.fill(f"{page}/action", {"state": "done"}).status_code == 302
    assert "Since judged met" not in client.get(page).text
