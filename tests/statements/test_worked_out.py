"""A number that one force withholds must not follow from the sum above it and what the others published."""

import pytest

from compliance import audit, clock
from compliance.db import db, transaction
from compliance.models import Publication
from compliance.rules import faults
from compliance.rules.suppression import Cell, NewPolicy, given_away
from compliance.statements import entering, queries
from compliance.terms import AllegationKind

REPORTED = Cell("reported", "PLA")


def test_only_what_a_single_one_withholds_is_given_away():
    both, one = {"A": {REPORTED}, "B": {REPORTED}}, {"A": {REPORTED}, "B": set()}
    assert given_away({REPORTED}, both) == []
    assert given_away({REPORTED}, one) == [(REPORTED, "A")]
    assert given_away(set(), one) == []


def warned(statement, key="given_away"):
    return [row for row in faults.warnings(queries.readiness(statement)) if row.key == key]


def public(make, statement, cast) -> None:
    """Signed and published as it stands, past every rule."""
    make.signature(statement, cast.signatory)
    with transaction():
        audit.record("test.published", subject=statement.reference, by=cast.lead)
        told = {"published_at": clock.now(), "published_by": cast.lead}
        db.session.add(Publication(statement=statement, **told))


@pytest.fixture
def three(make):
    """A council and two forces whose returns were sent, each with a draft; the first withholds a small number."""
    tree, period = make.tree(), make.period()
    found = []
    for code in ("npcc", "northmoor", "westmarch"):
        cast = make.cast(tree[code])
        if code == "northmoor":
            make.case(tree[code], cast.lead, kinds=(AllegationKind.PLAGIARISM,))
            entering.set_policy(tree[code], NewPolicy(5, "The chief officers decided."), by=cast.lead)
        if code != "npcc":
            make.sent(tree[code], period, cast.lead)
        found.append((make.statement(tree[code], period, cast.lead), cast))
    return found


@pytest.mark.parametrize("withholds", [True, False])
def test_the_sum_above_warns_once_everybody_has_published(make, three, withholds):
    (council, its), (own, mine), (other, theirs) = three
    if not withholds:
        entering.set_policy(own.organisation, NewPolicy(None, "Withdrawn."), by=mine.lead)
    public(make, own, mine)
    assert warned(council) == []
    public(make, other, theirs)
    told = [row.facts for row in warned(council)]
    assert bool(told) is withholds
    if withholds:
        assert "Plagiarism: reported of Northmoor Constabulary" in told[0]
        entering.set_policy(council.organisation, NewPolicy(5, "The council decided."), by=its.lead)
        assert warned(council) == []


def above(statement) -> list[str]:
    return [row.facts for row in warned(statement, "given_away_above")]


@pytest.mark.parametrize("above_withholds", [False, True])
def test_the_last_force_to_publish_is_warned_of_the_sum_that_stands_above_it(make, three, above_withholds):
    (council, its), (own, mine), (other, theirs) = three
    if above_withholds:
        entering.set_policy(council.organisation, NewPolicy(5, "The council decided."), by=its.lead)
    assert above(own) == [], "nothing is public yet"
    public(make, council, its)
    assert (above(own), above(other)) == ([], []), "a force that has not published hides the difference"
    public(make, other, theirs)
    told = above(own)
    assert bool(told) is not above_withholds
    if told:
        assert "Plagiarism: reported of Northmoor Constabulary" in told[0]
        entering.set_policy(own.organisation, NewPolicy(None, "Withdrawn."), by=mine.lead)
        assert above(own) == [], "nobody gives away what it prints itself"


def test_a_force_that_withholds_nothing_is_warned_of_what_it_gives_away_of_another(client, make, three):
    (council, its), (own, mine), (other, theirs) = three
    public(make, council, its)
    public(make, own, mine)
    (told,) = above(other)
    assert "Plagiarism: reported of Northmoor Constabulary" in told
    page = client.sign_in(theirs.lead).get(f"/statements/{other.reference}/small-numbers").text
    assert "<li>Plagiarism: reported of Northmoor Constabulary</li>" in page
