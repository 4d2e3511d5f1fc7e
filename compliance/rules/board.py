"""What a board reads: counts out of counts, what changed since last year, who has most to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import reduce
from itertools import pairwise

from compliance.rules.broken import RuleBroken
from compliance.rules.checks import Count
from compliance.terms import Comparison


@dataclass(frozen=True)
class Ratio:
    """So many of so many; a bare number has no whole."""

    part: int
    whole: int | None = None

    @property
    def rest(self) -> int:
        """How many of the whole are not among the part; 0 for a bare number."""
        return 0 if self.whole is None else self.whole - self.part

    @property
    def words(self) -> str:
        """In words: "47 of 52", or "6"."""
        return f"{self.part:,}" if self.whole is None else f"{self.part:,} of {self.whole:,}"

    @property
    def share(self) -> float | None:
        """The part of the whole, from 0 to 1; None when there is nothing to be a part of."""
        return None if not self.whole else self.part / self.whole


class Direction(StrEnum):
    """Which way a figure went; no judgement, since more reported may be good."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Change:
    """How a figure compares with that of the year before, as a direction and in words."""

    direction: Direction
    words: str


def change(now: Ratio, before: Ratio | None) -> Change:
    """The change since the year before: of the share where both have one, else of the number."""
    if before is None:
        return Change(Direction.UNKNOWN, "No figure for the year before")
    if (now.whole is None) != (before.whole is None) or (
        now.whole is not None and (now.share is None or before.share is None)
    ):
        return Change(Direction.UNKNOWN, f"The year before: {before.words}")
    # Whole numbers, so that equal shares are equal.
    this, last = now.part * (before.whole or 1), before.part * (now.whole or 1)
    if this == last:
        return Change(Direction.SAME, f"Same as the year before: {before.words}")
    if this > last:
        return Change(Direction.UP, f"up from {before.words}")
    return Change(Direction.DOWN, f"down from {before.words}")


def since(now: Ratio, then: Ratio | None) -> str:
    """What became of a figure since a meeting, in words; what was not counted then was not zero."""
    if then is None:
        return "not counted then"
    if now == then:
        return "no change"
    if now.whole != then.whole:
        return f"was {then.words}"
    step = now.part - then.part
    return f"+{step:,}" if step > 0 else f"\N{MINUS SIGN}{-step:,}"


# Our judgement: figures that are kept some days after a meeting still tell what the board saw.
LATEST = timedelta(days=7)


@dataclass(frozen=True)
class NewMeeting:
    """A board met."""

    held_on: date

    def check(self, today: date) -> None:
        """Raise RuleBroken for a meeting to come, or one so long ago that it saw other figures."""
        if self.held_on > today:
            raise RuleBroken("Date of the meeting must be today or in the past", field="held_on")
        if self.held_on < today - LATEST:
            raise RuleBroken(
                "Date of the meeting must be at most 7 days ago: what the board saw then is not known now",
                field="held_on",
            )


@dataclass(frozen=True)
class NewComparison:
    """How organisations see each other, and who decided it why."""

    comparison: Comparison
    reason: str


def story(ratios: Sequence[Ratio]) -> str:
    """How a figure went over the years, in a word or two; ratios without a share are passed over."""
    shares = [ratio.share for ratio in ratios if ratio.share is not None]
    if len(shares) < 2:  # noqa: PLR2004  (one point is no trend)
        return "No trend yet"
    steps = [later - earlier for earlier, later in pairwise(shares)]
    if not any(steps):
        return "Unchanged"
    way = "Up" if min(steps) >= 0 else "Down" if max(steps) <= 0 else ""
    each = " each year" if way and all(steps) and len(steps) > 1 else ""
    return f"{way}{each}" if way else "Uneven"


def together(counts: Sequence[Count]) -> Count:
    """Several counts as one."""
    return reduce(add, counts, Count())


def add(one: Count, other: Count) -> Count:
    """Two counts as one."""
    return Count(
        met=one.met + other.met,
        partly_met=one.partly_met + other.partly_met,
        not_met=one.not_met + other.not_met,
        not_applicable=one.not_applicable + other.not_applicable,
        not_assessed=one.not_assessed + other.not_assessed,
    )


def most_to_do(counts: Mapping[str, Count]) -> tuple[int, int]:
    """A sort key that puts first whoever has most not met, then most partly met or to judge."""
    total = together(list(counts.values()))
    return (-total.not_met, -(total.partly_met + total.not_assessed))
