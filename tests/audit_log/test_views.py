"""The trail is read by those who may, narrowed by filter, paged by number, and walked on demand."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, text

from compliance.audit_log import queries
from compliance.audit_log.queries import Wanted
from compliance.db import db
from compliance.models import AuditEvent
from compliance.terms import Role
from tests.conftest import at_most, on_day
from tests.kept import kept


def subjects(page) -> list[str]:
    """The subjects of the entries of a page, in order."""
    found = re.findall(r'<th scope="row".*?</th>', page.text, re.DOTALL)
    return [re.findall(r'app-break"[^>]*>([^<]+)<', cell)[0] for cell in found]


@kept
def tree(make):
    return make.tree()


def auditor(make, client, at):
    user = make.user(Role.AUDITOR, at)
    client.sign_in(user)
    return user


def test_an_event_says_who_when_and_what_before_and_after(client, make, tree):
    lead = make.user(Role.RESEARCH_LEAD, tree["northmoor"], name="Priya Lead")
    project = make.project(tree["northmoor"], lead)
    auditor(make, client, tree["npcc"])
    page = client.get(f"/audit?subject={project.reference.lower()}")
    assert set(subjects(page)) == {project.reference}
    for words in (
        "Project: registered",
        "Priya Lead",
        "9\u00a0June\u00a02026 at 11:00am",
        "Northmoor Constabulary",
    ):
        assert words in page.text
    assert "Scope decision: " in page.text
    assert "In scope" in page.text


def test_an_auditor_of_a_force_reads_of_that_force_and_below_and_nothing_else(client, make, tree):
    lead = make.user(Role.RESEARCH_LEAD, tree["npcc"])
    for code in ("northmoor", "westmarch", "forensic"):
        make.draft(tree[code], lead, title=f"A study of {code}")
    reader = auditor(make, client, tree["northmoor"])
    seen = {row.organisation_id for row in queries.trail(Wanted(), by=reader, everything=False)[0]}
    assert seen == {tree["northmoor"].id, tree["forensic"].id}
    page = client.get("/audit")
    assert "Your organisations" in page.text
    assert "Westmarch" not in page.text
    auditor(make, client, tree["npcc"])
    page = client.get("/audit")
    assert "All organisations" in page.text
    assert "Westmarch" in page.text


def test_an_auditor_of_one_of_two_trees_does_not_see_everything(make, tree):
    make.organisation("another-root")
    user = make.user(Role.AUDITOR, tree["npcc"])
    assert not queries.sees_everything(user)


@pytest.mark.parametrize("query", ["", "?subject={reference}", "?event=case.opened", "?person=Moira"])
def test_a_case_leaves_no_trace_for_who_may_not_see_cases(client, make, tree, query):
    officer = make.user(Role.MISCONDUCT_OFFICER, tree["npcc"], name="Moira Fenwick")
    case = make.case(tree["northmoor"], officer)
    address = "/audit" + query.format(reference=case.reference)
    auditor(make, client, tree["npcc"])
    page = client.get(address)
    # What was typed into a filter stands there again; it says nothing.
    assert case.reference not in page.text.replace(f'value="{case.reference}"', "")
    assert "Case: opened" not in page.text
    both = make.user(Role.AUDITOR, tree["npcc"])
    make.member(both, Role.MISCONDUCT_OFFICER, tree["northmoor"])
    client.sign_in(both)
    assert case.reference in subjects(client.get(address))
    elsewhere = make.user(Role.AUDITOR, tree["npcc"])
    make.member(elsewhere, Role.MISCONDUCT_OFFICER, tree["westmarch"])
    client.sign_in(elsewhere)
    assert case.reference not in subjects(client.get(address))


def test_the_filters_find_what_they_say(client, make, tree):
    lead = make.user(Role.RESEARCH_LEAD, tree["northmoor"], name="Priya Lead")
    with on_day(datetime(2026, 3, 31, 22, 30, tzinfo=UTC)):  # half past eleven in London
        early = make.draft(tree["northmoor"], lead, title="The early one")
    with on_day(datetime(2026, 4, 1, 8, 0, tzinfo=UTC)):
        late = make.draft(tree["northmoor"], lead, title="The late one")
    assert early.reference != late.reference
    auditor(make, client, tree["npcc"])

    def started(query: str) -> list[str]:
        page = client.get(f"/audit?event=project.started&{query}")
        return re.findall(r">(\d+)\u00a0(?:March|April)\u00a02026 at", page.text)

    assert started("") == ["1", "31"]
    assert started("from=1/4/2026") == ["1"]
    assert started("until=2026-03-31") == ["31"]
    assert started("from=1/4/2026&until=1/4/2026") == ["1"]
    assert started("person=priya") == ["1", "31"]
    assert started("person=nobody") == []
    assert started("person=the service") == []


def test_a_date_that_is_none_is_told(client, make, tree):
    auditor(make, client, tree["npcc"])
    page = client.get("/audit?from=31/2/2026&subject=x")
    assert "Enter a real date, like 1/4/2026" in page.text
    assert 'value="31/2/2026"' in page.text
    assert 'value="x"' in page.text


@pytest.mark.parametrize("narrower", ["", "&from=1/6/2026", "&from=1/6/2026&until=1/6/2026"])
def test_pages_follow_one_another_without_gap_or_count(client, make, tree, narrower):
    lead = make.user(Role.RESEARCH_LEAD, tree["northmoor"])
    for number in range(60):
        with on_day(datetime(2026, 6, 1, 8, number, tzinfo=UTC)):
            make.draft(tree["northmoor"], lead)
    auditor(make, client, tree["npcc"])
    address, numbers = f"/audit?event=project.started{narrower}", []
    while address:
        page = client.get(address)
        numbers += [int(one.replace(",", "")) for one in re.findall(r">Events? ([\d,]+)", page.text)]
        older = re.search(r'href="([^"]+)" rel="next"', page.text)
        address = older[1].replace("&amp;", "&") if older else ""
    of_kind = select(AuditEvent.seq).where(AuditEvent.event == "project.started")
    assert numbers == sorted(db.session.scalars(of_kind), reverse=True)
    assert "Newest events" in page.text
    with at_most(10) as sent:
        client.get("/audit")
    assert not [statement for statement in sent if "count(" in statement.lower()]


def test_a_long_transaction_has_a_page_of_its_own(client, make, tree):
    lead = make.user(Role.RESEARCH_LEAD, tree["northmoor"])
    project = make.project(tree["northmoor"], lead)
    auditor(make, client, tree["npcc"])
    page = client.get(f"/audit?subject={project.reference}&event=project.registered")
    address = re.search(r'href="(/audit/\d+)">All (\d+)', page.text)
    whole = client.get(address[1])
    assert whole.text.count('class="app-ref">event') == int(address[2]) > 5
    auditor(make, client, tree["westmarch"])
    assert client.get(address[1]).status_code == 404
    assert client.get("/audit/999999").status_code == 404


def test_a_page_asks_as_often_for_many_events_as_for_few(client, make, tree):
    lead = make.user(Role.RESEARCH_LEAD, tree["northmoor"])
    auditor(make, client, tree["northmoor"])
    make.draft(tree["northmoor"], lead)
    client.get("/audit")
    with at_most(10) as few:
        client.get("/audit")
    make.project(tree["forensic"], lead)
    with at_most(len(few)):
        client.get("/audit")


def test_the_walk_says_how_many_events_hold(client, make, tree):
    auditor(make, client, tree["npcc"])
    last = db.session.scalar(select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(1))
    page = client.send(client.get("/audit"), {}, button="Verify the chain")
    assert "The chain holds" in page.text
    assert f"{last.seq}\u00a0events" in page.text
    assert last.hash in page.text


def test_the_walk_says_where_the_chain_breaks(client, make, tree):
    auditor(make, client, tree["npcc"])
    asked = client.get("/audit")
    with db.engine.begin() as connection:
        of_table = " ON audit_event" if connection.dialect.name == "postgresql" else ""
        connection.execute(text(f"DROP TRIGGER audit_event_no_update{of_table}"))
        connection.execute(text("UPDATE audit_event SET actor = 'Somebody else' WHERE seq = 3"))
    page = client.send(asked, {}, button="Verify the chain")
    assert "The chain breaks at event 3" in page.text
    assert "2\u00a0events before it hold" in page.text
