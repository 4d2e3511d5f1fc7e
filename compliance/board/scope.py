"""Whose board it is: an organisation and all below it as they stand today, and who may see that."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, Select, case, exists, func, select
from werkzeug.exceptions import NotFound

from compliance import clock
from compliance.access import in_force, organisations_below, organisations_where
from compliance.db import db
from compliance.models import Membership, Organisation, OrganisationName, User
from compliance.permissions import Permission, roles_with
from compliance.terms import OrganisationKind

Top = ScalarSelect[int]


class Place(NamedTuple):
    """An organisation with the name it bears on a day."""

    id: int
    code: str
    name: str
    kind: OrganisationKind
    invented: bool
    top: bool


def own_top(*, by: User) -> Top:
    """The organisation whose board is this person's: where their role is held, the council first."""
    today = clock.today()
    held = exists().where(
        Membership.organisation_id == Organisation.id,
        Membership.user_id == by.id,
        Membership.role.in_(roles_with(Permission.BOARD_VIEW)),
        *in_force(Membership, today),
    )
    council = case((Organisation.kind == OrganisationKind.COUNCIL, 0), else_=1)
    return (
        select(Organisation.id)
        .where(held)
        .order_by(council, Organisation.id)
        .limit(1)
        .correlate(None)
        .scalar_subquery()
    )


def top_of(code: str, *, by: User) -> Top:
    """The organisation with this code, where this person may see a board."""
    allowed = organisations_where(by, Permission.BOARD_VIEW, clock.today())
    found = select(Organisation.id).where(Organisation.code == code, Organisation.id.in_(allowed))
    return found.correlate(None).scalar_subquery()


def scope_of(top: Top) -> Select[int]:
    """The ids of an organisation and all below it today."""
    return organisations_below(top, clock.today())


def alone(organisation_id: int) -> Select[int]:
    """One organisation without those below it, as a scope."""
    return select(Organisation.id).where(Organisation.id == organisation_id)


def places(top: Top, on: date) -> Sequence[Place]:
    """The organisation and all below it, by name; NotFound where the person may not see it."""
    name = name_on(on)
    rows = db.session.execute(
        select(
            Organisation.id,
            Organisation.code,
            name,
            Organisation.kind,
            Organisation.invented,
            Organisation.id == top,
        )
        .where(Organisation.id.in_(scope_of(top)))
        .order_by(name)
    ).all()
    if not rows:
        raise NotFound
    return [Place(*row) for row in rows]


def name_on(on: date) -> ColumnElement[str]:
    """The name of an organisation on a day; before the first one, the first; the code when it has none."""
    names = select(OrganisationName.name).where(OrganisationName.organisation_id == Organisation.id)
    past = names.where(OrganisationName.from_on <= on).order_by(OrganisationName.from_on.desc())
    first = names.order_by(OrganisationName.from_on)
    either = [one.limit(1).correlate(Organisation).scalar_subquery() for one in (past, first)]
    return func.coalesce(*either, Organisation.code)
