"""What a crosswalk is: which requirement of one framework stands beside which of another, and which alone."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from compliance.frameworks.schema import Code, Link, Ref, Relation, Strict, Sureness, Words


class Pair(Strict):
    """One old requirement beside one new one: the old is … of the new, and why."""

    old: Code
    new: Code
    relation: Relation
    # The part of one of the two that the other answers; the relation holds for the whole.
    part: Code | None = None
    note: Words


class PartRemark(Strict):
    """What became of one part of an old requirement; detail of a pair, not a pair."""

    part: Code
    new: Code | None
    relation: Relation | None
    note: Words


class Left(StrEnum):
    """What is left of a requirement on the other side of a crosswalk."""

    NONE = "none"
    WEAKENED = "weakened"
    FOLDED = "folded"
    CONTENTS = "contents"
    PART = "part"


class Unmatched(Strict):
    """Requirements that have no counterpart, or lose something on the way, and what."""

    codes: Annotated[tuple[Code, ...], Field(min_length=1)]
    kind: Left
    note: Words


class Crosswalk(Strict):
    """Which requirement of one framework stands beside which of another."""

    key: Code
    old: Code
    new: Code
    sureness: Sureness
    judged_by: Words
    judged_on: date
    pairs: tuple[Pair, ...]
    parts: tuple[PartRemark, ...] = ()
    without_new: tuple[Unmatched, ...]
    without_old: tuple[Unmatched, ...]

    @property
    def links(self) -> Iterator[Link]:
        """Every pair, seen from both ends."""
        for pair in self.pairs:
            old, new = Ref(self.old, pair.old), Ref(self.new, pair.new)
            yield Link(old, new, pair.relation)
            yield Link(new, old, pair.relation.inverse)
