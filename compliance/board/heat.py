"""The heat map: organisations by commitments, each cell a count with words, darkness repeating the worst."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from compliance import clock
from compliance.board.queries import Coverage
from compliance.board.scope import Place
from compliance.rules.assessments import return_state
from compliance.rules.board import most_to_do, together
from compliance.rules.checks import Count
from compliance.terms import ReturnState

SHOWN = (
    ("", "Every organisation asked for a return"),
    ("returned", "Return received"),
    ("missing", "Return missing"),
    ("not-returned", "Return not received"),
    ("named", "Both roles named"),
    ("vacant", "A role is vacant"),
)


@dataclass(frozen=True)
class Row:
    """One organisation: its counts by commitment, where its return stands, whether both roles are named."""

    place: Place
    counts: Mapping[str, Count]
    state: ReturnState
    sent_on: date | None
    named: bool
    asked: bool

    @property
    def unknown(self) -> bool:
        """Whether nothing is known because its return is missing."""
        return self.asked and self.state is ReturnState.MISSING


@dataclass(frozen=True)
class Heat:
    """The rows asked for a return, most to do first, missing returns last, and all of them as one."""

    rows: tuple[Row, ...]
    total: Mapping[str, Count]

    def standing(self, state: ReturnState) -> list[Row]:
        """The rows whose return stands there."""
        return [row for row in self.rows if row.state is state]


def row_of(place: Place, covered: Coverage, counts: Mapping[str, Count], due_on: date, today: date) -> Row:
    """One organisation in the period."""
    return Row(
        place=place,
        counts=counts,
        state=return_state(sent=covered.sent_at is not None, due_on=due_on, on=today),
        sent_on=covered.sent_at.astimezone(clock.LONDON).date() if covered.sent_at else None,
        named=covered.named,
        asked=covered.asked,
    )


def heat(rows: Sequence[Row], codes: Sequence[str]) -> Heat:
    """The heat map of these rows; the total counts the returns that were received and no others."""
    ordered = sorted(rows, key=lambda row: (row.unknown, *most_to_do(row.counts), row.place.name))
    sent = [row for row in rows if row.state is ReturnState.SENT]
    return Heat(tuple(ordered), {code: together([row.counts[code] for row in sent]) for code in codes})


def chosen(show: str, heat_rows: Sequence[Row], top: Row | None) -> list[Row]:
    """The rows of a filter; roles are asked of the organisation itself too."""
    own = [top] if top else []
    return {
        "returned": [row for row in heat_rows if row.state is ReturnState.SENT],
        "missing": [row for row in heat_rows if row.state is ReturnState.MISSING],
        "not-returned": [row for row in heat_rows if row.state is not ReturnState.SENT],
        "named": [row for row in [*own, *heat_rows] if row.named],
        "vacant": [row for row in [*own, *heat_rows] if not row.named],
    }.get(show, list(heat_rows))
