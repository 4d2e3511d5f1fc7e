"""The shapes of a board: per cent across and pixels down, so that a chart stretches and its type does not."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from compliance.rules.board import Ratio, story
from compliance.rules.checks import Count

ALL, NONE = 30, 88  # the dotted line and the base line of a trend
FIRST, LAST = 4, 92


@dataclass(frozen=True)
class Segment:
    """One part of a bar."""

    kind: str
    x: float
    width: float


def bar(counted: Count) -> tuple[Segment, ...]:
    """Met, partly met and not met one after the other; what is left white is still to judge."""
    segments, x = [], 0.0
    for kind, number in (("met", counted.met), ("partly", counted.partly_met), ("not-met", counted.not_met)):
        if number:
            width = 100 * number / counted.total
            segments.append(Segment(kind, round(x, 3), round(width, 3)))
            x += width
    return tuple(segments)


@dataclass(frozen=True)
class Point:
    """One year of a trend."""

    x: float
    y: float
    words: str
    newest: bool


@dataclass(frozen=True)
class Trend:
    """One figure over the years: its points, the lines between neighbours, the same in words."""

    title: str
    points: tuple[Point, ...]
    lines: tuple[tuple[Point, Point], ...]
    first_year: str
    last_year: str
    words: str

    @property
    def labelled(self) -> tuple[Point, ...]:
        """The points that carry their count: the first and the last."""
        return (self.points[0], self.points[-1]) if len(self.points) > 1 else self.points


def trend(title: str, years: Sequence[str], ratios: Sequence[Ratio]) -> Trend:
    """A trend of at least two years; a year in which nothing could be counted has no point."""
    between = (LAST - FIRST) / max(1, len(ratios) - 1)
    points = [
        point(FIRST + between * number, ratio, newest=ratio is ratios[-1])
        for number, ratio in enumerate(ratios)
    ]
    return Trend(
        title,
        tuple(point for point in points if point),
        tuple((one, other) for one, other in pairwise(points) if one and other),
        years[0],
        years[-1],
        f"{story(ratios)}: {', '.join(ratio.words for ratio in ratios)}.",
    )


def point(x: float, ratio: Ratio, *, newest: bool) -> Point | None:
    """Where a year lies between none and all; None when nothing could be counted."""
    if ratio.share is None:
        return None
    return Point(round(x, 2), round(NONE - (NONE - ALL) * ratio.share, 1), ratio.words, newest)


@dataclass(frozen=True)
class Column:
    """How many lie in one tenth: where its column stands, how high it is, and the number above it."""

    x: int
    y: float
    height: float
    number: int


def columns(tenths: Sequence[int]) -> tuple[Column, ...]:
    """A column for each tenth in which anybody lies; the highest reaches the dotted line of a trend."""
    most, step = max(tenths), 100 // len(tenths)
    return tuple(
        Column(step * place, round(NONE - height, 1), round(height, 1), number)
        for place, number in enumerate(tenths)
        if number and (height := (NONE - ALL) * number / most)
    )
