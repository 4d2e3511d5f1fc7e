"""Bodies in the browser: the catalogue, and a force's own panel that takes the place of one in it."""

import pytest
from sqlalchemy import select

from compliance.bodies.queries import body_of
from compliance.db import db
from compliance.models import OwnBody
from compliance.terms import Outcome, Role
from tests.factories import changed
from tests.kept import kept

PANEL = {
    "name": "Northmoor Research Ethics Panel",
    "organisation_code": "northmoor",
    "stands_for": "force-ethics-panel",
    "binding": "yes",
    "favourable": "Agreed",
    "unfavourable": "Turned down",
    "usual_days": "21",
}


@kept
def place(make):
    npcc = make.organisation("npcc")
    force = make.organisation("northmoor", under=npcc)
    return force, make.user(Role.ETHICS_OFFICER, force), make.organisation("westmarch", under=npcc)


def add(client, values=None):
    return client.fill("/bodies/new", {**PANEL, **(values or {})})


def test_the_catalogue_shows_words_clocks_and_the_rules_that_ended(client, place):
    client.sign_in(place[1])
    assert "Force research ethics panel" in client.get("/bodies").text
    shown = client.get("/bodies/nhs-rec").text
    assert "35 days from valid modification" in shown
    assert "Rules that ended" in shown
    assert "Until 31\u00a0May\u00a02024" in shown
    assert "Amendment until 27\u00a0April\u00a02026; Modification since 28\u00a0April\u00a02026" in shown


def test_a_forces_own_panel_decides_in_its_own_words(client, make, place):
    force, officer, _ = place
    client.sign_in(officer)
    assert add(client).status_code == 302
    approval = make.approval(make.project(force, make.user(Role.RESEARCH_LEAD, force)))
    assert approval.body_name == "Northmoor Research Ethics Panel"
    assert body_of(approval).clock("usual_decision", approval.created_at.date()).days == 21
    address = f"/approvals/{approval.reference}"
    checked = client.fill(f"{address}/application", {"applied_on": ["1", "6", "2026"]})
    client.send(checked, {}, button="confirmed")
    assert "Agreed (favourable)" in client.get(f"{address}/decision").text
    assert "22 June 2026" in client.get(address).text.replace("\u00a0", " ")


def test_a_force_cannot_use_the_panel_of_another(client, make, place):
    _, officer, sister = place
    client.sign_in(officer)
    add(client)
    approval = make.approval(make.project(sister, make.user(Role.RESEARCH_LEAD, sister)))
    assert approval.own_body is None
    client.sign_in(make.user(Role.ETHICS_OFFICER, sister))
    assert client.get("/bodies/body-0001").status_code == 404


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"favourable": "", "unfavourable": ""}, "Enter at least one word"),
        ({"favourable": "", "unfavourable": "No"}, "word of this body for a favourable decision"),
        ({"unfavourable": "agreed"}, "Each word must stand for one decision"),
        ({"usual_days": "soon"}, "Enter a whole number of days"),
        ({"usual_days": "0"}, "Enter a whole number of days"),
        ({"name": " "}, "Enter the name of the body"),
    ],
)
def test_what_a_body_cannot_be_is_told_beside_its_field(client, place, values, words):
    client.sign_in(place[1])
    refused = add(client, values)
    assert refused.status_code == 400
    assert words in refused.text


def test_a_name_is_used_once_and_a_change_keeps_its_version(client, make, place):
    client.sign_in(place[1])
    add(client)
    assert "has a body of this name already" in add(client, {"name": "northmoor research ethics panel"}).text
    page = client.get("/bodies/body-0001/change")
    body = only_body()
    changed(body, note="Changed meanwhile")
    late = client.send(page, {"favourable": "Yes"})
    assert (late.status_code, "Changed meanwhile" in late.text) == (409, True)
    assert client.send(late, {}, button="Save mine").status_code == 302
    assert body.words[Outcome.FAVOURABLE] == "Yes"


def only_body() -> OwnBody:
    """The body that was added."""
    return db.session.scalars(select(OwnBody)).one()


def test_a_retired_body_is_no_longer_offered(client, make, place):
    force, officer, _ = place
    client.sign_in(officer)
    add(client)
    client.fill("/bodies/body-0001/retire", {})
    assert "No longer offered since" in client.get("/bodies/body-0001").text
    approval = make.approval(make.project(force, make.user(Role.RESEARCH_LEAD, force)))
    assert approval.own_body is None
