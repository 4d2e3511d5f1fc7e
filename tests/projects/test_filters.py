"""Every filter of the list of projects opens and says what it shows."""

import pytest

from compliance.projects.views import SHOWN
from compliance.terms import Role


@pytest.mark.parametrize("show", [value for _group, rows in SHOWN for value, _label in rows])
def test_every_filter_of_the_projects_opens_and_says_what_it_shows(client, make, show):
    force = make.organisation("northmoor")
    person = make.user(Role.INTEGRITY_LEAD, force)
    make.project(force, person)
    make.period(2025)
    client.sign_in(person)
    page = client.get(f"/projects?show={show}&organisation=northmoor&period=2025-26&returned=1")
    assert page.status_code == 200
    label = next(label for _group, rows in SHOWN for value, label in rows if value == show)
    assert f"<span>{label}</span>" in page.text
    assert "Organisations with a missing return left out" in page.text


def test_an_organisation_in_a_filter_means_all_below_it_too(client, make):
    tree = make.tree()
    person = make.user(Role.INTEGRITY_LEAD, tree["npcc"])
    make.draft(tree["forensic"], person)
    make.draft(tree["westmarch"], person)
    client.sign_in(person)
    assert "1\u00a0project<" in client.get("/projects?organisation=northmoor").text
    assert "2\u00a0projects<" in client.get("/projects?organisation=npcc").text
    assert "0\u00a0projects<" in client.get("/projects?organisation=nowhere").text
