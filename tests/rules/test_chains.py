"""Chains of relations are not followed; nothing certain is lost, since each two frameworks have a crosswalk of their own."""

import pytest

from compliance.frameworks.schema import Link, Ref, Relation, Subject
from compliance.rules.derivation import Basis, derive
from tests.rules.test_derivation import (
    EQUAL,
    MET,
    NA,
    NOT,
    PARTLY,
    SUBSET,
    SUPERSET,
    TARGET,
    answered,
    links,
    ref,
)


@pytest.mark.parametrize("second", list(Relation))
@pytest.mark.parametrize("first", list(Relation))
@pytest.mark.parametrize("standing", [MET, PARTLY, NOT, NA])
def test_a_chain_carries_to_its_middle_and_no_further(first, second, standing):
    """Whatever the two relations: the middle follows from the answer, the end only from an answer to the middle."""
    begin, middle = Ref("concordat-2025", "B"), Ref("government-guidance", "M")
    chain = [Link(begin, middle, first), Link(middle, TARGET, second)]
    one_step = derive(middle, {begin: standing}, chain)
    assert one_step.standing is (derive(TARGET, *answered((first, standing))).standing)
    assert derive(TARGET, {begin: standing}, chain).basis is Basis.MISSING
    said = derive(TARGET, {begin: standing, middle: MET}, chain)
    assert [one.ref for one in said.origins] == [middle]
    assert said == derive(TARGET, {middle: MET}, chain)


# What two relations in a row say for certain; any other two say nothing.
CERTAIN = {
    **{(EQUAL, one): one for one in Relation},
    **{(one, EQUAL): one for one in Relation},
    (SUBSET, SUBSET): SUBSET,
    (SUPERSET, SUPERSET): SUPERSET,
}
# Judged more carefully side by side than over a third requirement.
JUDGED_APART = {("25-C5-E2", "GOV-G3"), ("25-C3-E2", "GOV-G8")}


@pytest.mark.parametrize("subject", list(Subject))
def test_nothing_certain_is_lost_without_chains(subject):
    """Each two frameworks have a crosswalk of their own, and it says what a certain chain would say."""
    known = {(link.source, link.target): link.relation for link in links(subject)}
    chains = [
        (one.source, other.target, CERTAIN[one.relation, other.relation])
        for one in links(subject)
        for other in links(subject)
        if one.target == other.source and one.source.framework != other.target.framework
        if (one.relation, other.relation) in CERTAIN
    ]
    assert chains
    apart = {
        tuple(sorted((source.code, target.code)))
        for source, target, relation in chains
        if known.get((source, target)) is not relation
    }
    assert apart == (JUDGED_APART if subject is Subject.ORGANISATION else set())


def test_chains_are_not_followed():
    """GOV-N1 overlaps 25-C3-E3 only; what 2025 would say of it through 2019 (C3-E4, equal) is not made up.

    The guidance has a crosswalk of its own with each edition: one step reaches both, and a second step would carry
    what nobody said.
    """
    step = [
        link
        for link in links()
        if "government-guidance" not in (link.source.framework, link.target.framework)
    ]
    guidance = [link for link in links() if link.source.framework == "government-guidance"]
    two_steps = [*step, *(link for link in guidance if link.target.framework == "concordat-2025")]
    answers = {ref("GOV-M5"): MET}
    assert derive(ref("25-C4-E6"), answers, two_steps).standing is MET
    assert derive(ref("C4-E7"), answers, two_steps).basis is Basis.MISSING
    assert derive(ref("C4-E7"), answers, links()).standing is MET
    assert [one.ref.code for one in derive(ref("C4-E7"), answers, links()).origins] == ["GOV-M5"]
