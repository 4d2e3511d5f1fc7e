"""Load the whole demonstration into an empty database."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import inspect, literal, select, table

from compliance import clock
from compliance.db import db, transaction
from compliance.demo.assessments import load_assessments, load_periods
from compliance.demo.clearances import load_clearances
from compliance.demo.covenant import load_ratings
from compliance.demo.misconduct import load_cases
from compliance.demo.organisations import load_organisations
from compliance.demo.people import EQUIPPED, PASSWORD, PEOPLE, load_access_review, load_people
from compliance.demo.projects import load_projects
from compliance.demo.statements import load_statements
from compliance.terms import Role

BEGINNING = datetime(2024, 4, 2, 9, 0, tzinfo=UTC)
REVIEW = datetime(2026, 6, 8, 9, 0, tzinfo=UTC)

MIGRATIONS = "alembic_version"


class NotEmpty(Exception):
    """The database already holds something: the demonstration would mix with it."""


def refuse_unless_empty() -> None:
    """Raise NotEmpty when any table has a row, be it one of ours or not; a database without tables is empty."""
    for name in inspect(db.engine).get_table_names():
        held = select(literal(1)).select_from(table(name)).limit(1)
        if name != MIGRATIONS and db.session.scalar(held):
            raise NotEmpty(f"The database is not empty (there are rows in {name}): nothing was loaded")
    db.session.rollback()


def load(*, site: str, folder: Path) -> list[str]:
    """Load everything or nothing; the accounts, a line each. Raises NotEmpty.

    `site` is the address that documents print, `folder` holds the lock on making them.
    """
    refuse_unless_empty()
    with transaction():
        load_everything(site, folder)
    return accounts()


def load_everything(site: str, folder: Path) -> None:
    """Every part of the demonstration, each in its own time."""
    with clock.standing_at(BEGINNING):
        organisations = load_organisations()
        people = load_people(organisations)
        periods = load_periods()
    with clock.standing_at(REVIEW):
        load_access_review(people[Role.ADMINISTRATOR])
    load_projects(organisations, people[Role.RESEARCH_LEAD], people[Role.ETHICS_OFFICER])
    load_clearances(people[Role.RESEARCH_LEAD])
    load_ratings(people[Role.RESEARCH_LEAD])
    load_cases(organisations, people[Role.MISCONDUCT_OFFICER])
    load_assessments(organisations, periods, people[Role.INTEGRITY_LEAD])
    load_statements(organisations, periods, people, site=site, folder=folder)


def accounts() -> list[str]:
    """E-mail and password of each demonstration account, a line each; with the key of a second factor."""
    plain = [f"{person.email} {PASSWORD}" for person in PEOPLE]
    return plain + [f"{person.email} {PASSWORD} key {key}" for key, person in EQUIPPED.items()]
