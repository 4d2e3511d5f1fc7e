"""Nobody raises their own role, nothing ends before it begins, and somebody is left to give roles."""

from datetime import date

import pytest

from compliance.rules.accounts import NewMembership, NewPerson, check_end
from compliance.rules.broken import RuleBroken
from compliance.rules.sign_in import browser_named
from compliance.terms import Role

D1, D2 = date(2026, 4, 1), date(2026, 5, 1)


@pytest.mark.parametrize(("person", "giver"), [(1, 2), (None, 2), (1, None), (None, None)])
def test_a_role_is_given_by_somebody_else(person, giver):
    NewMembership(Role.SIGNATORY, D1, None).check(person, giver)


def test_nobody_gives_a_role_to_themselves():
    with pytest.raises(RuleBroken, match="to themselves"):
        NewMembership(Role.RESEARCH_LEAD, D1, None).check(1, 1)


def test_a_role_ends_after_it_begins():
    with pytest.raises(RuleBroken, match="after the first day"):
        NewMembership(Role.AUDITOR, D2, D2).check(1, 2)


@pytest.mark.parametrize("email", ["nobody", "a@b", "two words@force.example"])
def test_an_address_that_is_none_is_refused(email):
    NewPerson("jo@force.example", "Jo", None).check()
    with pytest.raises(RuleBroken, match="email address"):
        NewPerson(email, "Jo", None).check()


@pytest.mark.parametrize(
    ("role", "on", "others", "message"),
    [
        (Role.ADMINISTRATOR, D2, 0, "last administrator"),
        (Role.ADMINISTRATOR, D2, 1, ""),
        (Role.AUDITOR, D2, 0, ""),
        (Role.AUDITOR, D1, 0, ""),
        (Role.AUDITOR, date(2026, 3, 31), 0, "before the first day"),
    ],
)
def test_somebody_is_left_to_give_roles(role, on, others, message):
    if not message:
        check_end(role, D1, on, others)
        return
    with pytest.raises(RuleBroken, match=message):
        check_end(role, D1, on, others)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/141.0 Safari/537.36 Edg/141.0",
            "Edge on Windows",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0", "Firefox on Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari on iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        ("curl/8.5", "Unknown browser"),
        ("", "Unknown browser"),
    ],
)
def test_a_browser_is_named_as_its_owner_knows_it(told, words):
    assert browser_named(told) == words
