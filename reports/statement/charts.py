"""Charts as inline SVG in points; every value also stands in the title, in words."""

from dataclasses import dataclass

from reports.statement.model import Commitment, Tally

LABEL = 22
DEEP, MID, ALERT = "#0f3d4c", "#5f8a99", "#98350f"


@dataclass(frozen=True)
class Square:
    """One requirement: full is met, half partly met, empty not met or not assessed."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    colour: str


@dataclass(frozen=True)
class Line:
    """One commitment of the chart, this year above last year."""

    y: float
    commitment: Commitment
    squares: tuple[Square, ...]

    @property
    def label(self) -> str:
        """The short title, shortened at a word to what the chart has room for."""
        words = self.commitment.short.split()
        while len(" ".join(words)) > LABEL:
            words.pop()
        return " ".join(words)


@dataclass(frozen=True)
class Chart:
    """What the template draws, and the same in words."""

    title: str
    height: float
    lines: tuple[Line, ...]


def kinds(tally: Tally) -> list[str]:
    """One sign a requirement, the best first; what does not apply has none."""
    return (
        ["met"] * tally.met
        + ["partly"] * tally.partly_met
        + ["unmet"] * tally.not_met
        + ["unknown"] * tally.not_assessed
    )


def squares(
    tally: Tally, *, x: float, y: float, side: float, gap: float, height: float, colour: str
) -> list[Square]:
    """A row of squares from left to right."""
    return [
        Square(x + place * (side + gap), y, side, height, kind, ALERT if kind == "unmet" else colour)
        for place, kind in enumerate(kinds(tally))
    ]


def in_words(commitments: tuple[Commitment, ...]) -> str:
    """Every value of the chart in words."""
    parts = []
    for row in commitments:
        last = f"; last year {row.previous.text}" if row.previous else ""
        parts.append(f"{row.short}: {row.tally.text}{last}.")
    return " ".join(parts)


def standing(commitments: tuple[Commitment, ...]) -> Chart:
    """Standing by commitment, this year and, where known, last year."""
    lines = []
    for place, row in enumerate(commitments):
        y = 20.0 + place * 36
        drawn = squares(row.tally, x=179, y=y, side=14.6, gap=2.6, height=14.6, colour=DEEP)
        if row.previous:
            drawn += squares(row.previous, x=179, y=y + 18, side=14.6, gap=2.6, height=6, colour=MID)
        lines.append(Line(y, row, tuple(drawn)))
    title = f"Squares, one for each requirement, by commitment. {in_words(commitments)}"
    return Chart(title, 20.0 + len(commitments) * 36, tuple(lines))


def motif(commitments: tuple[Commitment, ...]) -> Chart:
    """The year's result as the cover shows it."""
    lines = []
    for place, row in enumerate(commitments):
        y = place * 41.0
        lines.append(
            Line(y, row, tuple(squares(row.tally, x=51, y=y, side=34, gap=7, height=34, colour=DEEP)))
        )
    title = f"Standing of the requirements. {in_words(commitments)}"
    return Chart(title, len(commitments) * 41.0, tuple(lines))
