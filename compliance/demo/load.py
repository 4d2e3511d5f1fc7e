"""Load the whole demonstration into an empty database."""

from datetime import UTC, date, datetime, time
from pathlib import Path

from sqlalchemy import inspect, literal, select, table

from compliance import clock
from compliance.db import db, transaction
from compliance.demo.assessments import load_assessments, load_periods
from compliance.demo.clearances import load_clearances
from compliance.demo.covenant import load_ratings
from compliance.demo.exemptions import load_exemptions
from compliance.demo.force_statements import Office, load_force_statements
from compliance.demo.meetings import load_meetings
from compliance.demo.misconduct import load_cases
from compliance.demo.organisations import UNIT, load_organisations
from compliance.demo.people import EQUIPPED, PASSWORD, PEOPLE, load_access_review, load_people
from compliance.demo.projects import load_projects
from compliance.demo.promises import load_steps
from compliance.demo.reviews import load_reviews
from compliance.demo.samples import load_sample
from compliance.demo.statements import load_statements
from compliance.derived.index import INNER
from compliance.derived.keep import keep
from compliance.models import Organisation, ReportingPeriod, User
from compliance.terms import Role

BEGINNING = datetime(2024, 4, 2, 9, 0, tzinfo=UTC)
REVIEW = datetime(2026, 6, 8, 9, 0, tzinfo=UTC)

# Statements and reviews have days of their own, up to this one.
FIRST_DAY = date(2026, 6, 9)
SEED = 2026
MIGRATIONS = "alembic_version"


class NotEmpty(Exception):
    """The database already holds something: the demonstration would mix with it."""


class TooEarly(Exception):
    """The day lies before days of which the demonstration tells."""

    def __init__(self) -> None:
        super().__init__(f"Choose {FIRST_DAY} or a later day: the demonstration tells of days before it")


def refuse_unless_empty() -> None:
    """Raise NotEmpty when any table has a row, be it one of ours or not; a database without tables is empty."""
    for name in inspect(db.engine).get_table_names():
        held = select(literal(1)).select_from(table(name)).limit(1)
        if name != MIGRATIONS and not name.startswith(INNER) and db.session.scalar(held):
            raise NotEmpty(f"The database is not empty (there are rows in {name}): nothing was loaded")
    db.session.rollback()


def load(*, site: str, folder: Path, seed: int = SEED, on: date | None = None) -> list[str]:
    """Load everything or nothing; the accounts, a line each. Raises NotEmpty, or TooEarly.

    `site` is the address that documents print, `folder` holds the lock on making them. What is due soon or
    late is so on the day `on`, today when none is given; the same seed and day give the same data.
    """
    refuse_unless_empty()
    day = on or clock.today()
    if day < FIRST_DAY:
        raise TooEarly
    with clock.standing_at(datetime.combine(day, time(12), UTC)), transaction():
        load_everything(site, folder, seed)
    return accounts()


def load_everything(site: str, folder: Path, seed: int) -> None:
    """Every part of the demonstration, each in its own time."""
    with clock.standing_at(BEGINNING):
        organisations = load_organisations()
        people = load_people(organisations)
        periods = load_periods()
    with clock.standing_at(REVIEW):
        load_access_review(people[Role.ADMINISTRATOR])
    lead, officer = people[Role.RESEARCH_LEAD], people[Role.ETHICS_OFFICER]
    load_projects(organisations, lead, officer, seed)
    load_clearances(lead)
    load_ratings(lead)
    load_exemptions(officer)
    load_cases(organisations, people[Role.MISCONDUCT_OFFICER])
    # Returns freeze what follows from the records, which is else worked out only when all of it is committed.
    keep(db.session())
    load_year(organisations, periods, people, seed)
    load_sample(next(iter(organisations.values())), people[Role.INTEGRITY_LEAD])
    load_statements(organisations, periods, people, site=site, folder=folder)
    load_force_statements(organisations, periods["2025-26"], Office(people, site, folder))
    load_meetings(organisations, people[Role.INTEGRITY_LEAD])


def load_year(
    organisations: dict[str, Organisation],
    periods: dict[str, ReportingPeriod],
    people: dict[Role, User],
    seed: int,
) -> None:
    """What organisations say of themselves each year, what became of it, and what others say of that."""
    lead = people[Role.INTEGRITY_LEAD]
    load_assessments(organisations, periods, lead, seed)
    load_steps(organisations, periods["2024-25"], lead)
    load_reviews(organisations[UNIT.code], periods["2025-26"], people)


def accounts() -> list[str]:
    """E-mail and password of each demonstration account, a line each; with the key of a second factor."""
    plain = [f"{person.email} {PASSWORD}" for person in PEOPLE]
    return plain + [f"{person.email} {PASSWORD} key {key}" for key, person in EQUIPPED.items()]
