"""The way in, for people with and without JavaScript."""

import pytest

from compliance.terms import Role
from tests.factories import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture
def person(make):
    return make.user(Role.RESEARCH_LEAD, make.organisation("northmoor"), email="priya@northmoor.example")


def test_a_wrong_password_is_told_and_the_address_kept(visitor, person):
    visitor.go("/sign-in").fill("Email address", person.email).fill("Password", "not this one")
    visitor.press("Sign in", 400).sees("There is a problem", "Email address or password is not right")
    assert visitor.page.get_by_label("Email address").input_value() == person.email
    if visitor.scripted:
        assert visitor.focused() == "There is a problem"
    visitor.follow_within("Email address or password is not right")
    assert visitor.focused() == "email"


def test_signing_in_leads_to_the_page_that_was_asked_for_and_signing_out_closes_it(visitor, person):
    visitor.go("/approvals").sees("Sign in")
    visitor.fill("Email address", person.email).fill("Password", PASSWORD).press("Sign in")
    assert visitor.page.url.endswith("/approvals")
    visitor.press("Sign out").go("/approvals").sees("Email address")
