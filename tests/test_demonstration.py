"""The demonstration never passes invention off as fact: real projects know little, real names are marked."""

import pytest
from sqlalchemy import select

from compliance.db import db
from compliance.models import FrozenReturn, Organisation, Project, ReportingPeriod, Return, User
from compliance.statements import register
from compliance.statements.basis import year_of
from compliance.statements.frozen import thaw
from compliance.terms import Role
from tests.pages import parse, text_of

INVENTED = "Records invented for demonstration"


@pytest.fixture
def visitor(demo, client):
    """The national integrity lead, who sees everything."""
    client.sign_in(db.session.scalar(select(User).where(User.email == "integrity.lead@npcc.example")))
    return client


def told(client, address: str) -> str:
    """What a page says."""
    page = client.get(address)
    assert page.status_code == 200
    root, _ = parse(page.text)
    return " ".join(text_of(root).split())


@pytest.mark.parametrize("reference", ["PRJ-0001", "PRJ-0002"])
def test_a_real_project_has_public_facts_only(visitor, reference):
    project = db.session.scalar(select(Project).where(Project.reference == reference))
    assert (project.scope_decision, project.stage, project.tier, project.lead) == (None, None, None, None)
    assert not project.registered_by.memberships
    assert not project.approvals
    assert not project.checks
    page = told(visitor, f"/projects/{reference}")
    assert "Not known" in page
    assert "Not started" not in page
    assert "Record that fieldwork has begun" not in page
    assert visitor.get(f"/projects/{reference}/record-start").status_code == 409


@pytest.mark.parametrize("address", ["/board", "/assessment/npcc/2025-26"])
def test_what_stands_under_a_real_name_is_marked(visitor, address):
    assert INVENTED in told(visitor, address)


def test_what_stands_under_an_invented_name_is_marked_in_its_own_words(visitor):
    page = told(visitor, "/assessment/northmoor/2025-26")
    assert "Invented for demonstration" in page
    assert INVENTED not in page


def test_nothing_is_marked_outside_a_demonstration(client, make):
    from_here = make.tree()["npcc"]
    make.period()
    client.sign_in(make.user(Role.INTEGRITY_LEAD, from_here))
    assert "nvented for demonstration" not in told(client, "/assessment/npcc/2025-26")


def test_what_returns_froze_is_what_the_records_say(demo):
    """Of projects that nothing was entered about later: whether every binding decision came first."""
    rows = db.session.execute(
        select(FrozenReturn, ReportingPeriod).join(FrozenReturn.of).join(Return.period)
    ).all()
    frozen = {
        (year.key, study.reference): study.decided_first
        for row, year in rows
        for study in thaw(row.content, row.frozen_at.date()).studies
    }
    live = {
        (year.key, study.reference): study.decided_first
        for year in db.session.scalars(select(ReportingPeriod))
        for studies in register.studies(places(), (year_of(year),), year.ends_on).values()
        for study in studies[year.id]
    }
    assert sum(frozen.values()) > 20
    assert {key: live[key] for key in frozen} == frozen


def places() -> list[int]:
    """Every organisation."""
    return list(db.session.scalars(select(Organisation.id)))
