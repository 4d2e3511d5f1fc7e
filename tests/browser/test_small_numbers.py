"""Small numbers of a force in the demonstration, decided on one page, with a mistake on the way."""

import pytest

from compliance.demo.people import PASSWORD, PEOPLE
from compliance.terms import Role
from tests.browser.inspection import DESK, PHONE

pytestmark = pytest.mark.browser
(LEAD,) = (person.email for person in PEOPLE if person.role is Role.INTEGRITY_LEAD)
REPORTED, FORMAL = "Total: reported", "Total: formal investigations"


def test_many_are_decided_at_once_and_what_is_wrong_stands_beside_its_row(demo, visitor):
    visitor.axe_at = (PHONE, DESK)
    visitor.sign_in(LEAD, PASSWORD).go("/statements").follow("Northmoor Constabulary")
    visitor.follow("6 small numbers wait for a decision").sees("6 of 8", "Known in the force.")
    assert visitor.path().endswith("/small-numbers#row-reported-MULTI")
    visitor.choose(f"{REPORTED}: withhold or print it?", "Print")
    visitor.choose(f"{FORMAL}: withhold or print it?", "Withhold")
    visitor.press("Save the decisions", 400).sees(f"Say why “{REPORTED}” is printed")
    visitor.follow_within(f"Say why “{REPORTED}” is printed")
    if visitor.scripted:
        assert visitor.focused() == "reported-TOTAL-reason"
    visitor.fill(f"{REPORTED}: reason", "The force has said so itself.").press("Save the decisions")
    visitor.sees("2 decisions saved", "4 of 8", "Can be worked out from what is printed")
    visitor.follow("Annual statement 2025-26").sees("4 small numbers wait for a decision")
