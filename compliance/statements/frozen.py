"""The records of one organisation as its return sends them: frozen as JSON, and read again."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from compliance.db import db
from compliance.models import FrozenReturn, Organisation, ReportingPeriod, Return
from compliance.rules.periods import Period
from compliance.statements import register
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
    period, own = Period(year.key, year.starts_on, year.ends_on), organisation.id
    studies = register.studies([own], period, min(period.ends_on, today))[own]
    content = {
        "studies": [row._asdict() for row in studies],
        "decisions": [row._asdict() for row in register.decisions_in([own], period)[own]],
        "overdue_conditions": register.overdue_conditions([own], period)[own],
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


def frozen_returns(organisations: Sequence[int], period_id: int) -> dict[int, Frozen]:
    """The newest frozen return of each organisation that sent one for a period; one query."""
    newest = select(func.max(FrozenReturn.id)).group_by(FrozenReturn.return_id)
    rows = db.session.execute(
        select(Return.organisation_id, FrozenReturn.content, FrozenReturn.frozen_at)
        .join(FrozenReturn, FrozenReturn.return_id == Return.id)
        .where(
            Return.period_id == period_id,
            Return.organisation_id.in_(organisations),
            FrozenReturn.id.in_(newest),
        )
    )
    return {row.organisation_id: thaw(row.content, row.frozen_at.date()) for row in rows}
