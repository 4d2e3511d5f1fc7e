"""People are added, given roles and relieved of them by whoever administers their organisation."""

import re
from datetime import date

import pytest

from compliance.accounts.queries import find_account
from compliance.permissions import GRANTS, MEANING, PURPOSE, Permission
from compliance.terms import Role
from tests.conftest import at_most
from tests.factories import PASSWORD
from tests.routes import EXPECTED

JO = {
    "name": "Jo Amadi",
    "email": "Jo.Amadi@northmoor.example",
    "organisation": "northmoor",
    "role": Role.RESEARCH_LEAD.value,
    "from_on": ["1", "6", "2026"],
}


def administrator(client, make, at, **parts):
    user = make.user(Role.ADMINISTRATOR, at, **parts)
    client.sign_in(user)
    return user


def test_an_invitation_is_shown_once_and_opens_the_account_once(app, client, make):
    tree = make.tree()
    administrator(client, make, tree["npcc"])
    page = client.fill("/people/new", JO)
    assert page.status_code == 200
    link = re.search(r"Link: <strong[^>]*>http://127.0.0.1:8000(/password/[\w-]+)<", page.text)[1]
    visitor = app.test_client()
    chosen = "three unrelated words"
    assert visitor.fill(link, {"password": chosen, "again": chosen}).location == "/sign-in"
    assert visitor.get(link).status_code == 404
    answer = visitor.fill("/sign-in", {"email": "jo.amadi@northmoor.example", "password": chosen})
    assert answer.status_code == 302
    assert visitor.get("/projects").status_code == 200
    assert link not in client.get("/people").text
    again = client.send(client.get("/people/new"), {**JO, "role": Role.RESEARCH_LEAD.value})
    assert again.status_code == 400
    assert "They hold this role there at that time already" in again.text


def test_someone_with_an_account_gets_the_role_and_no_password(client, make):
    tree = make.tree()
    known = make.user(Role.AUDITOR, tree["westmarch"], name="Jo Known", email="jo.amadi@northmoor.example")
    administrator(client, make, tree["northmoor"])
    answer = client.fill("/people/new", JO)
    assert answer.location == f"/people/{known.id}"
    shown = client.get(answer.location).text
    assert "Jo Known had an account already" in shown
    assert "And 1\u00a0role in organisations that you do not administer" in shown
    assert "Westmarch" not in shown


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"email": "nobody"}, "Enter an email address"),
        ({"name": " "}, "Enter the name"),
        ({"organisation": ""}, "Select the organisation"),
        ({"until_on": ["1", "5", "2026"]}, "The end must be after the first day"),
        ({"from_on": ["31", "2", "2026"]}, "First day must be a real date"),
    ],
)
def test_what_is_wrong_is_told_and_nobody_is_added(client, make, values, message):
    tree = make.tree()
    administrator(client, make, tree["npcc"])
    page = client.fill("/people/new", {**JO, **values})
    assert page.status_code == 400
    assert page.text.count(message) == 2
    assert find_account("jo.amadi@northmoor.example") is None


def test_nobody_gives_a_role_to_themselves(client, make):
    tree = make.tree()
    me = administrator(client, make, tree["npcc"], email="me@npcc.example")
    values = {key: JO[key] for key in ("organisation", "role", "from_on")}
    for page in (
        client.fill(f"/people/{me.id}/roles/new", values),
        client.fill("/people/new", {**JO, "email": "ME@npcc.example"}),
    ):
        assert page.status_code == 400
        assert "Nobody can give a role to themselves" in page.text
    assert [row.role for row in me.memberships] == [Role.ADMINISTRATOR]


def test_a_role_ends_on_its_day_and_stays_in_the_history(client, make):
    tree = make.tree()
    lead = make.user(Role.RESEARCH_LEAD, tree["northmoor"])
    administrator(client, make, tree["npcc"])
    address = f"/people/{lead.id}/roles/{lead.memberships[0].id}/end"
    wrong = client.fill(address, {"until_on": ["1", "1", "2019"]})
    assert "The end must not be before the first day" in wrong.text
    client.fill(address, {"until_on": ["9", "6", "2026"]})
    shown = client.get(f"/people/{lead.id}").text
    assert "Ended" in shown
    assert "Research lead" in shown
    client.sign_in(lead)
    assert client.get("/projects").status_code == 403


def test_the_last_administrator_stays_until_there_is_another(client, make):
    tree = make.tree()
    me = administrator(client, make, tree["northmoor"])
    address = f"/people/{me.id}/roles/{me.memberships[0].id}/end"
    page = client.fill(address, {"until_on": ["1", "7", "2026"]})
    assert page.status_code == 400
    assert "last administrator of the organisation" in page.text
    make.member(make.user(), Role.ADMINISTRATOR, tree["northmoor"], until_on=date(2026, 12, 31))
    assert client.fill(address, {"until_on": ["1", "7", "2026"]}).status_code == 400
    make.user(Role.ADMINISTRATOR, tree["npcc"])
    assert client.fill(address, {"until_on": ["1", "7", "2026"]}).status_code == 302


def test_who_left_cannot_sign_in_and_stays_in_the_record(app, client, make):
    tree = make.tree()
    lead = make.user(Role.RESEARCH_LEAD, tree["northmoor"], name="Priya Lead")
    project = make.project(tree["northmoor"], lead)
    theirs = app.test_client().sign_in(lead)
    administrator(client, make, tree["northmoor"])
    client.fill(f"/people/{lead.id}/close")
    assert theirs.get("/projects").status_code == 302
    assert app.test_client().fill("/sign-in", {"email": lead.email, "password": PASSWORD}).status_code == 400
    shown = client.get(f"/people/{lead.id}").text
    assert "Account closed" in shown
    assert "Ended" in shown
    client.sign_in(make.user(Role.AUDITOR, tree["npcc"]))
    assert "Priya Lead" in client.get(f"/projects/{project.reference}").text


def test_an_account_with_roles_elsewhere_is_not_closed_from_here_nor_is_ones_own(client, make):
    tree = make.tree()
    both = make.user(Role.RESEARCH_LEAD, tree["northmoor"])
    make.member(both, Role.AUDITOR, tree["westmarch"])
    me = administrator(client, make, tree["northmoor"])
    assert "an organisation that you do not administer" in client.fill(f"/people/{both.id}/close").text
    assert "Nobody does this to their own account" in client.fill(f"/people/{me.id}/close").text
    other = make.user(Role.ADMINISTRATOR, tree["northmoor"])
    client.sign_in(other)
    client.fill(f"/people/{me.id}/close")
    assert not me.active
    assert "Open the account again" in client.get(f"/people/{me.id}").text
    client.fill(f"/people/{me.id}/open")
    assert me.active


@pytest.mark.parametrize("page", ["invite", "second-factor/reset", "close", "open"])
@pytest.mark.parametrize("begins", [date(2026, 1, 1), date(2026, 12, 1)], ids=["today", "later"])
def test_an_account_that_reaches_elsewhere_is_not_taken_over_from_here(client, make, page, begins):
    tree = make.tree()
    national = make.user()
    make.member(national, Role.MISCONDUCT_OFFICER, tree["npcc"], from_on=begins)
    administrator(client, make, tree["northmoor"])
    client.fill("/people/new", {**JO, "email": national.email})
    answer = client.fill(f"/people/{national.id}/{page}")
    assert answer.status_code == 400
    assert "in an organisation that you do not administer" in answer.text
    assert "/password/" not in answer.text
    assert national.active
    assert f"/people/{national.id}/invite" not in client.get(f"/people/{national.id}").text


def test_a_new_link_ends_the_one_before(app, client, make):
    tree = make.tree()
    lead = make.user(Role.RESEARCH_LEAD, tree["northmoor"])
    administrator(client, make, tree["northmoor"])
    links = [
        re.search(r"(/password/[\w-]+)<", client.fill(f"/people/{lead.id}/invite").text)[1] for _ in range(2)
    ]
    assert [app.test_client().get(link).status_code for link in links] == [404, 200]


@pytest.mark.parametrize(
    ("place", "seen"), [("npcc", True), ("northmoor", True), ("westmarch", False), ("forensic", False)]
)
def test_a_person_is_seen_by_the_administrators_of_their_organisation(client, make, place, seen):
    tree = make.tree()
    lead = make.user(Role.RESEARCH_LEAD, tree["northmoor"], name="Priya Lead")
    administrator(client, make, tree[place])
    assert ("Priya Lead" in client.get("/people").text) is seen
    for path in ("", "/roles/new", f"/roles/{lead.memberships[0].id}/end"):
        assert client.get(f"/people/{lead.id}{path}").status_code == (200 if seen else 404), path


def test_an_administrator_of_a_force_gives_no_role_above_it(client, make):
    tree = make.tree()
    administrator(client, make, tree["northmoor"])
    page = client.fill("/people/new", {**JO, "organisation": "npcc"})
    assert page.status_code == 400
    assert find_account("jo.amadi@northmoor.example") is None


def test_a_role_of_another_person_is_not_found_under_this_one(client, make):
    tree = make.tree()
    one, other = (make.user(Role.RESEARCH_LEAD, tree["northmoor"]) for _ in range(2))
    administrator(client, make, tree["npcc"])
    assert client.get(f"/people/{one.id}/roles/{other.memberships[0].id}/end").status_code == 404


def test_the_list_is_filtered_and_asks_as_often_for_twenty_as_for_two(client, make):
    tree = make.tree()
    administrator(client, make, tree["npcc"], name="Beth Carrow")
    make.user(Role.AUDITOR, tree["westmarch"], name="Tom Iwu")
    found = client.get("/people?q=iwu").text
    assert "Tom Iwu" in found
    assert "Beth Carrow</a>" not in found
    assert "Beth Carrow</a>" in client.get("/people?role=administrator").text
    assert "Tom Iwu" in client.get("/people?organisation=westmarch").text
    assert "Nobody matches" in client.get("/people?q=%25").text
    client.get("/people")
    with at_most(10) as few:
        client.get("/people")
    for _ in range(18):
        make.user(Role.RESEARCH_LEAD, tree["northmoor"])
    with at_most(len(few)):
        assert "20\u00a0people" in client.get("/people").text


def test_every_page_says_who_opens_it(client, make):
    client.sign_in(make.user())
    shown = client.get("/roles/pages").text
    for endpoint, states in EXPECTED.items():
        assert f">{states}<" in shown or f"<div>{states}</div>" in shown, endpoint
    assert shown.count('<th scope="row"') >= len(EXPECTED)


def test_every_role_says_what_it_may_do(client, make):
    assert set(PURPOSE) == set(GRANTS) == set(Role)
    assert set(MEANING) == set(Permission)
    client.sign_in(make.user())
    shown = client.get("/roles").text
    for role in Role:
        assert PURPOSE[role] in shown
    assert shown.count("read the audit trail") == sum(
        Permission.AUDIT_VIEW in held for held in GRANTS.values()
    )
