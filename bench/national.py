"""The data of the whole country, invented, the same in every run: rows, ready to be poured into tables."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from compliance import frameworks
from compliance.frameworks.schema import Responsibility, Subject
from compliance.rules.periods import financial_year

Row = dict[str, Any]

ORGANISATIONS, CHECKS, YEARS = 50, 60, range(2022, 2027)
TODAY = date(2026, 11, 24)
EVENTS_PER_PROJECT = 200
LEAD = 1
BODIES = (
    ("force-ethics-panel", "Force ethics panel"),
    ("university-rec", "University research ethics committee"),
)
WORDS = (
    "victims officers custody burglary evidence forensic digital rural witness training stop search".split()
)
# So many projects have a check without an answer after its date.
BEHIND = 0.1
STANDINGS = ("met",) * 14 + ("partly_met",) * 3 + ("not_met", "not_applicable", "not_assessed")


def moment(day: date, hour: int = 9) -> datetime:
    """An hour of a day, in UTC."""
    return datetime.combine(day, time(hour), UTC)


def organisations() -> Iterator[tuple[str, Row]]:
    """The council and the organisations below it, with their names and links."""
    for number in range(1, ORGANISATIONS + 1):
        first = number == 1
        kind = "council" if first else "force"
        yield (
            "organisation",
            {
                "id": number,
                "code": "npcc" if first else f"force-{number}",
                "kind": kind,
                "returns_from_on": None if first else date(2015, 4, 1),
                "invented": True,
                "version": 1,
            },
        )
        name = "National council" if first else f"{WORDS[number % 12].title()} and Vale Constabulary {number}"
        yield (
            "organisation_name",
            {"id": number, "organisation_id": number, "name": name, "from_on": date(2015, 4, 1)},
        )
        if not first:
            yield (
                "organisation_link",
                {"id": number, "organisation_id": number, "parent_id": 1, "from_on": date(2015, 4, 1)},
            )


def people(password: str) -> Iterator[tuple[str, Row]]:
    """One integrity lead of the country, who measures, and one research lead in each organisation."""
    for number in range(1, ORGANISATIONS + 1):
        yield (
            "user",
            {
                "id": number,
                "email": f"person{number}@bench.example",
                "name": f"Person {number}",
                "password": password,
                "active": True,
                "fs_uniquifier": f"{number:032x}",
                "demo": False,
            },
        )
        role = "integrity_lead" if number == LEAD else "research_lead"
        yield (
            "membership",
            {
                "id": number,
                "user_id": number,
                "organisation_id": number,
                "role": role,
                "from_on": date(2020, 4, 1),
                "from_groups": False,
            },
        )


def assessments() -> Iterator[tuple[str, Row]]:
    """Five periods, every organisation's own judgement in each, and its return."""
    chance = Random(1)
    asked = frameworks.get("concordat-2025").for_subject(Subject.ORGANISATION, Responsibility.EMPLOYERS)
    key = 0
    for period, first in enumerate(YEARS, start=1):
        year = financial_year(first)
        yield (
            "reporting_period",
            {
                "id": period,
                "key": year.key,
                "starts_on": year.starts_on,
                "ends_on": year.ends_on,
                "returns_due_on": date(first + 1, 4, 30),
            },
        )
        at = moment(min(year.ends_on, TODAY))
        for place in range(1, ORGANISATIONS + 1):
            for requirement in asked:
                key, standing = key + 1, chance.choice(STANDINGS[:-2])
                yield (
                    "assessment",
                    {
                        "id": key,
                        "organisation_id": place,
                        "period_id": period,
                        "framework": "concordat-2025",
                        "requirement_code": requirement.code,
                        "commitment": requirement.heading,
                        "standing": standing,
                        "confirmed": True,
                        "version": 1,
                    },
                )
                yield (
                    "assessment_answer",
                    {
                        "id": key,
                        "assessment_id": key,
                        "standing": standing,
                        "note": "Policy in force",
                        "answered_at": at,
                        "answered_by_id": place,
                    },
                )
            if place > 1 and chance.random() < 0.9 and first < YEARS[-1]:
                sent = {"organisation_id": place, "period_id": period, "sent_at": at, "sent_by_id": place}
                yield "return", {"id": (period - 1) * ORGANISATIONS + place, **sent}


def begins(project: int) -> date:
    """The day on which the fieldwork of a project begins, or is hoped to."""
    return TODAY - timedelta(days=Random(project).randrange(-300, 1500))


def ends(project: int) -> date | None:
    """The day on which its research ended; none for what began in the last two years."""
    begun = begins(project)
    return begun + timedelta(days=300) if begun < TODAY - timedelta(days=700) else None


def projects(count: int) -> Iterator[tuple[str, Row]]:
    """Registered projects: a sixth planned, two fifths in fieldwork, the rest ended."""
    chance = Random(2)
    for number in range(1, count + 1):
        begun, ended = begins(number), ends(number)
        started = begun if begun <= TODAY else None
        registered = moment(begun - timedelta(days=200))
        words = chance.sample(WORDS, 4)
        yield (
            "project",
            {
                "id": number,
                "reference": f"PRJ-{number:04d}",
                "organisation_id": place_of(number),
                "title": f"How {words[0]} and {words[1]} bear on {words[2]} and {words[3]}",
                "summary": "What is to be found out, in plain words.",
                "lead_id": place_of(number),
                "tier": "force_led",
                "stage": "research",
                "expected_start_on": begun,
                "started_on": started,
                "ended_on": ended,
                "scope_decision": "in_scope",
                "interests_declared": False,
                "protocol_published_on": begun - timedelta(days=chance.randrange(-10, 50))
                if started
                else None,
                "results_published_on": ended + timedelta(days=90)
                if ended and chance.random() < 0.8
                else None,
                "created_at": registered,
                "created_by_id": place_of(number),
                "registered_at": registered,
                "registered_by_id": place_of(number),
                "version": 1,
            },
        )


def place_of(project: int) -> int:
    """The organisation of a project."""
    return project % ORGANISATIONS + 1


def checks(count: int) -> Iterator[tuple[str, Row]]:
    """Sixty checks a project, over two frameworks as in a year of change, each with its answer."""
    chance, key = Random(3), 0
    asked = [
        (name, one.code, one.heading)
        for name in ("concordat-2025", "government-guidance")
        for one in frameworks.get(name).requirements
    ][:CHECKS]
    for project in range(1, count + 1):
        due = begins(project) - timedelta(days=110)
        behind = due > TODAY or chance.random() < BEHIND
        for framework, code, commitment in asked:
            key += 1
            standing = chance.choice(STANDINGS if behind else STANDINGS[:-1])
            yield (
                "check",
                {
                    "id": key,
                    "project_id": project,
                    "organisation_id": place_of(project),
                    "framework": framework,
                    "requirement_code": code,
                    "commitment": commitment,
                    "standing": standing,
                    "due_on": due,
                    "version": 1,
                },
            )
            if standing != "not_assessed":
                yield (
                    "answer",
                    {
                        "id": key,
                        "check_id": key,
                        "standing": standing,
                        "note": "In the protocol",
                        "answered_at": moment(due - timedelta(days=9)),
                        "answered_by_id": place_of(project),
                    },
                )
