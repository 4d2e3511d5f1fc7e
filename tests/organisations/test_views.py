"""Organisations join the tree, are renamed and moved, and name people, each with its dates."""

from datetime import date

import pytest

from compliance.organisations.queries import get_organisation
from compliance.permissions import Permission
from compliance.terms import ContactRole, OrganisationKind, Role
from tests.conftest import at_most

NEW = {
    "name": "South Wolds Police",
    "code": "south-wolds",
    "kind": OrganisationKind.FORCE.value,
    "parent": "npcc",
    "from_on": ["1", "4", "2026"],
}


def administrator(client, make, at):
    user = make.user(Role.ADMINISTRATOR, at)
    client.sign_in(user)
    return user


def test_an_organisation_joins_the_tree(client, make):
    tree = make.tree()
    user = administrator(client, make, tree["npcc"])
    assert client.fill("/organisations/new", NEW).location == "/organisations/south-wolds"
    added = get_organisation("south-wolds", Permission.ORGANISATION_VIEW, by=user)
    assert (added.name_on(date(2026, 6, 9)), added.returns_from_on) == ("South Wolds Police", None)
    again = client.fill("/organisations/new", NEW)
    assert again.status_code == 400
    assert "Another organisation has this code" in again.text
    assert 'value="South Wolds Police"' in again.text


def test_a_statement_of_the_past_prints_the_name_of_its_time(client, make):
    tree = make.tree()
    force = tree["northmoor"]
    administrator(client, make, tree["npcc"])
    client.fill(
        "/organisations/northmoor/names/new", {"name": "Northmoor Police", "from_on": ["1", "5", "2026"]}
    )
    assert force.name_on(date(2026, 3, 31)) == "Northmoor Constabulary"
    assert force.name_on(date(2026, 5, 1)) == "Northmoor Police"
    assert force.names[0].until_on == date(2026, 5, 1)
    shown = client.get("/organisations/northmoor/history").text
    assert "Northmoor Constabulary" in shown
    assert "Northmoor Police" in shown
    overlapping = client.fill(
        "/organisations/northmoor/names/new", {"name": "Moor Police", "from_on": ["1", "4", "2026"]}
    )
    assert overlapping.status_code == 400
    assert "The day must be after 1 May 2026" in overlapping.text


def test_a_unit_moves_and_takes_those_who_see_it_along(client, make):
    tree = make.tree()
    sister = make.user(Role.AUDITOR, tree["westmarch"])
    administrator(client, make, tree["npcc"])
    client.fill("/organisations/forensic/parents/new", {"parent": "westmarch", "from_on": ["1", "6", "2026"]})
    assert client.get("/organisations/forensic/history").text.count("1\u00a0June\u00a02026") == 2
    client.sign_in(sister)
    assert client.get("/organisations/forensic").status_code == 200
    client.sign_in(make.user(Role.AUDITOR, tree["northmoor"]))
    assert client.get("/organisations/forensic").status_code == 404


def test_a_ring_is_refused(client, make):
    tree = make.tree()
    administrator(client, make, tree["npcc"])
    page = client.fill(
        "/organisations/northmoor/parents/new", {"parent": "forensic", "from_on": ["1", "6", "2026"]}
    )
    assert page.status_code == 400
    assert "cannot stand below one that stands below it" in page.text


def test_an_administrator_of_a_force_moves_nothing_out_of_it(client, make):
    tree = make.tree()
    administrator(client, make, tree["northmoor"])
    assert 'value="westmarch"' not in client.get("/organisations/forensic/parents/new").text
    page = client.fill(
        "/organisations/forensic/parents/new", {"parent": "westmarch", "from_on": ["1", "6", "2026"]}
    )
    assert page.status_code == 400


CONTACT = {
    "role": ContactRole.SENIOR_LEAD.value,
    "person": "Alex Morrow",
    "post": "Assistant Chief Constable",
    "email": "integrity@force.example",
    "from_on": ["1", "4", "2025"],
}


def test_one_lead_follows_another(client, make):
    force = make.organisation("northmoor")
    client.sign_in(make.user(Role.INTEGRITY_LEAD, force))
    contact = make.contact(force, person="Jo Amadi")
    client.fill(f"/organisations/northmoor/contacts/{contact.id}/end", {"until_on": ["1", "4", "2025"]})
    client.fill("/organisations/northmoor/contacts/new", CONTACT)

    def leads(day: date) -> list[str | None]:
        return [one.person for one in force.contacts_on(day)[ContactRole.SENIOR_LEAD]]

    assert (leads(date(2025, 3, 31)), leads(date(2025, 4, 1))) == (["Jo Amadi"], ["Alex Morrow"])
    shown = client.get("/organisations/northmoor").text
    assert shown.index("Alex Morrow") < shown.index("Earlier and later") < shown.index("Jo Amadi")


def test_a_mailbox_needs_no_person(client, make):
    force = make.organisation("northmoor")
    client.sign_in(make.user(Role.INTEGRITY_LEAD, force))
    client.fill("/organisations/northmoor/contacts/new", {**CONTACT, "person": ""})
    assert "Shared mailbox, Assistant Chief Constable" in client.get("/organisations/northmoor").text


def test_a_vacancy_is_told_from_what_was_never_recorded(client, make):
    force = make.organisation("northmoor")
    client.sign_in(make.user(Role.INTEGRITY_LEAD, force))
    for path in ("/organisations", "/organisations/northmoor"):
        shown = client.get(path).text
        assert "Not recorded" in shown
        assert "Vacant" not in shown
    make.contact(force, ContactRole.FIRST_CONTACT)
    for path in ("/organisations", "/organisations/northmoor"):
        shown = client.get(path).text
        assert "Not recorded" not in shown
        assert "Vacant" in shown


def test_a_correction_of_two_people_meets(client, make):
    force = make.organisation("northmoor")
    client.sign_in(make.user(Role.INTEGRITY_LEAD, force))
    contact = make.contact(force)
    address = f"/organisations/northmoor/contacts/{contact.id}"
    stale = client.get(address)
    client.fill(address, {"person": "Jo Amadi-Reed"})
    page = client.send(stale, {"person": "Joanna Amadi"})
    assert page.status_code == 409
    assert "Jo Amadi-Reed" in page.text
    assert "Joanna Amadi" in page.text
    # Only what differs is shown, each part under its own words.
    assert ("Name of the person" in page.text, "Post or purpose" in page.text) == (True, False)
    assert client.send(page, {}, button="Save mine").status_code == 302
    assert contact.person == "Joanna Amadi"
    wrong = client.fill(address, {"until_on": ["1", "4", "2019"]})
    assert wrong.status_code == 400
    assert "The end must be after the first day" in wrong.text


def test_a_contact_of_another_organisation_is_not_found(client, make):
    tree = make.tree()
    contact = make.contact(tree["westmarch"])
    client.sign_in(make.user(Role.INTEGRITY_LEAD, tree["northmoor"]))
    assert client.get(f"/organisations/northmoor/contacts/{contact.id}").status_code == 404


def test_details_are_kept(client, make):
    force = make.organisation("northmoor")
    client.sign_in(make.user(Role.INTEGRITY_LEAD, force))
    address = "/organisations/northmoor/details"
    wrong = client.fill(address, {"integrity_page": "http://force.example"})
    assert "begins with https://" in wrong.text
    client.fill(address, {"governing_body": "Chief officer group", "integrity_page": "https://force.example"})
    assert (force.governing_body, force.integrity_page) == ("Chief officer group", "https://force.example")


@pytest.mark.parametrize("path", ["/organisations", "/organisations/npcc", "/organisations/npcc/history"])
def test_pages_ask_as_often_for_ten_organisations_as_for_two(client, make, path):
    npcc = make.organisation("npcc", kind=OrganisationKind.COUNCIL)
    client.sign_in(make.user(Role.AUDITOR, npcc))
    make.contact(make.organisation(under=npcc))
    client.get(path)
    with at_most(10) as few:
        client.get(path)
    for _ in range(8):
        make.contact(make.organisation(under=npcc))
    with at_most(len(few)):
        client.get(path)
