"""Charts as inline SVG in points; every value also stands in the title, in words."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from reports.statement.model import Commitment, Tally

LABEL = 22
DEEP, MID, ALERT, INK, QUIET, HAIR = "#0f3d4c", "#5f8a99", "#98350f", "#15202b", "#47545f", "#b9c4ca"
WEEKS, LIMIT = 2, 12


class Shape(NamedTuple):
    """A rectangle; hollow is drawn as an outline, dashed as a broken one."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    stroke: float = 0.0
    dashed: bool = False


class Label(NamedTuple):
    """Words of a chart."""

    x: float
    y: float
    text: str
    colour: str = INK
    size: float = 11
    bold: bool = False
    anchor: str = "start"


class Rule(NamedTuple):
    """A straight line."""

    path: str
    colour: str = INK
    width: float = 1.0
    dashed: bool = False


class Chart(NamedTuple):
    """What is drawn, and the same in words."""

    title: str
    width: float
    height: float
    shapes: tuple[Shape, ...]
    labels: tuple[Label, ...]
    rules: tuple[Rule, ...] = ()
    # The same as a table, for who cannot be shown a drawing.
    heads: tuple[str, ...] = ()
    data: tuple[tuple[str, ...], ...] = ()

    @property
    def words(self) -> list[str]:
        """The words that are drawn, in their order."""
        return [label.text for label in self.labels]


def kinds(tally: Tally) -> list[str]:
    """One sign a requirement, the best first; what does not apply has none."""
    return (
        ["met"] * tally.met
        + ["partly"] * tally.partly_met
        + ["unmet"] * tally.not_met
        + ["unknown"] * tally.not_assessed
    )


def square(kind: str, x: float, y: float, width: float, height: float, colour: str) -> list[Shape]:
    """One requirement: full is met, half partly met, empty not met, dashed not assessed."""
    if kind == "met":
        return [Shape(x, y, width, height, colour)]
    unmet = kind == "unmet"
    drawn = [
        Shape(
            x + 0.6,
            y + 0.6,
            width - 1.2,
            height - 1.2,
            ALERT if unmet else colour,
            1.6 if unmet else 1.2,
            dashed=kind == "unknown",
        )
    ]
    return [*drawn, Shape(x, y, width / 2, height, colour)] if kind == "partly" else drawn


def squares(
    tally: Tally, x: float, y: float, side: float, height: float, gap: float, colour: str
) -> list[Shape]:
    """A row of squares from left to right."""
    return [
        shape
        for place, kind in enumerate(kinds(tally))
        for shape in square(kind, x + place * (side + gap), y, side, height, colour)
    ]


def in_words(commitments: Sequence[Commitment]) -> str:
    """Every value of the chart in words."""
    parts = []
    for row in commitments:
        last = f"; last year {row.previous.text}" if row.previous else ""
        parts.append(f"{row.short}: {row.tally.text}{last}.")
    return " ".join(parts)


def shortened(text: str) -> str:
    """A title, shortened at a word to what the chart has room for."""
    words = text.split()
    while len(words) > 1 and len(" ".join(words)) > LABEL:
        words.pop()
    return " ".join(words)[: LABEL + 6]


def step(commitments: Sequence[Commitment], room: float, side: float, gap: float) -> tuple[float, float]:
    """The side of a square and the gap, smaller where a commitment has too many for the room."""
    most = max((len(kinds(row.tally)) for row in commitments), default=0)
    most = max([most, *(len(kinds(row.previous)) for row in commitments if row.previous)])
    scale = min(1.0, room / (most * (side + gap))) if most else 1.0
    return side * scale, gap * scale


def standing(commitments: Sequence[Commitment]) -> Chart:
    """Standing by commitment, this year and, where known, last year."""
    shapes, labels = key_of_squares(commitments)
    rules = []
    side, gap = step(commitments, 155, 14.6, 2.6)
    for place, row in enumerate(commitments):
        y = 20.0 + place * 36
        rules.append(Rule(f"M0 {y - 4:g}H465", HAIR, 0.5))
        shapes += squares(row.tally, 179, y, side, 14.6, gap, DEEP)
        labels += [
            Label(0, y + 11.5, row.number, QUIET),
            Label(51, y + 11.5, shortened(row.short), bold=True),
            Label(341.8, y + 11, row.tally.brief, size=10),
        ]
        if row.previous:
            shapes += squares(row.previous, 179, y + 18, side, 6, gap, MID)
            labels.append(Label(341.8, y + 24.5, row.previous.brief, QUIET, 10))
    title = f"Squares, one for each requirement, by commitment. {in_words(commitments)}"
    heads = ("Commitment", "This year", "Last year")
    data = tuple((f"{row.number}: {row.short}", row.tally.text, last_year(row)) for row in commitments)
    height = 20.0 + len(commitments) * 36
    return Chart(title, 465, height, tuple(shapes), tuple(labels), tuple(rules), heads, data)


def key_of_squares(commitments: Sequence[Commitment]) -> tuple[list[Shape], list[Label]]:
    """What full, half, empty and, where there are any, dashed squares mean, above the squares."""
    tallies = [tally for row in commitments for tally in (row.tally, row.previous) if tally]
    key = [("met", "met", 38), ("partly", "partly met", 66), ("unmet", "not met", 59)]
    if any(tally.not_assessed for tally in tallies):
        key.append(("unknown", "to judge", 0))
    # A fourth sign has room only to the left of the squares.
    x = 179 - (61 if len(key) > 3 else 0)  # noqa: PLR2004
    shapes, labels = [], []
    for kind, name, width in key:
        shapes += square(kind, x, 0.5, 9, 9, DEEP)
        labels.append(Label(x + 13, 9, name, QUIET, 10))
        x += width
    compared = any(row.previous for row in commitments)
    labels.append(Label(341.8, 9, "This year, last year below" if compared else "This year", QUIET, 10))
    return shapes, labels


def last_year(row: Commitment) -> str:
    """How it stood last year, or that nothing is known."""
    return row.previous.text if row.previous else "none"


def motif(commitments: Sequence[Commitment]) -> Chart:
    """The year's result as the cover shows it."""
    shapes, labels = [], []
    side, gap = step(commitments, 374, 34, 7)
    for place, row in enumerate(commitments):
        y = place * 41.0
        shapes += squares(row.tally, 51, y, side, side, gap, DEEP)
        labels.append(Label(0, y + 25, row.number.replace(" and ", ", "), QUIET, 15))
    title = f"Standing of the requirements. {in_words(commitments)}"
    return Chart(title, 425.2, max(1.0, len(commitments) * 41.0), tuple(shapes), tuple(labels))


def outcomes(numbers: Sequence[tuple[str, int]]) -> Chart:
    """Decisions by outcome as bars, each with its number."""
    widest = max((number for _, number in numbers), default=0) or 1
    shapes, labels = [], []
    for place, (name, number) in enumerate(numbers):
        y = place * 24.0
        width = 230 * number / widest
        if number:
            shapes.append(Shape(142, y + 2, width, 14, DEEP))
        labels += [Label(0, y + 13, name), Label(147 + width, y + 13, f"{number:,}", bold=True)]
    rule = Rule(f"M141.5 0V{len(numbers) * 24:g}")
    title = "Bars, one for each outcome. " + " ".join(f"{name}: {number:,}." for name, number in numbers)
    data = tuple((name, f"{number:,}") for name, number in numbers)
    heads = ("Outcome", "Decisions")
    return Chart(title, 414, len(numbers) * 24.0, tuple(shapes), tuple(labels), (rule,), heads, data)


def by_weeks(weeks: Sequence[int]) -> list[tuple[str, int]]:
    """Columns of two weeks with their numbers; what came very late stands in one."""
    last = max(LIMIT + 6, min(24, max(weeks, default=0)))
    ends = [(first, min(first + WEEKS - 1, last)) for first in range(1, last + 1, WEEKS)]
    held = Counter(weeks)
    found = [(f"{first}–{end}", sum(held[week] for week in range(first, end + 1))) for first, end in ends]
    over = len(weeks) - sum(number for _, number in found)
    return [*found, (f"{last + 1}+", over)] if over else found


def lag(weeks: Sequence[int]) -> Chart:
    """Finished projects by weeks from the end of fieldwork to publication; beyond the limit hollow."""
    columns = by_weeks(weeks)
    wide, tall = 410 / len(columns), 92 / max(1, *(number for _, number in columns))
    edge, within = LIMIT / WEEKS * wide, sum(week <= LIMIT for week in weeks)
    shapes, labels = (
        [],
        [
            Label(edge - 8, 14, f"Within {LIMIT} weeks: {within:,}", bold=True, anchor="end"),
            Label(edge + 8, 14, f"Later: {len(weeks) - within:,}", bold=True),
        ],
    )
    for place, (name, number) in enumerate(columns):
        x, y, middle = place * wide + 3, 128 - number * tall, (place + 0.5) * wide
        if number and place * WEEKS >= LIMIT:
            shapes.append(Shape(x + 0.65, y + 0.65, wide - 7.3, number * tall - 1.3, ALERT, 1.3))
        elif number:
            shapes.append(Shape(x, y, wide - 6, number * tall, DEEP))
        labels.append(Label(middle, y - 4, f"{number:,}", size=10.5, anchor="middle"))
        labels.append(Label(middle, 142, name, QUIET, 10, anchor="middle"))
    axis = "Weeks from the end of fieldwork to publication"
    labels.append(Label(205, 158, axis, QUIET, 10, anchor="middle"))
    rules = (Rule("M0 128H410"), Rule(f"M{edge:g} 4V132", QUIET, 1.0, dashed=True))
    data = tuple((name, f"{number:,}") for name, number in columns)
    told = " ".join(f"{name} weeks: {number}." for name, number in data if number != "0")
    title = f"Columns by weeks from the end of fieldwork to publication. {told or 'No project.'}"
    return Chart(title, 414, 162, tuple(shapes), tuple(labels), rules, ("Weeks", "Projects"), data)
