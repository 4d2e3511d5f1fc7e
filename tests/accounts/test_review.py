"""Who holds what is looked at again: confirmed or ended by name, never by oneself, and told when it is due."""

from datetime import date

import pytest
from sqlalchemy import select

from compliance.accounts.queries import access_to_review
from compliance.db import db
from compliance.models import AuditEvent, MembershipReview
from compliance.terms import Role
from tests.conftest import at_most


@pytest.fixture
def place(client, make):
    tree = make.tree()
    boss = make.user(Role.ADMINISTRATOR, tree["northmoor"], name="Beth Carrow")
    lead = make.user(name="Priya Lead")
    make.member(lead, Role.RESEARCH_LEAD, tree["northmoor"], from_on=date(2026, 1, 5))
    make.user(Role.AUDITOR, tree["westmarch"], name="Tom Iwu")
    client.sign_in(boss)
    return boss, lead


def test_a_role_is_due_half_a_year_after_it_began_and_after_it_was_confirmed(client, place):
    boss, lead = place
    due = {one.membership.user.name: one.due_on for one in access_to_review(by=boss)}
    assert due["Priya Lead"] == date(2026, 7, 6)
    assert "Tom Iwu" not in due
    work = client.get("/my-work").text
    assert "Review who has access" in work
    assert "1 role to confirm or end" in work
    client.fill(f"/people/{lead.id}/roles/{lead.memberships[0].id}/keep")
    shown = client.get("/people/review").text
    assert "9\u00a0June\u00a02026 at 11:00am by Beth Carrow" in shown
    assert "8\u00a0December\u00a02026" in shown
    assert "Review who has access" not in client.get("/my-work").text
    assert "membership.confirmed" in set(db.session.scalars(select(AuditEvent.event)))


def test_nobody_confirms_a_role_of_their_own(client, place):
    boss, _ = place
    page = client.fill(f"/people/{boss.id}/roles/{boss.memberships[0].id}/keep")
    assert page.status_code == 400
    assert "Nobody confirms a role of their own" in page.text
    assert db.session.scalars(select(MembershipReview)).all() == []


def test_a_role_that_ended_was_looked_at_too(client, place):
    _, lead = place
    client.fill(f"/people/{lead.id}/roles/{lead.memberships[0].id}/end", {"until_on": ["9", "6", "2026"]})
    assert [row.kept for row in db.session.scalars(select(MembershipReview))] == [False]
    assert "Priya Lead" not in client.get("/people/review").text


def test_the_review_asks_as_often_for_twenty_as_for_two(client, place, make):
    client.get("/people/review")
    with at_most(8) as few:
        client.get("/people/review")
    tree_place = place[1].memberships[0].organisation
    for _ in range(18):
        make.user(Role.AUDITOR, tree_place)
    with at_most(len(few)):
        client.get("/people/review")


def test_whoever_answers_for_a_force_sees_who_holds_each_role_there(client, make, place):
    _boss, lead = place
    client.fill(f"/people/{lead.id}/roles/{lead.memberships[0].id}/keep")
    client.sign_in(make.user(Role.INTEGRITY_LEAD, lead.memberships[0].organisation, name="Ines Grant"))
    with at_most(12):
        shown = client.get("/roles/holders").text
    assert "Priya Lead" in shown
    assert "5\u00a0January\u00a02026" in shown
    assert "9\u00a0June\u00a02026 at 11:00am by Beth Carrow" in shown
    assert "Nobody holds this role here today" in shown
    assert "Tom Iwu" not in shown, "he holds it in another force"
    client.sign_in(lead)
    assert client.get("/roles/holders").status_code == 403
