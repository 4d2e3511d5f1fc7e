"""Protocols and results against the clocks of publication, each number with exactly its projects."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Subquery, and_, case, func, select

from compliance.assessments.queries import PERIOD
from compliance.board.counting import counting
from compliance.board.links import Links, To
from compliance.board.scope import Whose
from compliance.models import Project, ProjectStanding
from compliance.projects.queries import shown

# What is counted of those that began, and of those that ended; None where the clock leaves no such case.
BEGUN = ("protocol-in-advance", "protocol-after-start", "protocol-exempt", None, "protocol-missing")
ENDED = ("results-in-time", "results-after-clock", "results-exempt", "results-due", "results-overdue")


@dataclass(frozen=True)
class Cell:
    """A number of projects and the list that shows them."""

    number: int
    to: To


@dataclass(frozen=True)
class Clocked:
    """What was to be published, by which clock: all of it, and how it stands; None where that cannot be."""

    title: str
    clock: str
    counted: Cell
    cells: tuple[Cell | None, ...]


def counts_of(whose: Whose) -> tuple[Subquery, Subquery]:
    """What is counted of PERIOD, a row each; what is below counts unless its return is missing."""
    row = ProjectStanding
    return standing(whose, row.started_on, BEGUN), standing(whose, row.ended_on, ENDED)


def publication(began: Sequence[int], ended: Sequence[int], links: Links) -> tuple[Clocked, Clocked]:
    """Protocols and results from their two rows of numbers."""
    return (
        Clocked(
            "Protocols",
            "Before fieldwork begins (Government Social Research, principle 2).",
            *cells("begun", BEGUN, began, links),
        ),
        Clocked(
            "Results",
            "Within 12 weeks (Government Social Research protocol), counted here from the end of research: "
            "the day on which a final report was agreed is not recorded.",
            *cells("ended", ENDED, ended, links),
        ),
    )


def standing(whose: Whose, day: Any, shows: Sequence[str | None]) -> Subquery:
    """How many projects have this day in PERIOD, and how many of them each filter shows."""
    conditions = {show: shown(show) for show in shows if show}
    counts = [func.count(case((one, 1))).label(show) for show, one in conditions.items() if one is not None]
    place = counting(whose)
    within = and_(
        ProjectStanding.organisation_id == place.c.organisation_id,
        ProjectStanding.counted,
        day.between(place.c.starts_on, place.c.ends_on),
    )
    return (
        select(func.count().label("counted"), *counts)
        .join_from(place, ProjectStanding, within)
        .join(Project, Project.id == ProjectStanding.project_id)
        .where(place.c.period_id == PERIOD)
        .subquery()
    )


def cells(
    counted: str, shows: Sequence[str | None], numbers: Sequence[int], links: Links
) -> tuple[Cell, tuple[Cell | None, ...]]:
    """The numbers of a row with their lists."""
    left = iter(numbers)
    whole = Cell(next(left), links.projects_in_period(counted))
    return whole, tuple(Cell(next(left), links.projects_in_period(show)) if show else None for show in shows)
