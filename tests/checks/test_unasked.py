"""A project answers under another framework than its own: that answer stands, and nothing is derived instead."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from compliance.db import db
from compliance.derived.keep import recount
from compliance.models import Check, CheckTally, ProjectStanding
from compliance.projects import queries
from compliance.terms import Role, Standing
from tests.conftest import on_day
from tests.kept import kept

# 25-C3-R2 asks the same as C3-R3 of 2019.
OWN, GUIDANCE, OLD = "25-C3-R2", "GOV-R1", "C3-R3"
WRITTEN = "Written by hand, an hour of work"


@kept
def lead(make):
    return make.user(Role.RESEARCH_LEAD, make.organisation("northmoor"))


@pytest.fixture
def project(client, make, lead):
    client.sign_in(lead)
    return make.project(lead.memberships[0].organisation, lead)


@pytest.fixture
def page(project):
    return f"/projects/{project.reference}/checks"


def stored(project, code):
    return db.session.scalar(
        select(Check).where(Check.project_id == project.id, Check.requirement_code == code)
    )


def test_a_direct_answer_stands_instead_of_what_was_derived(client, make, lead):
    client.sign_in(lead)
    with on_day(datetime(2026, 3, 2, 9, tzinfo=UTC)):
        project = make.project(lead.memberships[0].organisation, lead)
    page, standing = f"/projects/{project.reference}/checks", f"/projects/{project.reference}/standing"
    client.fill(f"{page}/{OWN}", {"standing": "met"})
    assert f'href="{page}/{OLD}"' in client.get(standing).text
    before = client.get(f"{page}/{OLD}").text
    assert "<strong>Derived:</strong> 25-C3-R2 is met and asks the same." in before
    assert stored(project, OLD) is None
    assert client.fill(f"{page}/{OLD}", {"standing": "not_met", "note": "Not then"}).location == standing
    shown = client.get(standing).text
    assert "1 of 11" in shown
    assert "These answers contradict each other." in client.get(f"{page}/{OLD}").text
    assert client.fill(f"{page}/{OLD}", {"standing": "not_assessed"}).status_code == 302
    assert "25-C3-R2 is met and asks the same." in client.get(f"{page}/{OLD}").text
    assert "0 of 11" in client.get(standing).text
    assert len(stored(project, OLD).answers) == 2


def test_what_a_project_is_not_asked_for_is_never_due_and_counts_in_no_commitment(client, project, page):
    before = db.session.scalars(select(ProjectStanding.unanswered)).one()
    client.fill(f"{page}/{GUIDANCE}", {"standing": "not_met", "note": "Not public"})
    record = client.get(f"/projects/{project.reference}").text
    assert "0 of 13 answered, and 1 under another framework" in record
    assert "None" not in client.get(f"{page}/{GUIDANCE}").text.split("<h1")[1].split("</h1>")[0]
    check = stored(project, GUIDANCE)
    assert (check.framework, check.due_on) == ("government-guidance", None)
    client.fill(f"{page}/{GUIDANCE}", {"standing": "not_assessed"})
    standing = db.session.scalars(select(ProjectStanding)).one()
    assert (standing.unanswered, standing.not_met) == (before, 0)
    assert {row.standing for row in db.session.scalars(select(CheckTally))} == {Standing.NOT_ASSESSED}
    assert sum(db.session.scalars(select(CheckTally.checks))) == 13
    assert recount(mend=False) == []


def test_the_list_and_the_board_count_only_what_a_project_is_asked_for(client, make, lead, project, page):
    def listed(commitment=""):
        asked = queries.check_stands(Standing.NOT_MET, commitment)
        return db.session.scalars(select(ProjectStanding.project_id).where(asked)).all()

    client.fill(f"{page}/{GUIDANCE}", {"standing": "not_met", "note": "Not public"})
    heading = stored(project, GUIDANCE).commitment
    assert (listed(), listed(heading)) == ([], [])
    assert recount(mend=False) == []
    client.fill(f"{page}/{OWN}", {"standing": "not_met", "note": "Not planned"})
    own = stored(project, OWN).commitment
    assert (listed(), listed(own)) == ([project.id], [project.id])
    found = db.session.scalars(select(CheckTally.projects).where(CheckTally.standing == Standing.NOT_MET))
    assert found.all() == [1]
    assert recount(mend=False) == []


def test_the_next_without_an_answer_is_never_what_nobody_asks(client, project, page):
    client.fill(f"{page}/{GUIDANCE}", {"standing": "not_assessed"})
    for check in [row for row in project.checks if row.due_on]:
        answer = client.fill(f"{page}/{check.requirement_code}", {"standing": "met"})
    assert answer.location == f"/projects/{project.reference}"


def test_an_edition_that_ended_before_the_project_began_takes_no_answer(client, project, page):
    shown = client.get(f"{page}/{OLD}").text
    assert "Concordat 2019 ended on 31 March 2026, before this project began" in shown
    assert "Save the answer" not in shown
    drawn = client.get(f"{page}/{OWN}")
    token = drawn.text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    sent = {"csrf_token": token, "version": "0", "standing": "met", "note": WRITTEN}
    refused = client.post(f"{page}/{OLD}", data=sent)
    assert refused.status_code == 400
    assert refused.text.count("before this project began. Answer under the edition in force") >= 2
    assert 'id="standing-error"' in refused.text
    assert WRITTEN in refused.text
    assert stored(project, OLD) is None


def test_the_second_of_two_first_answers_sees_both(client, make, lead, project, page):
    other = make.user(Role.INTEGRITY_LEAD, lead.memberships[0].organisation, name="Ruth Okafor")
    mine = client.get(f"{page}/{GUIDANCE}")
    client.sign_in(other).fill(f"{page}/{GUIDANCE}", {"standing": "met", "note": "On the website"})
    both = client.sign_in(lead).send(mine, {"standing": "not_met", "note": WRITTEN})
    assert both.status_code == 409
    for words in ("Ruth Okafor", "On the website", WRITTEN):
        assert words in both.text
    assert client.send(both, {}).status_code == 302
    assert [row.note for row in stored(project, GUIDANCE).answers] == [WRITTEN, "On the website"]


def test_it_is_sent_and_reviewed_as_any_answer(client, make, lead, project, page):
    client.fill(f"{page}/{GUIDANCE}", {"standing": "met", "note": "On the website"})
    client.send(client.get(f"/projects/{project.reference}"), {}, button="Send 1 answer for review")
    client.sign_in(make.user(Role.ETHICS_OFFICER, lead.memberships[0].organisation))
    client.fill(f"{page}/{GUIDANCE}/review", {"kind": "accepted"})
    assert "Accepted" in client.get(f"{page}/{GUIDANCE}").text


@pytest.mark.parametrize("code", ["GOV-G1", "C5-E2a", "25-XX-R9", "C1-E1"])
def test_only_what_is_checked_for_projects_has_a_page(client, page, code):
    assert client.get(f"{page}/{code}").status_code == 404


def test_a_draft_answers_nothing(client, make, lead, project):
    draft = make.draft(lead.memberships[0].organisation, lead)
    assert client.get(f"/projects/{draft.reference}/checks/{GUIDANCE}").status_code == 404
