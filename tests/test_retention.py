"""What is older than the proposed times is counted and nothing is deleted; a closed account loses its name, the trail holds."""

import json
from datetime import date

import pytest
from sqlalchemy import inspect, select, text

from compliance import audit
from compliance.accounts.actions import add_person, close_account, invite, pseudonymise
from compliance.db import db
from compliance.models import AuditEvent, SignIn
from compliance.redaction import WITH_ACCOUNT
from compliance.rules.accounts import NewMembership, NewPerson
from compliance.rules.broken import RuleBroken
from compliance.rules.retention import KEPT, Retention, kept_until
from compliance.terms import CaseStep, Role
from tests.client import sign_in
from tests.conftest import TODAY
from tests.factories import changed


@pytest.mark.parametrize(
    ("today", "months", "since"),
    [
        (date(2026, 11, 28), 12, date(2025, 11, 28)),
        (date(2026, 1, 31), 1, date(2025, 12, 28)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 1), 24, date(2024, 12, 1)),
    ],
)
def test_months_are_counted_back(today, months, since):
    assert kept_until(today, months) == since


def test_each_time_is_said_in_words_with_how_sure_it_is():
    assert Retention("x", "X", "it ended", 120).words == "10 years after it ended"
    assert Retention("x", "X", "it ended", 1).words == "1 month after it ended"
    assert Retention("x", "X", "", None).words == "for good"
    assert all(rule.why for rule in KEPT)


def test_what_is_older_is_counted_and_kept(app, make):
    force = make.organisation()
    lead, officer = make.user(Role.RESEARCH_LEAD, force), make.user(Role.MISCONDUCT_OFFICER, force)
    long_ago = date(2012, 4, 3)
    changed(make.project(force, lead), started_on=long_ago, ended_on=long_ago)
    make.project(force, lead)
    make.case(
        force, officer, received_on=date(2015, 1, 5), stages=((CaseStep.SCREENED_OUT, date(2015, 2, 1)),)
    )
    before = len(db.session.scalars(select(AuditEvent.seq)).all())
    done = app.test_cli_runner().invoke(args=["retention", "report"])
    assert done.exit_code == 0, done.output
    assert "The register of projects: kept 10 years after the project ended (our judgement)" in done.output
    assert "1 older, the first of 3 April 2012" in done.output
    assert "1 older, the first of 1 February 2015" in done.output
    assert "none is older" in done.output
    assert "Nothing was deleted" in done.output
    assert "CASE-" not in done.output
    assert len(db.session.scalars(select(AuditEvent.seq)).all()) == before


def test_a_closed_account_loses_what_it_says_about_a_person_and_the_chain_holds(app, client, make):
    force = make.organisation()
    person = make.user(
        Role.RESEARCH_LEAD, force, name="Ada Okafor", email="ada@force.example", post="Analyst"
    )
    sign_in(client, person)
    project = make.project(force, person)
    with pytest.raises(RuleBroken, match="Close the account first"):
        pseudonymise(person)
    changed(person, active=False)
    done = app.test_cli_runner().invoke(args=["user", "pseudonymise", "ada@force.example"])
    assert done.exit_code == 0, done.output
    db.session.expire_all()
    assert (person.name, person.post, person.password) == (f"Former account {person.id}", None, None)
    assert "ada" not in person.email
    assert {row.address + row.browser for row in db.session.scalars(select(SignIn))} == {""}
    assert project.lead is person
    assert audit.verify()[1] is None
    assert app.test_cli_runner().invoke(args=["user", "pseudonymise", "ada@force.example"]).exit_code == 1


def everywhere(*words: str) -> set[str]:
    """The tables with a row in which one of these words stands, in whatever case."""
    found = set()
    with db.engine.connect() as connection:
        for table in inspect(connection).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')):
                told = " ".join(str(value) for value in row).lower()
                if any(word in told for word in words):
                    found.add(table)
    return found


def test_no_table_knows_a_person_any_more_the_trail_never_did(client, make):
    force = make.organisation()
    officer = make.user(Role.ADMINISTRATOR, force)
    person, _link = add_person(
        NewPerson("ada@force.example", "Ada Okafor", "Analyst of patterns"),
        force,
        NewMembership(Role.RESEARCH_LEAD, TODAY.date(), None),
        by=officer,
    )
    invite(person, by=officer)
    client.sign_in(person)
    draft = make.draft(force, person)
    client.fill(f"/projects/{draft.reference}/register/about", {"title": "Night patrols", "summary": "-"})
    words = ("okafor", "ada@force", "analyst of patterns")
    db.session.commit()
    assert everywhere(*words) & {"user", "audit_event"} == {"user"}
    close_account(person, by=officer)
    pseudonymise(person)
    assert everywhere(*words) == set()
    [told] = db.session.scalars(
        select(AuditEvent).where(AuditEvent.event == "account.opened", AuditEvent.row == f"user {person.id}")
    )
    assert (told.subject, told.actor) == (f"account {person.id}", f"account {officer.id}")
    assert json.loads(told.change)["name"] == [None, WITH_ACCOUNT]
    assert audit.verify()[1] is None
    auditor = make.user(Role.AUDITOR, force)
    shown = client.sign_in(auditor).get(f"/audit/{told.seq}").text
    assert f"Former account {person.id}" in shown
    assert officer.name in shown
