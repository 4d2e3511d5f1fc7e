"""A project is registered, listed, started and ended through its pages."""

import re

from compliance.terms import Involvement, Outcome, Role
from tests.conftest import at_most
from tests.pages import parse, text_of


def lead(make):
    npcc = make.organisation("npcc")
    force = make.organisation("northmoor", under=npcc)
    return force, make.user(Role.RESEARCH_LEAD, force)


def test_the_list_asks_as_often_for_thirty_projects_as_for_three(client, make):
    force, person = lead(make)
    client.sign_in(person)
    for _ in range(3):
        make.draft(force, person)
    client.get("/projects")
    with at_most(6) as few:
        client.get("/projects")
    for _ in range(27):
        make.draft(force, person)
    with at_most(len(few)):
        assert "30\u00a0projects" in client.get("/projects").text


def test_a_start_before_the_decision_is_refused_with_the_reason(client, make):
    force, person = lead(make)
    project = make.project(force, person)
    client.sign_in(person)
    page = client.fill(f"/projects/{project.reference}/plan-start", {"start_on": ["1", "7", "2026"]})
    assert page.status_code == 400
    assert "no favourable decision yet" in page.text
    assert 'value="2026"' in page.text


def test_a_start_that_has_happened_shows_as_an_exception(client, make):
    force, person = lead(make)
    project = make.project(force, person)
    client.sign_in(person)
    client.fill(
        f"/projects/{project.reference}/record-start",
        {"start_on": ["1", "6", "2026"], "reason": "The panel was told on the day."},
    )
    shown = client.get(f"/projects/{project.reference}").text
    assert "Fieldwork is running without" in shown
    assert "Start not allowed" in client.get("/projects").text
    for row in [row for row in project.approvals if row.binding]:
        make.decision(row, make.user(Role.ETHICS_OFFICER, force), Outcome.FAVOURABLE)
    assert "Start not allowed" not in client.get("/projects").text


def test_a_project_of_another_force_is_not_found(client, make):
    _force, person = lead(make)
    other = make.organisation("westmarch")
    project = make.draft(other, make.user(Role.RESEARCH_LEAD, other))
    client.sign_in(person)
    assert client.get(f"/projects/{project.reference}").status_code == 404


def test_the_record_tells_what_there_is_and_keeps_the_noes_folded(client, make):
    force, person = lead(make)
    project = make.project(force, person, involves=(Involvement.PEOPLE, Involvement.NHS))
    client.sign_in(person)
    root, _ = parse(client.get(f"/projects/{project.reference}").text)
    folded = [text_of(one) for one in root.iter("details")]
    told = text_of(root)
    for label in (Involvement.PEOPLE.label, Involvement.NHS.label):
        assert label in told
        assert not any(label in one for one in folded)
    assert sum(one.count(Involvement.ANIMALS.label) for one in folded) == 1
    assert sum(int(number) for number in re.findall(r"No to (\d+)", told)) == len(Involvement) - 2


def test_what_was_registered_is_changed_from_its_own_list(client, make):
    force, person = lead(make)
    project = make.project(force, person)
    client.sign_in(person)
    page = client.get(f"/projects/{project.reference}/register").text
    assert "Change what was registered" in page
    assert "Check and register" not in page


def test_a_project_asks_twelve_statements_at_most(client, make):
    force, person = lead(make)
    project = make.project(force, person)
    client.sign_in(person)
    address, title = f"/projects/{project.reference}", project.title
    client.get(address)
    with at_most(12):
        assert title in client.get(address).text
