"""The register: the list of projects, narrowed to what an address asks for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, false, func, or_, select, true
from sqlalchemy.orm import joinedload

from compliance import clock
from compliance.access import TODAY, asked_by, below_code, my_organisations
from compliance.areas.queries import area_with
from compliance.assessments.queries import return_missing
from compliance.db import db
from compliance.derived.index import hits
from compliance.exemptions.queries import PROTOCOLS, RESULTS
from compliance.models import (
    Organisation,
    Project,
    ProjectArea,
    ProjectChallenge,
    ProjectStanding,
    ReportingPeriod,
    User,
)
from compliance.organisations.queries import name_today
from compliance.permissions import Permission
from compliance.projects.queries import begun_in, ended_in, shown, under_way_in
from compliance.rules.searching import terms_of
from compliance.terms import EnduringChallenge, Found, Stage, Tier

# What the list can show, in groups.
SHOWN = (
    (
        "Now",
        (
            ("without-decision", "Fieldwork without a binding decision"),
            ("fieldwork", "In fieldwork"),
            ("clearance-ends", "A clearance ends or has ended"),
        ),
    ),
    (
        "Checks",
        (
            ("checks-overdue", "A check is overdue"),
            ("checks-to-answer", "A check is to be answered"),
            ("checks-not-met", "A check is not met"),
            ("checks-partly-met", "A check is partly met"),
            ("checks-met", "A check is met"),
        ),
    ),
    (
        "When fieldwork began",
        (
            ("begun", "Fieldwork began"),
            ("decided-before-start", "Every binding decision came before fieldwork"),
            ("decided-late", "A binding decision was missing when fieldwork began"),
            ("protocol-in-advance", "Protocol public before fieldwork"),
            ("protocol-late", "Protocol not public before fieldwork"),
            ("protocol-after-start", "Protocol public, but not before fieldwork"),
            ("protocol-exempt", "Protocol not public, exempt today"),
            ("protocol-missing", "Protocol not public, no exemption"),
        ),
    ),
    (
        "When research ended",
        (
            ("ended", "Research ended"),
            ("published", "Ended, results public"),
            ("not-published", "Ended, results not public"),
            ("results-in-time", "Results public within 12 weeks of the end"),
            ("results-after-clock", "Results public later than 12 weeks"),
            ("results-exempt", "Results not public, exempt today"),
            ("results-due", "Results not public, 12 weeks not over"),
            ("results-overdue", "Results not public after 12 weeks, no exemption"),
        ),
    ),
    ("Registration", (("draft", "Drafts"), ("out-of-scope", "Out of scope"))),
)
# What a filter shows about the day fieldwork began or ended; a period then narrows by that day.
AT_START = (
    "begun",
    "decided-before-start",
    "decided-late",
    "protocol-in-advance",
    "protocol-late",
    *PROTOCOLS,
)
AT_END = ("ended", "published", "not-published", *RESULTS)


def within(show: str, period: ReportingPeriod) -> ColumnElement[bool]:
    """What a period means beside a filter: begun in it, ended in it, else under way in it."""
    if show in AT_START:
        return begun_in(period)
    return ended_in(period) if show in AT_END else under_way_in(period)


@dataclass(frozen=True)
class Wanted:
    """What a list of projects is narrowed to; what is empty does not narrow it."""

    show: str = ""
    organisation: str = ""
    tier: str = ""
    stage: str = ""
    q: str = ""
    commitment: str = ""
    # An enduring challenge by its value, or a published area by its number.
    serves: str = ""
    period: ReportingPeriod | None = None
    # Leave out organisations below whose return for the period is missing, as figures do.
    returned: bool = False


# On these days fieldwork runs without a binding decision.
ALARM = ProjectStanding.alarm_from_on <= TODAY


class Listed(NamedTuple):
    """The projects of ME that a filter shows, those with an exception first; and their ids, newest first."""

    projects: Select[Project]
    ids: Select[int]

    def where(self, *conditions: ColumnElement[bool]) -> "Listed":
        """The list narrowed further; the projects are read only where a condition asks them."""
        more = list(conditions)
        if any(Project.__table__ in one._from_objects for one in conditions):  # noqa: SLF001
            more.append(ProjectStanding.project_id == Project.id)
        return Listed(self.projects.where(*conditions), self.ids.where(*more))


def projects_where(permission: Permission, wanted: Wanted) -> Listed:
    """The projects of ME that a filter shows: those with an exception first, then the newest."""
    found = listed(permission, wanted.show, wanted.commitment)
    more = list(narrowed(wanted, clock.today()))
    return found.where(*more) if more else found


@lru_cache(maxsize=64)
def listed(permission: Permission, show: str, commitment: str) -> Listed:
    """The same for a filter of the list alone; kept, as most ask it so."""
    row, condition = ProjectStanding, shown(show, commitment)
    projects = (
        select(Project)
        .join(row, row.project_id == Project.id)
        .options(joinedload(Project.organisation), joinedload(Project.lead))
        .order_by(func.coalesce(ALARM, false()).desc(), Project.id.desc())
    )
    return Listed(projects, select(row.project_id).order_by(row.project_id.desc())).where(
        row.organisation_id.in_(my_organisations(permission)), true() if condition is None else condition
    )


@cache
def told_of_each() -> Select[*tuple[Any, ...]]:
    """What the list tells of each project, in its order; only of these projects that are asked for."""
    row, alarm = ProjectStanding, func.coalesce(ALARM, false())
    stands = (Project.registered_at, Project.scope_decision, Project.started_on, Project.ended_on)
    return (
        select(Project.id, Project.reference, Project.title, Project.stage, *stands, Project.source_note)
        .add_columns(name_today().label("organisation"), User.name.label("lead"), alarm.label("alarm"))
        .join(row, row.project_id == Project.id)
        .join(Organisation, Organisation.id == Project.organisation_id)
        .outerjoin(User, User.id == Project.lead_id)
        .order_by(alarm.desc(), Project.id.desc())
    )


def narrowed(wanted: Wanted, today: date) -> Iterator[ColumnElement[bool]]:
    """The conditions of the rest of a filter, one by one."""
    if wanted.period:
        yield within(wanted.show, wanted.period)
        if wanted.returned:
            own = Project.organisation.has(Organisation.code == wanted.organisation)
            yield or_(own, ~return_missing(Project.organisation_id, wanted.period, today))
    if wanted.organisation:
        yield ProjectStanding.organisation_id.in_(below_code(wanted.organisation, today))
    if wanted.tier in {one.value for one in Tier}:
        yield Project.tier == Tier(wanted.tier)
    if wanted.stage in {one.value for one in Stage}:
        yield Project.stage == Stage(wanted.stage)
    if wanted.serves:
        yield serving(wanted.serves)
    if wanted.q:
        yield ProjectStanding.project_id.in_(select(hits(Found.PROJECT, terms_of(wanted.q)).c.row_id))


def serving(wanted: str) -> ColumnElement[bool]:
    """Condition on ProjectStanding: its project serves this challenge or this area."""
    if wanted in {one.value for one in EnduringChallenge}:
        of = select(ProjectChallenge.project_id).where(
            ProjectChallenge.challenge == EnduringChallenge(wanted)
        )
    else:
        area = area_with(wanted)
        of = select(ProjectArea.project_id).where(ProjectArea.area_id == (area.id if area else None))
    return ProjectStanding.project_id.in_(of)


def everything(listed: Listed, *, by: User) -> Sequence[Project]:
    """Every project of a list for a person, without pages."""
    found: Sequence[Project] = db.session.scalars(listed.projects, asked_by(by)).unique().all()
    return found


def with_alarm(projects: Sequence[Project]) -> set[int]:
    """The ids among these projects whose fieldwork runs without a binding decision."""
    return set(db.session.scalars(alarmed(), {"ids": [project.id for project in projects]}))


@cache
def alarmed() -> Select[int]:
    """Which of some projects run without a binding decision."""
    row = ProjectStanding
    some = row.project_id.in_(bindparam("ids", expanding=True))
    return select(row.project_id).where(some, row.alarm_from_on <= TODAY)
