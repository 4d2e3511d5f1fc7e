"""What an answer under one framework says about the requirements of the others.

An answer says two things about a related requirement: how much of it is in place at the least, and how much
can be in place at the most. Several answers together show the most that any of them shows, but never more
than each of them allows. Where they contradict each other that is the worst, and every one of them is named.

The table follows from what the standings mean: met is all of what a requirement asks, partly met is some of
it and not all, not met is nothing of substance. A relation is read from the answered requirement: it is … of
the other. Whoever meets a superset also meets its subset (crosswalk of the Concordat, our own judgement).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from compliance.frameworks.schema import Link, Ref, Relation
from compliance.terms import Standing

MET, PARTLY, NOT = Standing.MET, Standing.PARTLY_MET, Standing.NOT_MET

# From the worst to the best. Not applicable is last: a requirement leaves the count when nobody grades it.
ORDER = (Standing.NOT_ASSESSED, NOT, PARTLY, MET, Standing.NOT_APPLICABLE)

# relation of the answered requirement to the other → its standing → (at the least, at the most).
SAYS: dict[Relation, dict[Standing, tuple[Standing, Standing]]] = {
    Relation.EQUAL: {MET: (MET, MET), PARTLY: (PARTLY, PARTLY), NOT: (NOT, NOT)},
    # The other asks less. What is partly met may hold all of it: we carry "partly met", and allow more.
    Relation.SUPERSET: {MET: (MET, MET), PARTLY: (PARTLY, MET), NOT: (NOT, NOT)},
    # The other asks more: met here is some of it; nothing here leaves at most the rest.
    Relation.SUBSET: {MET: (PARTLY, MET), PARTLY: (PARTLY, PARTLY), NOT: (NOT, PARTLY)},
    # They share something: met here is some of it; what is partly met may lack what the other does not ask.
    Relation.INTERSECTS: {MET: (PARTLY, MET), PARTLY: (PARTLY, MET), NOT: (NOT, PARTLY)},
}
# What does not apply at all does not apply in part; but of a larger duty the rest may apply.
CARRIES_NOT_APPLICABLE = frozenset({Relation.EQUAL, Relation.SUPERSET})


class Basis(StrEnum):
    """Where a standing comes from: somebody answered, it follows from other answers, or nothing is known."""

    DIRECT = "direct"
    DERIVED = "derived"
    MISSING = "missing"


@dataclass(frozen=True, order=True)
class Origin:
    """An answer that says something about another requirement, and what it says."""

    ref: Ref
    relation: Relation
    answered: Standing
    least: Standing
    most: Standing


@dataclass(frozen=True)
class Derived:
    """How something stands to a requirement, on what basis, and which other answers bear on it.

    `conflict` is true when the answers cannot all be right; for a direct answer, when another contradicts it.
    """

    standing: Standing
    basis: Basis
    origins: tuple[Origin, ...] = ()
    conflict: bool = False


def rank(standing: Standing) -> int:
    """The place of a standing from the worst, 0: what nobody answered is never better than an answer."""
    return ORDER.index(standing)


def origins_of(target: Ref, answers: Mapping[Ref, Standing], links: Iterable[Link]) -> tuple[Origin, ...]:
    """Every answer that says something about the target, in a fixed order.

    One step and no further: only what somebody answered is an origin, never what was derived. Two relations
    in a row seldom say anything certain (an overlap of an overlap may share nothing), so each two frameworks
    have a crosswalk of their own.
    """
    found = set()
    for link in links:
        answered = answers.get(link.source, Standing.NOT_ASSESSED)
        if link.target != target or link.source == target:
            continue
        if answered in SAYS[link.relation]:
            found.add(Origin(link.source, link.relation, answered, *SAYS[link.relation][answered]))
        elif answered is Standing.NOT_APPLICABLE and link.relation in CARRIES_NOT_APPLICABLE:
            found.add(Origin(link.source, link.relation, answered, answered, answered))
    return tuple(sorted(found))


def derive(target: Ref, answers: Mapping[Ref, Standing], links: Iterable[Link]) -> Derived:
    """How things stand to one requirement, from what was answered to it and to its relatives.

    A direct answer always wins. "Not assessed" is no answer, whoever said it.
    """
    origins = origins_of(target, answers, links)
    direct = answers.get(target, Standing.NOT_ASSESSED)
    if direct is not Standing.NOT_ASSESSED:
        return Derived(
            direct, Basis.DIRECT, origins, conflict=any(contradicts(one, direct) for one in origins)
        )
    if not origins:
        return Derived(Standing.NOT_ASSESSED, Basis.MISSING)
    graded = [one for one in origins if one.answered is not Standing.NOT_APPLICABLE]
    if not graded:
        return Derived(Standing.NOT_APPLICABLE, Basis.DERIVED, origins)
    least = max((one.least for one in graded), key=rank)
    most = min((one.most for one in graded), key=rank)
    conflict = rank(least) > rank(most) or len(graded) < len(origins)
    return Derived(min(least, most, key=rank), Basis.DERIVED, origins, conflict)


def contradicts(origin: Origin, direct: Standing) -> bool:
    """Whether another answer and a direct one cannot both be right."""
    return not rank(origin.least) <= rank(direct) <= rank(origin.most)


def derive_all(
    targets: Iterable[Ref], answers: Mapping[Ref, Standing], links: Iterable[Link]
) -> dict[Ref, Derived]:
    """How things stand to each of these requirements: `derive` for each, with one walk of the links."""
    towards: dict[Ref, list[Link]] = {}
    for link in links:
        towards.setdefault(link.target, []).append(link)
    return {target: derive(target, answers, towards.get(target, ())) for target in targets}
