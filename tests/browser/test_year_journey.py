"""What an organisation does in the course of its year: its cases, its judgements, its return."""

from datetime import date

import pytest

from compliance.assessments import queries
from compliance.terms import Role
from tests.factories import PASSWORD

pytestmark = pytest.mark.browser
LAST = "25-C12-E1"
ASSESSMENT = "/assessment/northmoor/2025-26"


@pytest.fixture
def force(make):
    return make.organisation("northmoor", name="Northmoor Constabulary", under=make.organisation("npcc"))


@pytest.fixture
def period(make):
    return make.period(2025)


def signed_in(visitor, make, role, at, email="marcus@northmoor.example"):
    return visitor.sign_in(make.user(role, at, email=email).email, PASSWORD)


def test_a_case_goes_from_receipt_to_a_finding(visitor, make, force, period):
    signed_in(visitor, make, Role.MISCONDUCT_OFFICER, force)
    visitor.go("/misconduct").follow("Open a case")
    visitor.press("Open the case", 400).follow_within("Enter the date it was received")
    assert visitor.focused() == "received_on-day"
    visitor.fill("Which organisation does it concern?", "Northmoor Constabulary")
    visitor.enter_date("When was it received?", date(2025, 9, 1))
    visitor.choose("What is it taken to be for now?", "Alleged misconduct")
    visitor.choose("What is alleged?", "Plagiarism").press("Open the case").sees("CASE-2025-01")
    visitor.follow("Record the next stage").choose("What happened?", "Formal investigation opened")
    visitor.enter_date("When?", date(2025, 9, 15)).press("Save the stage")
    visitor.follow("Record the next stage").enter_date("When was it completed?", date(2026, 1, 20))
    visitor.choose("What was found on: Plagiarism?", "Upheld in full")
    visitor.fill("Lessons", "Keep the raw counts.").press("Save the stage")
    visitor.sees("Upheld in full", "Keep the raw counts.")
    visitor.go("/misconduct").sees("1\u00a0allegation in 1\u00a0case received")


def test_a_nil_year_is_confirmed_in_words(visitor, make, force, period):
    signed_in(visitor, make, Role.MISCONDUCT_OFFICER, force)
    visitor.go("/misconduct").follow("Confirm a nil year").sees("no allegation of research misconduct")
    visitor.press("Confirm a nil year").sees("Nil year confirmed")


def test_the_last_requirement_is_judged_and_the_return_sent(visitor, make, force, period):
    lead = make.user(Role.INTEGRITY_LEAD, force, email="marcus@northmoor.example")
    for row in queries.judgements(force.id, period.id):
        if row.requirement.code != LAST:
            make.judgement(force, period, lead, row.requirement.code)
    visitor.sign_in(lead.email, PASSWORD).go("/assessment")
    assert visitor.path() == ASSESSMENT
    visitor.go(f"{ASSESSMENT}/return").sees("What stops the return").go(f"{ASSESSMENT}/{LAST}")
    visitor.choose("How does the organisation stand?", "Not met").press("Save the judgement", 400)
    visitor.sees("There is a problem").fill("Reason or note", "No policy names the contact yet.")
    visitor.fill("What will be done?", "Name the contact").fill("Who will do it?", "Head of research")
    visitor.enter_date("By when?", date(2026, 9, 30))
    visitor.press("Save the judgement").sees("Every other requirement is judged")
    visitor.go(f"{ASSESSMENT}/return").press("Send the return").sees("Return sent", "locked")
    visitor.go(f"{ASSESSMENT}/{LAST}").sees("This assessment is locked").sees_not("Save the judgement")


def test_two_people_who_judge_the_same_requirement_see_both_and_one_saves_knowingly(
    visitor, opens, make, force, period
):
    signed_in(visitor, make, Role.INTEGRITY_LEAD, force).go(f"{ASSESSMENT}/{LAST}")
    rival = signed_in(
        opens(scripted=visitor.scripted), make, Role.INTEGRITY_LEAD, force, "ana@northmoor.example"
    )
    rival.go(f"{ASSESSMENT}/{LAST}").choose("How does the organisation stand?", "Met")
    rival.fill("Reason or note", "Theirs.").press("Save the judgement")
    visitor.choose("How does the organisation stand?", "Partly met").fill("Reason or note", "Mine.")
    visitor.press("Save the judgement", 409).sees("Someone else judged this", "Theirs.")
    visitor.press("Save mine").go(f"{ASSESSMENT}/{LAST}").sees("Partly met", "Mine.", "Theirs.")
