"""The records of one organisation as its return sends them: frozen as JSON, and read again."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from compliance.db import db
from compliance.models import FrozenReturn, Organisation, ReportingPeriod, Return
from compliance.statements import register
from compliance.statements.basis import Year, year_of
from compliance.terms import Outcome, Stage


@dataclass(frozen=True)
class Frozen:
    """What the organisation above counts of a return that was sent."""

    sent_on: date
    studies: tuple[register.Study, ...]
    decisions: tuple[register.Decided, ...]
    overdue_conditions: tuple[str, ...]


def freeze(organisation: Organisation, year: ReportingPeriod, today: date) -> str:
    """The organisation's own records for a period as JSON; three queries."""
    years, own = (year_of(year),), organisation.id
    recorded = register.recorded([own], years)[own]
    content = {
        "studies": [row._asdict() for row in register.studies([own], years, today)[own][year.id]],
        "decisions": [row._asdict() for row in recorded.decisions],
        "overdue_conditions": recorded.overdue[year.id],
    }
    return json.dumps(content, default=plain, sort_keys=True, ensure_ascii=False)


def plain(value: date) -> str:
    """A day as JSON can hold it; terms are words already."""
    return value.isoformat()


def thaw(content: str, sent_on: date) -> Frozen:
    """What a frozen return says."""
    held = json.loads(content)
    return Frozen(
        sent_on=sent_on,
        studies=tuple(study(row) for row in held["studies"]),
        decisions=tuple(decision(row) for row in held["decisions"]),
        overdue_conditions=tuple(held["overdue_conditions"]),
    )


def study(held: dict[str, Any]) -> register.Study:
    """One project as the rest of the service knows it; what an older version did not ask is empty."""
    values: dict[str, Any] = dict.fromkeys(register.Study._fields) | days(held)
    values["stage"] = Stage(held["stage"]) if held["stage"] else None
    return register.Study(**values)


def decision(held: dict[str, Any]) -> register.Decided:
    """One decision as the rest of the service knows it."""
    return register.Decided(**{**days(held), "outcome": Outcome(held["outcome"])})


def days(held: dict[str, Any]) -> dict[str, Any]:
    """The same values, days as days."""
    return {
        name: date.fromisoformat(value) if name.endswith("_on") and value else value
        for name, value in held.items()
    }


def frozen_returns(organisations: Sequence[int], years: tuple[Year, ...]) -> dict[int, dict[int, Frozen]]:
    """The newest frozen return of each organisation that sent one, by the id of the year; one query."""
    newest = select(func.max(FrozenReturn.id)).group_by(FrozenReturn.return_id)
    rows = db.session.execute(
        select(Return.organisation_id, Return.period_id, FrozenReturn.content, FrozenReturn.frozen_at)
        .join(FrozenReturn, FrozenReturn.return_id == Return.id)
        .where(
            Return.period_id.in_([year.id for year in years]),
            Return.organisation_id.in_(organisations),
            FrozenReturn.id.in_(newest),
        )
    )
    found: dict[int, dict[int, Frozen]] = {}
    for place, year, content, frozen_at in rows:
        found.setdefault(place, {})[year] = thaw(content, frozen_at.date())
    return found
