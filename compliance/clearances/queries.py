"""Clearances, read: those that count today, a person's latest before their earlier ones."""

from datetime import timedelta
from functools import cache

from sqlalchemy import ColumnElement, Integer, Select, bindparam, exists, select
from sqlalchemy.orm import aliased, joinedload
from werkzeug.exceptions import NotFound

from compliance import clock
from compliance.access import TODAY, Day, later, my_organisations, organisations_where
from compliance.approvals.queries import in_scope
from compliance.db import db
from compliance.models import Clearance, Project, User
from compliance.permissions import Permission
from compliance.rules.clearances import SOON, access
from compliance.terms import Access

LATER = aliased(Clearance)


def counts(on: Day) -> ColumnElement[bool]:
    """Condition on Clearance: the person still needs access, and no clearance of theirs there ends later."""
    renewed = exists().where(
        LATER.project_id == Clearance.project_id,
        LATER.person == Clearance.person,
        LATER.left_on.is_(None),
        (LATER.expires_on > Clearance.expires_on)
        | ((LATER.expires_on == Clearance.expires_on) & (LATER.id > Clearance.id)),
    )
    left = Clearance.left_on.is_not(None) & (Clearance.left_on <= on)
    return ~left & ~renewed.correlate_except(LATER)


def clearances_of(project_id: int) -> list[tuple[Clearance, Access]]:
    """The clearances that count for a project, with what each allows today, in the order of their ends."""
    today = clock.today()
    rows = db.session.scalars(of_given_project(), {"project": project_id})
    return [(row, access(row.expires_on, today)) for row in rows]


@cache
def of_given_project() -> Select[Clearance]:
    """The clearances that count for the `project` that is given; built once."""
    given = Clearance.project_id == bindparam("project", type_=Integer())
    return select(Clearance).where(given, counts(TODAY)).order_by(Clearance.expires_on, Clearance.person)


def ending(on: Day, days: int = SOON.days) -> Select[Clearance]:
    """Clearances that have ended or end within so many days, under research that goes on, in that order."""
    return (
        select(Clearance)
        .join(Project, Project.id == Clearance.project_id)
        .where(
            counts(on),
            Clearance.expires_on <= later(on, timedelta(days=days)),
            in_scope(),
            Project.ended_on.is_(None),
        )
        .options(joinedload(Clearance.project).joinedload(Project.lead))
        .order_by(Clearance.expires_on, Clearance.id)
    )


def ending_for_me() -> Select[Clearance]:
    """Of these, what ME keeps."""
    return ending(TODAY).where(Clearance.organisation_id.in_(my_organisations(Permission.APPROVAL_RECORD)))


def get_clearance(number: int, permission: Permission, *, by: User) -> Clearance:
    """One clearance; NotFound where this person does not hold the permission."""
    found: Clearance | None = db.session.scalar(
        select(Clearance)
        .where(
            Clearance.id == number,
            Clearance.organisation_id.in_(organisations_where(by, permission, clock.today())),
        )
        .options(joinedload(Clearance.project))
    )
    if found is None:
        raise NotFound
    return found
