"""Names and places follow one another, and the tree stays a tree on every day."""

from datetime import date

import pytest

from compliance.rules.broken import RuleBroken
from compliance.rules.organisations import (
    Link,
    NewContact,
    NewName,
    NewOrganisation,
    NewParent,
    Span,
    check_end,
    check_no_cycle,
)
from compliance.terms import ContactRole, OrganisationKind

D20, D22, D24, D26 = date(2020, 4, 1), date(2022, 4, 1), date(2024, 4, 1), date(2026, 4, 1)
NPCC, FORCE, UNIT, LAB = 1, 2, 3, 4
TREE = (Link(FORCE, NPCC, Span(D20)), Link(UNIT, FORCE, Span(D20)), Link(LAB, UNIT, Span(D20)))


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        (Span(D20), Span(D22), Span(D22)),
        (Span(D20, D24), Span(D22), Span(D22, D24)),
        (Span(D20, D22), Span(D22), None),
        (Span(D20, D22), Span(D24, D26), None),
        (Span(D20, D26), Span(D22, D24), Span(D22, D24)),
    ],
)
def test_what_two_spans_share(one, other, shared):
    assert one.meet(other) == shared
    assert other.meet(one) == shared


@pytest.mark.parametrize(
    ("child", "parent", "links"),
    [
        (FORCE, UNIT, TREE),
        (FORCE, LAB, TREE),
        (FORCE, FORCE, TREE),
        # The lab moves away, but only later: until then the tree would be a ring.
        (FORCE, LAB, (*TREE[:2], Link(LAB, UNIT, Span(D20, D26)), Link(LAB, NPCC, Span(D26)))),
        # The lab will come below the unit one day.
        (FORCE, LAB, (*TREE[:2], Link(LAB, NPCC, Span(D20, D26)), Link(LAB, UNIT, Span(D26)))),
    ],
)
def test_a_ring_is_refused_on_whatever_day_it_would_close(child, parent, links):
    with pytest.raises(RuleBroken, match="stands below it"):
        check_no_cycle(child, parent, D24, links)


@pytest.mark.parametrize(
    ("child", "parent", "links"),
    [
        (UNIT, NPCC, TREE),
        (LAB, FORCE, TREE),
        # The lab left the unit before the move.
        (FORCE, LAB, (*TREE[:2], Link(LAB, UNIT, Span(D20, D22)), Link(LAB, NPCC, Span(D22)))),
        # A ring that somebody stored elsewhere does not hold the search.
        (UNIT, 8, (*TREE, Link(8, 9, Span(D20)), Link(9, 8, Span(D20)))),
    ],
)
def test_a_move_that_closes_no_ring_is_accepted(child, parent, links):
    check_no_cycle(child, parent, D24, links)


def test_a_name_follows_the_one_before():
    NewName("Northmoor Police", D24).check("Northmoor Constabulary", [Span(D20)])
    with pytest.raises(RuleBroken, match="called that already"):
        NewName("Northmoor Constabulary", D24).check("Northmoor Constabulary", [Span(D20)])
    for day in (D20, D22):
        with pytest.raises(RuleBroken, match="after 1 April 2022"):
            NewName("Northmoor Police", day).check("Northmoor Constabulary", [Span(D20, D22), Span(D22)])


def test_a_place_follows_the_one_before():
    NewParent(D24).check(LAB, FORCE, UNIT, [Span(D20)], TREE)
    with pytest.raises(RuleBroken, match="already"):
        NewParent(D24).check(LAB, UNIT, UNIT, [Span(D20)], TREE)
    with pytest.raises(RuleBroken, match="after 1 April 2020"):
        NewParent(D20).check(LAB, FORCE, UNIT, [Span(D20)], TREE)


@pytest.mark.parametrize("code", ["South", "south wolds", "new", "-south", "south--wolds", "1st", "süd", ""])
def test_a_code_that_is_no_part_of_an_address_is_refused(code):
    with pytest.raises(RuleBroken, match="code"):
        NewOrganisation(code, OrganisationKind.FORCE, "South Wolds", D20).check()


def test_returns_begin_with_the_organisation_or_later():
    NewOrganisation("south-wolds", OrganisationKind.FORCE, "South Wolds", D20, D20).check()
    with pytest.raises(RuleBroken, match="before it exists"):
        NewOrganisation("south-wolds", OrganisationKind.FORCE, "South Wolds", D22, D20).check()


@pytest.mark.parametrize("email", ["nobody", "a@b", "a b@force.example", "a@@force.example"])
def test_an_address_that_is_none_is_refused(email):
    with pytest.raises(RuleBroken, match="email address"):
        NewContact(ContactRole.SENIOR_LEAD, None, "Mailbox", email, D20).check()


def test_nothing_ends_before_it_has_begun():
    check_end(D20, D22)
    check_end(D20, None)
    with pytest.raises(RuleBroken, match="after the first day"):
        check_end(D20, D20)
