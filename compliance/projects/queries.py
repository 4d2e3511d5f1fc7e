"""Projects, read."""

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, bindparam, exists, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.interfaces import ORMOption
from werkzeug.exceptions import NotFound

from compliance import clock
from compliance.access import TODAY, Day, asked_by, in_force, my_organisations, organisations_above
from compliance.approvals.queries import in_fieldwork_today, in_scope, stands, with_dates
from compliance.clearances.queries import ending
from compliance.db import db
from compliance.exemptions.queries import PROTOCOLS, RESULTS, against_clock
from compliance.models import (
    Approval,
    Check,
    Clearance,
    Decision,
    Membership,
    Organisation,
    Project,
    ProjectStanding,
    User,
)
from compliance.permissions import Permission
from compliance.projects.standing import FRAMEWORK
from compliance.terms import Role, ScopeDecision, Standing


def get_project(reference: str, permission: Permission, *, by: User) -> Project:
    """One project with what its pages show; NotFound where this person does not hold the permission."""
    given = {"reference": reference, **asked_by(by)}
    found: Project | None = db.session.scalars(whole(permission), given).unique().one_or_none()
    if found is None:
        raise NotFound
    for approval in found.approvals:
        # It is here: to ask for it would take one statement for each.
        set_committed_value(approval, "project", found)
    return found


@cache
def whole(permission: Permission) -> Select[Project]:
    """The project of `get_project` with its parts, built once."""
    return one_where(permission).options(
        joinedload(Project.organisation).joinedload(Organisation.names),
        joinedload(Project.lead),
        selectinload(Project.partners),
        selectinload(Project.intake),
        joinedload(Project.pillars),
        joinedload(Project.challenges),
        # Their rows multiply, but of each there are a few: a statement more for each cost more than that.
        joinedload(Project.exemptions),
        joinedload(Project.roles),
        joinedload(Project.areas),
        selectinload(Project.approvals).options(
            *with_dates(), selectinload(Approval.decisions).joinedload(Decision.conditions)
        ),
    )


@cache
def one_where(permission: Permission) -> Select[Project]:
    """The project with the `reference` that is given, where ME holds the permission."""
    reference = bindparam("reference", type_=String())
    mine = my_organisations(permission)
    return select(Project).where(Project.reference == reference, Project.organisation_id.in_(mine))


def get_with(reference: str, permission: Permission, *parts: ORMOption, by: User) -> Project:
    """One project with these of its parts and no others; NotFound likewise."""
    found: Project | None = db.session.scalar(
        one_where(permission).options(*parts), {"reference": reference, **asked_by(by)}
    )
    if found is None:
        raise NotFound
    return found


def begun_in(period: Any) -> ColumnElement[bool]:
    """Condition on Project: in scope, and its fieldwork began in a period.

    Approvals and protocols count in the year a study starts, publication in the year it ends
    (annual statement, section 7.2).
    """
    return and_(in_scope(), Project.started_on.between(period.starts_on, period.ends_on))


def ended_in(period: Any) -> ColumnElement[bool]:
    """Condition on Project: in scope, and its research ended in a period."""
    return and_(in_scope(), Project.ended_on.between(period.starts_on, period.ends_on))


def under_way_in(period: Any) -> ColumnElement[bool]:
    """Condition on Project: in scope, and its fieldwork ran on a day of a period."""
    return and_(
        in_scope(),
        Project.started_on <= period.ends_on,
        or_(Project.ended_on.is_(None), Project.ended_on >= period.starts_on),
    )


def decided_before_start() -> ColumnElement[bool]:
    """Condition on Project that has begun: on the day it did, every binding body had decided in its
    favour or was declared not required (GOV-E3; hard check H1).
    """
    return stands(ProjectStanding.decided_first)


def protocol_in_advance() -> ColumnElement[bool]:
    """Condition on Project that has begun: its protocol was public before that day (GOV-P1, H5)."""
    return and_(
        Project.protocol_published_on.is_not(None), Project.protocol_published_on < Project.started_on
    )


def results_public() -> ColumnElement[bool]:
    """Condition on Project: its results are public (GOV-R1)."""
    return Project.results_published_on.is_not(None)


def begun() -> ColumnElement[bool]:
    """Condition on Project: in scope, and its fieldwork has begun."""
    return and_(in_scope(), Project.started_on.is_not(None))


def ended_by(on: Day) -> ColumnElement[bool]:
    """Condition on Project: in scope, and its research has ended by a day."""
    return and_(in_scope(), Project.ended_on <= on)


def check_stands(standing: Standing, commitment: str = "") -> ColumnElement[bool]:
    """Condition on ProjectStanding: some check, of one commitment of the edition or of all, stands so."""
    row = ProjectStanding
    if not commitment and standing is Standing.NOT_MET:
        return row.not_met > 0
    # The columns of the index, in its order.
    return exists().where(
        Check.organisation_id == row.organisation_id,
        Check.framework == FRAMEWORK,
        *([Check.commitment == commitment] if commitment else []),
        Check.standing == standing,
        Check.project_id == row.project_id,
    )


# What a filter of the list says of checks.
BY_STANDING = {
    "checks-met": Standing.MET,
    "checks-partly-met": Standing.PARTLY_MET,
    "checks-not-met": Standing.NOT_MET,
    "checks-to-answer": Standing.NOT_ASSESSED,
}


def shown(show: str, commitment: str = "") -> ColumnElement[bool] | None:
    """What a filter of the list means, of Project or of its ProjectStanding; None for all.

    Only the one asked for is built.
    """
    today, row = TODAY, ProjectStanding
    conditions: dict[str, Callable[[], ColumnElement[bool]]] = {
        "without-decision": lambda: row.alarm_from_on <= today,
        "fieldwork": lambda: in_fieldwork_today(today),
        "checks-overdue": lambda: and_(row.counted, row.first_due_on < today),
        **{show: partial(check_stands, standing, commitment) for show, standing in BY_STANDING.items()},
        **{show: partial(against_clock, show, today) for show in (*PROTOCOLS, *RESULTS)},
        "clearance-ends": lambda: Project.id.in_(ending(today).with_only_columns(Clearance.project_id)),
        "begun": begun,
        "decided-before-start": lambda: and_(begun(), decided_before_start()),
        "decided-late": lambda: and_(begun(), ~decided_before_start()),
        "protocol-in-advance": lambda: and_(begun(), protocol_in_advance()),
        "protocol-late": lambda: and_(begun(), ~protocol_in_advance()),
        "ended": lambda: ended_by(today),
        "published": lambda: and_(ended_by(today), results_public()),
        "not-published": lambda: and_(ended_by(today), ~results_public()),
        "draft": lambda: Project.registered_at.is_(None),
        "out-of-scope": lambda: Project.scope_decision == ScopeDecision.OUT_OF_SCOPE,
    }
    return conditions[show]() if show in conditions else None


def possible_leads(organisation_id: int) -> Sequence[User]:
    """People who may lead a project there: a role in the organisation, or a lead's role above it."""
    today = clock.today()
    fits = or_(
        Membership.organisation_id == organisation_id,
        and_(
            Membership.role.in_((Role.RESEARCH_LEAD, Role.INTEGRITY_LEAD)),
            Membership.organisation_id.in_(organisations_above(organisation_id, today)),
        ),
    )
    found: Sequence[User] = db.session.scalars(
        select(User)
        .where(exists().where(Membership.user_id == User.id, fits, *in_force(Membership, today)), User.active)
        .order_by(User.name)
    ).all()
    return found


def drafts(*, by: User) -> Sequence[Project]:
    """Registrations that this person began and has not finished."""
    found: Sequence[Project] = db.session.scalars(
        select(Project)
        .where(Project.registered_at.is_(None), Project.created_by_id == by.id)
        .order_by(Project.id)
    ).all()
    return found
