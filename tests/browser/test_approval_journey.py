"""The whole life of one approval through the pages, over a year, with and without JavaScript."""

from datetime import date

import pytest
from sqlalchemy import select

from compliance.db import db
from compliance.models import Project
from compliance.terms import Involvement, Role
from tests.browser.steps import TITLE, begin_registration, finish_registration, record_a_decision
from tests.factories import PASSWORD

pytestmark = pytest.mark.browser
PRISONS = "HMPPS National Research Committee"
SAID = "Approve with conditions (favourable with conditions)"
MET_ON, BEGUN_ON, SEEN_ON = date(2026, 6, 9), date(2026, 7, 1), date(2026, 7, 6)
EXPIRED_ON, OVER_ON = date(2027, 4, 5), date(2027, 6, 1)


@pytest.fixture
def people(make, visitor, opens):
    """A force with its lead, its ethics officer and a member of its board, each at a window of their own."""
    force = make.organisation("northmoor", name="Northmoor Constabulary", under=make.organisation("npcc"))
    make.period(2026)
    make.period(2027)
    accounts = (
        make.user(Role.RESEARCH_LEAD, force, name="Priya Raghunathan", email="priya@northmoor.example"),
        make.user(Role.ETHICS_OFFICER, force, name="Daniel Okafor", email="daniel@northmoor.example"),
        make.user(Role.BOARD_MEMBER, force, email="helen@northmoor.example"),
    )
    windows = [visitor, opens(scripted=visitor.scripted), opens(scripted=visitor.scripted)]
    for window, one in zip(windows, accounts, strict=True):
        window.sign_in(one.email, PASSWORD)
    return accounts, windows


def plan_start(lead, project, status=200):
    """The lead plans fieldwork for July."""
    lead.go(project).follow("Plan the start").enter_date("When will fieldwork begin?", BEGUN_ON)
    return lead.press("Save", status)


def later(moment, accounts, windows):
    """On another day everybody signs in again."""
    for window, one in zip(windows, accounts, strict=True):
        window.sign_in(one.email, PASSWORD)
        if "/sign-in/code" in window.path():
            window.confirm(moment)


def record_step(officer, step, on, sees):
    """The officer records a step of a day."""
    officer.follow(step).enter_date("When was it?", on)
    return officer.press("Continue").press("Save").sees(sees)


def test_an_approval_lives_from_intake_to_its_final_report(make, people, on):
    accounts, windows = people
    lead, officer, member = windows
    begin_registration(lead, "Northmoor Constabulary")
    asked = frozenset({Involvement.PEOPLE, Involvement.PRISON_OR_PROBATION})
    reference = finish_registration(lead, "Priya Raghunathan", asked)
    project = f"/projects/{reference}"
    lead.sees(PRISONS, "2 missing")
    db.session.rollback()
    row = db.session.scalar(select(Project).where(Project.reference == reference))
    make.decision(make.approval(row), accounts[1], on=date(2026, 6, 8))
    approval = f"/approvals/{make.approval(row, 'hmpps-nrc').reference}"
    db.session.rollback()

    record_a_decision(officer.go(approval), before_start=True, said=SAID)
    plan_start(lead, project, 400).sees("a condition to meet before the start")
    officer.follow("Show that it is met").fill("How was it met?", "The guide was renamed.")
    officer.enter_date("When was it met?", MET_ON).press("Save").sees("Condition met")
    plan_start(lead, project).sees("1\u00a0July\u00a02026")

    later(on(SEEN_ON), accounts, windows)
    lead.go(project).follow("Record that fieldwork has begun")
    lead.enter_date("When did fieldwork begin?", BEGUN_ON).press("Save")
    lead.go(approval).follow("Record an amendment").choose("What sort of change is it?", "Substantial")
    lead.fill("What changes?", "A second prison").fill("Why?", "Too few people took part")
    lead.enter_date("When was it sent or decided?", SEEN_ON).press("Continue")
    lead.press("Save the amendment").sees("Modification under review")
    officer.go(approval).follow("Record the decision on the amendment")
    officer.choose("What did the body decide?", "Favourable").enter_date("When did it decide?", SEEN_ON)
    officer.press("Continue").press("Save the decision").sees("In force")

    later(on(EXPIRED_ON), accounts, windows)
    lead.go("/my-work").sees("Start not allowed", TITLE)
    member.go("/board").sees("Start not allowed", TITLE)
    officer.go(approval).sees("Fieldwork is running without this approval")
    officer.unfold("Everything else you can record").follow("Apply again")
    officer.fill("Why is a new approval needed?", "Fieldwork runs on").press("Begin the new approval")
    renewed = officer.path()
    officer.follow("Record the application").enter_date("When was it sent?", EXPIRED_ON)
    officer.press("Continue").press("Save the application").follow("Record the decision")
    officer.choose("What did the body decide?", "Approve (favourable)")
    officer.enter_date("When did it decide?", EXPIRED_ON)
    officer.enter_date("Until when does it hold?", date(2027, 12, 31)).press("Continue")
    officer.press("Save the decision").sees("Decision recorded")
    member.go("/board").sees_not(TITLE)

    later(on(OVER_ON), accounts[1:2], windows[1:2])
    officer.go(renewed).unfold("Everything else you can record")
    record_step(officer, "Record the end of the study", OVER_ON, "Ended")
    record_step(officer, "Record that the body was told", OVER_ON, "Final report due")
    record_step(officer, "Record the final report", OVER_ON, "Closed")
    officer.sees("final report sent", "study ended", f"In place of {approval.rsplit('/', 1)[1]}")
