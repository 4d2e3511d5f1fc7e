"""Dates of a project besides those of its approvals: clearances and exemptions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement

from compliance.clearances.queries import ending
from compliance.db import db
from compliance.exemptions.queries import to_look_at
from compliance.models import Clearance, Exemption, Project
from compliance.rules.due import Due, day


@dataclass(frozen=True)
class OfProject:
    """A date of a project: what it is about, and what falls due; no person is named."""

    project: Project
    about: str
    due: Due


def dates_of_projects(
    on: date, days: int, *, among: ColumnElement[bool] | None = None
) -> Iterator[OfProject]:
    """Everything of that kind within so many days, or late; `among` is a condition on Project."""
    where = () if among is None else (among,)
    for clearance in db.session.scalars(ending(on, days).where(*where)):
        yield OfProject(clearance.project, "a person’s clearance", end_of_clearance(clearance, on))
    for exemption in db.session.scalars(to_look_at(on, days).where(*where)):
        for due in dates_of_exemption(exemption, on):
            if (due.on - on).days <= days:
                yield OfProject(exemption.project, "an exemption", due)


def end_of_clearance(row: Clearance, on: date) -> Due:
    """The last day of a clearance: after it the person has no access (H8)."""
    ended = row.expires_on < on
    return Due(
        f"clearance/{row.id}",
        "has ended, so that the person has no access" if ended else "ends",
        row.expires_on,
        f"{row.level.label} is valid to this day, as {row.issuing_force} gave it",
        "A clearance past its last day blocks access of that person, not the project",
        ours=True,
        ends=True,
    )


def dates_of_exemption(row: Exemption, on: date) -> Iterator[Due]:
    """When an exemption is looked at again, and when it ends if it does."""
    rule = "An exemption is looked at again, or recorded anew, by its day"
    why = f"Approved on {day(row.decided_on)} by {row.approver}"
    yield Due(f"exemption/{row.id}/review", "is to be looked at again", row.review_on, why, rule, ours=True)
    if row.expires_on:
        what = "has ended" if row.expires_on < on else "ends"
        yield Due(f"exemption/{row.id}/end", what, row.expires_on, why, rule, ours=True, ends=True)
