"""Two approvals a project with their history: sent, decided with a condition, modified."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from bench.national import BODIES, TODAY, Row, begins, moment, place_of

# So many approvals were not decided, or have a condition that was not met, when fieldwork began.
LACKING = 0.01


def approvals(count: int) -> Iterator[tuple[str, Row]]:
    """Approvals of this many projects, row by row."""
    chance, number = Random(4), 0
    for project in range(1, count + 1):
        for key, name in BODIES:
            number += 1
            yield from life(number, project, (key, name), chance)


def life(number: int, project: int, body: tuple[str, str], chance: Random) -> Iterator[tuple[str, Row]]:
    """One approval: all but a few were decided before fieldwork, one in five of those was modified."""
    by, begun = place_of(project), begins(project)
    on = begun - timedelta(days=chance.randrange(5, 90))
    decided = on <= TODAY and chance.random() >= LACKING
    sent = min(on, TODAY) - timedelta(days=20)
    yield (
        "approval",
        {
            "id": number,
            "reference": f"APR-{number:04d}",
            "project_id": project,
            "organisation_id": by,
            "body_key": body[0],
            "body_name": body[1],
            "binding": True,
            "reason": "People take part",
            "applied_on": sent,
            "stage": "active" if decided else "submitted",
            "details": {},
            "created_at": moment(sent),
            "created_by_id": by,
            "version": 1,
        },
    )
    yield step(number, 1, "sent", sent, by)
    if not decided:
        return
    recorded = {"recorded_at": moment(on), "recorded_by_id": by}
    expires = begun + timedelta(days=chance.randrange(650, 2400))
    yield (
        "decision",
        {
            "id": number,
            "approval_id": number,
            "outcome": "favourable_with_conditions",
            "decided_on": on,
            "expires_on": expires,
            **recorded,
        },
    )
    met = chance.random() >= LACKING
    yield (
        "condition",
        {
            "id": number,
            "decision_id": number,
            "text": "Store the recordings encrypted",
            "before_start": True,
            "due_on": on + timedelta(days=60),
            "met_on": on + timedelta(days=3) if met else None,
            "met_at": moment(on + timedelta(days=3)) if met else None,
            "met_by_id": by if met else None,
            "met_note": "Shown" if met else None,
        },
    )
    yield step(number, 2, "decided", on, by, decision_id=number)
    if chance.random() < 0.2:
        change = {"kind": "minor", "description": "One more site", "reason": "Few took part", "urgent": False}
        yield "modification", {"id": number, "approval_id": number, "number": 1, **change, **recorded}
        yield step(number, 3, "modification_noted", on + timedelta(days=5), by, modification_id=number)


def step(approval: int, number: int, kind: str, on: date, by: int, **of: int) -> tuple[str, Row]:
    """One line of the history of an approval."""
    return "approval_event", {
        "id": approval * 3 + number,
        "approval_id": approval,
        "number": number,
        "step": kind,
        "happened_on": on,
        "recorded_at": moment(on),
        "recorded_by_id": by,
        **of,
    }
