"""Whoever sees anything of a case leaves an event: of the case, of a form about it, of the register that lists it."""

import json

import pytest
from sqlalchemy import select

from compliance.db import db
from compliance.models import AuditEvent, Organisation
from compliance.terms import Role


@pytest.fixture
def case(make, client):
    """A case, and its officer signed in."""
    force = make.organisation("northmoor")
    make.period(2025)
    officer = make.user(Role.MISCONDUCT_OFFICER, force)
    made = make.case(force, officer)
    client.sign_in(officer)
    return made


def views() -> list[tuple[str, str]]:
    """Every view on record, the oldest first: what was seen of which reference."""
    rows = db.session.scalars(
        select(AuditEvent)
        .where(AuditEvent.event.in_(["case.viewed", "case.listed"]))
        .order_by(AuditEvent.seq)
    )
    return [(row.event, row.subject) for row in rows]


@pytest.mark.parametrize("page", ["", "/stage", "/class", "/words", "/lesson"])
def test_every_page_about_a_case_leaves_one_view(client, case, page):
    reference = case.reference
    assert client.get(f"/misconduct/{reference}{page}").status_code == 200
    assert views() == [("case.viewed", reference)]


@pytest.mark.parametrize("page", ["/stage", "/class", "/words", "/lesson"])
def test_a_form_sent_with_a_fault_shows_the_case_again(client, case, page):
    reference = case.reference
    form = client.get(f"/misconduct/{reference}{page}")
    answer = client.send(form, {}, button="")
    assert answer.status_code in (302, 400)
    assert views() == [("case.viewed", reference)] * (2 if answer.status_code == 400 else 1)


def test_the_register_says_which_cases_were_listed(client, make, case):
    reference = case.reference
    assert reference in client.get("/misconduct").text
    assert views() == [("case.listed", "northmoor")]
    event = db.session.scalars(select(AuditEvent).where(AuditEvent.event == "case.listed")).one()
    assert json.loads(event.change) == {"listed": [None, reference]}
    client.get("/misconduct?stage=formal_completed")
    assert len(views()) == 1, "an empty list shows no case"


def test_somebody_else_sees_nothing_and_leaves_nothing(client, make, case):
    reference = case.reference
    client.sign_in(make.user(Role.MISCONDUCT_OFFICER, make.organisation("westmarch")))
    for page in ("", "/stage", "/class", "/words"):
        assert client.get(f"/misconduct/{reference}{page}").status_code == 404
    assert reference not in client.get("/misconduct").text
    assert views() == []


def test_who_may_see_no_cases_is_not_told_that_somebody_looked_at_them(client, make, case):
    client.get("/misconduct")
    force = db.session.get(Organisation, case.organisation_id)
    client.sign_in(make.user(Role.AUDITOR, force))
    for page in ("/audit", "/audit?subject=northmoor", "/audit/events.jsonl", "/organisations/northmoor"):
        shown = client.get(page)
        assert shown.status_code in (200, 403, 404)
        assert "CASE-" not in shown.text
        assert "case.listed" not in shown.text
