"""Approvals against fieldwork as bars: per cent across, the same in words beside."""

from dataclasses import dataclass
from datetime import date, timedelta

from compliance.approvals.queries import facts
from compliance.models import Approval, Project
from compliance.rules.approvals import FAVOURABLE
from compliance.terms import Outcome


@dataclass(frozen=True)
class Bar:
    """One stretch of time: solid in force, striped applied for, missing during fieldwork."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True)
class Row:
    """One approval and its bars."""

    approval: Approval
    bars: tuple[Bar, ...]
    words: str


@dataclass(frozen=True)
class Timeline:
    """The picture: fieldwork, today, and a row an approval."""

    fieldwork: Bar
    today: float
    rows: tuple[Row, ...]
    first: date
    last: date


def timeline(project: Project, on: date) -> Timeline | None:
    """The picture for a project with dates; None while nothing is known."""
    begins = project.started_on or project.planned_start_on or project.expected_start_on
    ends = project.ended_on or project.expected_end_on or (begins + timedelta(days=180) if begins else None)
    shown = [row for row in project.approvals if row.binding]
    if begins is None or ends is None or not shown:
        return None
    known = [row.applied_on for row in shown if row.applied_on]
    first = min([begins, on, *known]) - timedelta(days=10)
    last = max(ends, on) + timedelta(days=20)
    length = (last - first).days

    def bar(kind: str, start: date, end: date) -> Bar:
        left, right = max(start, first), min(end, last)
        return Bar(kind, 100 * (left - first).days / length, max(0.5, 100 * (right - left).days / length))

    rows = tuple(Row(row, tuple(bars(row, begins, ends, last, bar)), words(row)) for row in shown)
    return Timeline(bar("fieldwork", begins, ends), 100 * (on - first).days / length, rows, first, last)


def bars(approval: Approval, begins: date, ends: date, last: date, bar) -> list[Bar]:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """The stretches of one approval."""
    known = facts(approval)
    if known.outcome is Outcome.NOT_REQUIRED:
        return []
    found = []
    decided = known.decided_on if known.outcome in FAVOURABLE else None
    if known.applied_on:
        found.append(bar("applied", known.applied_on, decided or min(last, max(known.applied_on, begins))))
    if decided:
        until = known.expires_on or last
        found.append(bar("in-force", decided, until))
        if until < ends:
            found.append(bar("missing", max(until, begins), ends))
        if decided > begins:
            found.append(bar("missing", begins, decided))
    else:
        found.append(bar("missing", begins, ends))
    return found


def words(approval: Approval) -> str:
    """What the bars show."""
    known = facts(approval)
    if known.outcome is Outcome.NOT_REQUIRED:
        return "not required"
    if known.outcome not in FAVOURABLE:
        return "no favourable decision"
    until = f" until {known.expires_on.day} {known.expires_on:%B %Y}" if known.expires_on else ", no end set"
    return f"in force{until}"
