"""Where a person may do something: the permission as a subquery, never a list of ids."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, or_, select

from compliance.models import Membership, Organisation, OrganisationLink, User
from compliance.permissions import Permission, roles_with


def in_force(row: Any, on: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The conditions under which an effective-dated row holds on a day."""
    return (row.from_on <= on, or_(row.until_on.is_(None), row.until_on > on))


def organisations_where(user: User, permission: Permission, on: date) -> Select[int]:
    """Where this person may do this on this day: the organisations and all below them."""
    held = (
        select(Membership.organisation_id)
        .where(
            Membership.user_id == user.id,
            Membership.role.in_(roles_with(permission)),
            *in_force(Membership, on),
        )
        # Named by the permission: one statement may ask for several.
        .cte(f"held_{permission.name.lower()}", recursive=True)
    )
    below = held.union(
        select(OrganisationLink.organisation_id)
        .join(held, OrganisationLink.parent_id == held.c.organisation_id)
        .where(*in_force(OrganisationLink, on))
    )
    return select(below.c.organisation_id)


def organisations_below(organisation_id: int | ScalarSelect[int], on: date) -> Select[int]:
    """The ids of an organisation and all below it on a day."""
    tree = select(Organisation.id).where(Organisation.id == organisation_id).cte("tree", recursive=True)
    below = tree.union(
        select(OrganisationLink.organisation_id)
        .join(tree, OrganisationLink.parent_id == tree.c.id)
        .where(*in_force(OrganisationLink, on))
    )
    return select(below.c.id)


def organisations_above(organisation_id: int, on: date) -> Select[int]:
    """The ids of an organisation and all above it on a day."""
    tree = select(Organisation.id).where(Organisation.id == organisation_id).cte("up", recursive=True)
    above = tree.union(
        select(OrganisationLink.parent_id)
        .join(tree, OrganisationLink.organisation_id == tree.c.id)
        .where(*in_force(OrganisationLink, on))
    )
    return select(above.c.id)


def below_code(code: str, on: date) -> Select[int]:
    """The ids of the organisation with a code and all below it on a day; nothing for an unknown code."""
    found = select(Organisation.id).where(Organisation.code == code).correlate(None)
    return organisations_below(found.scalar_subquery(), on)
