"""What a board saw at its last meeting, beside what stands there now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from compliance.access import Day
from compliance.board.figures import Figure
from compliance.board.scope import Top, Whose
from compliance.db import db
from compliance.models import BoardMeeting
from compliance.rules.board import Ratio, since

# What is asked of a meeting along with other things.
KEPT = (BoardMeeting.held_on, BoardMeeting.kept_on, BoardMeeting.period_id, BoardMeeting.figures)
NEWEST = 6


@dataclass(frozen=True)
class LastMeeting:
    """A meeting with the figures kept for it; a figure that was not counted then is missing, not zero."""

    held_on: date
    kept_on: date
    period_id: int
    figures: Mapping[str, Ratio]


def last_before(whose: Whose, on: Day) -> Any:
    """The day of the last meeting before another day, as a subquery."""
    mine = (BoardMeeting.organisation_id == whose, BoardMeeting.held_on < on)
    return select(func.max(BoardMeeting.held_on)).where(*mine).correlate(None).scalar_subquery()


def meeting_of(held_on: date | None, kept_on: date, period_id: int, kept: Any) -> LastMeeting | None:
    """The meeting of a row of KEPT; None where no meeting was."""
    if held_on is None:
        return None
    return LastMeeting(held_on, kept_on, period_id, {key: ratio_of(one) for key, one in kept.items()})


def ratio_of(kept: Mapping[str, Any]) -> Ratio:
    """A figure as it was kept."""
    return Ratio(kept["part"], kept["whole"])


def kept_of(figures: Iterable[Figure]) -> dict[str, Any]:
    """Figures as they are kept."""
    return {
        one.key: {"label": one.label, "part": one.ratio.part, "whole": one.ratio.whole} for one in figures
    }


def compared(figures: Iterable[Figure], last: LastMeeting | None, *, comparable: bool = True) -> list[Figure]:
    """The figures with what became of each since the meeting; as they are where there was none.

    Figures of one year are not comparable with those of another.
    """
    if last is None:
        return list(figures)
    then = last.figures if comparable else {}
    return [replace(one, since=since(one.ratio, then.get(one.key))) for one in figures]


def meetings_of(top: Top) -> Sequence[BoardMeeting]:
    """The newest meetings of a board, the newest first."""
    found: Sequence[BoardMeeting] = db.session.scalars(
        select(BoardMeeting)
        .where(BoardMeeting.organisation_id == top.id)
        .options(joinedload(BoardMeeting.period), joinedload(BoardMeeting.recorded_by))
        .order_by(BoardMeeting.held_on.desc())
        .limit(NEWEST),
        top.given,
    ).all()
    return found


def side_by_side(meetings: Sequence[BoardMeeting]) -> list[tuple[str, list[str]]]:
    """Each figure with its words at each meeting, empty where it was not counted."""
    labels: dict[str, str] = {}
    for meeting in meetings:
        for key, one in meeting.figures.items():
            labels.setdefault(key, one["label"])
    return [
        (label, [ratio_of(one.figures[key]).words if key in one.figures else "" for one in meetings])
        for key, label in labels.items()
    ]
