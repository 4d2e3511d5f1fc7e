"""Checks, read."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, String, bindparam, case, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from werkzeug.exceptions import NotFound

from compliance import clock
from compliance.access import asked_by, my_organisations, organisations_where
from compliance.approvals.queries import in_scope
from compliance.checks.promises import promised_in
from compliance.db import db
from compliance.frameworks.schema import Ref
from compliance.models import Answer, Check, CheckTally, Organisation, Project, User
from compliance.permissions import Permission
from compliance.reviews.queries import with_review
from compliance.rules.checks import Count
from compliance.terms import Standing

__all__ = ["promised_in"]


def get_check(project: Project, code: str) -> Check:
    """A project's check of one requirement; NotFound when it has none."""
    check = find_check(project.id, code)
    if check is None:
        raise NotFound
    return check


def find_check(project_id: int, code: str) -> Check | None:
    """A project's check of one requirement as it is stored now, with the project; None when it has none."""
    found: Check | None = db.session.scalar(
        select(Check)
        .where(Check.project_id == project_id, Check.requirement_code == code)
        .options(joinedload(Check.project, innerjoin=True))
    )
    return found


def find_named(
    reference: str, code: str, permission: Permission, *, by: User, whole: bool = False
) -> Check | None:
    """The same by the project's reference, where this person holds the permission.

    Whole, it comes with its answers, its reviews and what supported it.
    """
    given = {"reference": reference, "code": code, **asked_by(by)}
    found: Check | None = db.session.scalar(named(permission, whole=whole), given)
    return found


@cache
def named(permission: Permission, *, whole: bool) -> Select[Check]:
    """The check of `code` in the project of `reference`, where ME holds the permission; built once."""
    reference, code = (bindparam(name, type_=String()) for name in ("reference", "code"))
    place = contains_eager(Check.project).joinedload(Project.organisation).lazyload(Organisation.names)
    found = (
        select(Check)
        .join(Check.project)
        .where(Project.reference == reference, Check.requirement_code == code)
        .where(Project.organisation_id.in_(my_organisations(permission)))
        .options(place)
    )
    told = selectinload(Check.answers).joinedload(Answer.answered_by).load_only(User.name)
    return found.options(*with_review(Check), told) if whole else found


def has_checks(project_id: int) -> bool:
    """Whether a project is asked for anything."""
    return db.session.scalar(select(Check.id).where(Check.project_id == project_id).limit(1)) is not None


def latest_answer(check_id: int) -> Answer | None:
    """The answer that was given last to a check."""
    found: Answer | None = db.session.scalar(
        select(Answer)
        .where(Answer.check_id == check_id)
        .options(joinedload(Answer.answered_by))
        .order_by(Answer.id.desc())
        .limit(1)
    )
    return found


class Checked(NamedTuple):
    """One check of a project: of which requirement, how it stands, and by when it is asked for, if at all."""

    requirement_code: str
    framework: str
    commitment: str
    standing: Standing
    due_on: date | None


def checked(project_id: int) -> list[Checked]:
    """Every check of a project, by requirement, as narrow rows: pages of sixty need no more."""
    return [Checked(*row) for row in db.session.execute(all_checks(), {"project": project_id})]


@cache
def all_checks() -> Select[*tuple[Any, ...]]:
    """The rows of `checked` the `project` that is given, built once."""
    mine = Check.project_id == bindparam("project", type_=Integer())
    columns = [getattr(Check, name) for name in Checked._fields]
    return select(*columns).where(mine).order_by(Check.requirement_code)


def answered(checks: Iterable[Checked], stands: Mapping[str, Standing]) -> dict[Ref, Standing]:
    """The answers of a project, whatever the framework, from how each check stands by its requirement."""
    return {
        Ref(check.framework, check.requirement_code): stands[check.requirement_code]
        for check in checks
        if stands[check.requirement_code] is not Standing.NOT_ASSESSED
    }


def standings_as_at(project_id: int, moment: datetime) -> dict[str, Standing]:
    """How the checks of a project stood at a moment, by requirement; the unanswered are missing."""
    rows = db.session.execute(
        select(Check.requirement_code, Answer.standing)
        .join(Answer, Answer.check_id == Check.id)
        .where(Check.project_id == project_id, Answer.answered_at <= moment)
        .order_by(Answer.id)
    ).all()
    return {row.requirement_code: row.standing for row in rows}  # the last of each wins


def next_unanswered(project_id: int, after: str) -> str | None:
    """The next requirement without an answer, going round, of those that every project is asked for."""
    code = Check.requirement_code
    found: str | None = db.session.scalar(
        select(code)
        .where(Check.project_id == project_id, Check.standing == Standing.NOT_ASSESSED)
        .where(Check.due_on.is_not(None), code != after)
        .order_by(code < after, code)
        .limit(1)
    )
    return found


def overdue(permission: Permission, *, by: User) -> Select[Check]:
    """Checks without an answer past their date."""
    today = clock.today()
    return (
        select(Check)
        .join(Project, Project.id == Check.project_id)
        .where(
            Check.standing == Standing.NOT_ASSESSED,
            Check.due_on < today,
            in_scope(),
            Check.organisation_id.in_(organisations_where(by, permission, today)),
        )
        .options(joinedload(Check.project))
        .order_by(Check.due_on)
    )


def overdue_by_project(permission: Permission, *, by: User) -> Sequence[tuple[Project, int, object]]:
    """(project, how many of its checks are overdue, since when), the oldest first."""
    today = clock.today()
    rows = db.session.execute(
        select(Project, func.count(), func.min(Check.due_on))
        .join(Check, Check.project_id == Project.id)
        .where(
            Check.standing == Standing.NOT_ASSESSED,
            Check.due_on < today,
            in_scope(),
            Check.organisation_id.in_(organisations_where(by, permission, today)),
        )
        .group_by(Project.id)
        .order_by(func.min(Check.due_on))
    ).all()
    return [(row[0], row[1], row[2]) for row in rows]


class Standings(NamedTuple):
    """How the checks of one commitment stand, and how many projects have one that is not met."""

    counted: Count
    projects_not_met: int


def standing_by_commitment(organisations: Select[int], **given: object) -> dict[str, Standings]:
    """How the checks of all projects of these organisations stand, by commitment, in one statement.

    `given` is what the subquery needs to be executed.
    """
    found: dict[str, dict[str, int]] = {}
    projects: dict[str, int] = {}
    for commitment, standing, number, lacking in db.session.execute(tallied(organisations), given):
        found.setdefault(commitment, {})[standing.value] = int(number)
        projects[commitment] = projects.get(commitment, 0) + int(lacking)
    return {code: Standings(Count(**numbers), projects[code]) for code, numbers in found.items()}


@lru_cache(maxsize=8)
def tallied(organisations: Select[int]) -> Select[*tuple[Any, ...]]:
    """The counts of checks by commitment and standing; kept for subqueries that are."""
    return (
        select(
            CheckTally.commitment,
            CheckTally.standing,
            func.sum(CheckTally.checks),
            func.sum(case((CheckTally.standing == Standing.NOT_MET, CheckTally.projects), else_=0)),
        )
        .where(CheckTally.organisation_id.in_(organisations))
        .group_by(CheckTally.commitment, CheckTally.standing)
    )
