"""The register of approvals: bodies that organisations added, and a sheet with exactly what the page shows."""

import csv
import io
from datetime import date

import pytest

from compliance.terms import Role
from tests.pages import parse, text_of

OWN = {
    "name": "Northmoor Research Ethics Panel",
    "organisation_code": "northmoor",
    "binding": "yes",
    "favourable": "Agreed",
    "stands_for": "force-ethics-panel",
}


@pytest.fixture
def officer(client, make):
    force = make.organisation("northmoor", under=make.organisation("npcc"))
    person = make.user(Role.ETHICS_OFFICER, force)
    client.sign_in(person)
    return person


def test_a_body_of_ones_own_stands_in_the_filter(client, make, officer):
    force = officer.memberships[0].organisation
    before = make.approval(make.project(force, officer, title="Before"))
    assert client.fill("/bodies/new", OWN).status_code == 302
    after = make.approval(make.project(force, officer, title="After"))
    page = client.get("/approvals").text
    assert f'<option value="{after.own_body.key}">Northmoor Research Ethics Panel' in page
    listed = client.get(f"/approvals?body={after.own_body.key}").text
    assert after.reference in listed
    assert before.reference not in listed
    both = client.get("/approvals?body=force-ethics-panel").text
    assert after.reference in both
    assert before.reference in both


def test_the_sheet_has_the_columns_of_the_page(client, make, officer):
    approval = make.approval(make.project(officer.memberships[0].organisation, officer, title="Drones"))
    make.decision(approval, officer, on=date(2026, 6, 5), expires_on=date(2026, 7, 1))
    heads, row = list(csv.reader(io.StringIO(client.get("/approvals.csv").text.removeprefix("\ufeff"))))
    shown = text_of(parse(client.get("/approvals").text)[0])
    assert heads[:4] == ["Body", "Reference", "Project", "Organisation"]
    assert row[6:] == ["2026-07-01", "last day of the approval", "Entered with the decision of 5 June 2026"]
    for cell in (*row[:6], row[8]):
        assert cell in shown
    for head in ("Stands at", "Effect", "Next date"):
        assert head in heads
        assert head in shown


def test_a_day_that_is_none_is_told_beside_the_filter(client, officer):
    shown = client.get("/approvals?before=tomorrow")
    assert shown.status_code == 200
    assert shown.text.count("Enter a real date, like 1/4/2026") == 2
    assert 'value="tomorrow"' in shown.text
    assert client.get("/approvals.csv?before=tomorrow").status_code == 400
    assert "Enter a real date" not in client.get("/approvals?before=31/12/2026").text
