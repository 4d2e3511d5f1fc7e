"""An answer is given once, read under each framework, supported, reviewed by another, and carried into the next year."""

import pytest

from compliance.terms import Role
from tests.factories import PASSWORD

pytestmark = pytest.mark.browser
CODE = "25-C3-E2"  # equal to C3-E2 of 2019 by the crosswalk
OVERLAPS = "GOV-P2"  # intersects it
YEAR, NEXT = "/assessment/northmoor/2025-26", "/assessment/northmoor/2026-27"


@pytest.fixture
def people(make):
    """A force that judges, its lead, and somebody who may review."""
    force = make.organisation("northmoor", name="Northmoor Constabulary", under=make.organisation("npcc"))
    make.period(2025)
    make.period(2026)
    return {
        "lead": make.user(Role.INTEGRITY_LEAD, force, email="marcus@northmoor.example"),
        "reviewer": make.user(Role.ETHICS_OFFICER, force, email="daniel@northmoor.example"),
    }


def test_an_answer_lives_through_review_change_and_the_turn_of_the_year(visitor, opens, people):
    lead = visitor.sign_in(people["lead"].email, PASSWORD)
    reviewer = opens(scripted=visitor.scripted).sign_in(people["reviewer"].email, PASSWORD)

    lead.go(f"{YEAR}/{CODE}").choose("How does the organisation stand?", "Met")
    lead.fill("Reason or note", "Policy of May 2026").press("Save the judgement").sees("saved")
    lead.go(f"{YEAR}/{CODE}/evidence").fill("Title of the evidence", "Research policy")
    lead.attach("Or a file", "policy.pdf", b"%PDF-1.7\n1 0 obj\n").press("Add the evidence").sees(
        "Research policy"
    )
    lead.go(f"{YEAR}/standing").sees(
        "Answered", "Derived:", "25-C3-E2 is met and asks the same", "Nothing known"
    )
    lead.sees("A system for protocols", "25-C3-E2 is met and overlaps", "wording not verified")
    lead.go(f"{YEAR}/{OVERLAPS}").sees("Best practice for a culture of integrity", "Met", "Answered")
    lead.sees("Derived:", "An answer here stands instead")

    lead.go(YEAR).press("Send 1").sees("With the reviewer")
    reviewer.go(f"{YEAR}/{CODE}/review").choose("What do you say?", "Returned")
    reviewer.press("Save the review", 400).sees("Say what is to be looked at again")
    reviewer.fill("Your comment", "Who reviewed the policy?").press("Save the review")
    lead.go(f"{YEAR}/{CODE}").sees("Returned", "Who reviewed the policy?")
    lead.fill("Reason or note", "Policy of May 2026, reviewed by the board").press("Save the judgement")
    lead.go(YEAR).press("Send 1")
    reviewer.go(f"{YEAR}/{CODE}/review").sees("Changed since the last review", "reviewed by the board")
    reviewer.choose("What do you say?", "Accepted").press("Save the review").sees("Accepted")

    lead.go(f"{YEAR}/{CODE}").choose("How does the organisation stand?", "Partly met")
    lead.fill("Reason or note", "The policy lapsed in June").press("Save the judgement")
    lead.go(YEAR).sees("Changed since accepted")

    lead.go(NEXT).press("Start from last year’s answers").sees("Confirm last year’s answers")
    lead.go(NEXT).sees("Not re-confirmed", "0 of 19 requirements judged")
    lead.go(f"{NEXT}/{CODE}").sees("Research policy").press("It still holds: confirm it")
    lead.go(NEXT).sees("1 of 19 requirements judged").sees_not("Not re-confirmed")
