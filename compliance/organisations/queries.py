"""Organisations, read: the tree, names and contacts as they were on a day."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, String, bindparam, exists, func, select
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.exceptions import NotFound

from compliance import clock
from compliance.access import TODAY, asked_by, in_force, my_organisations
from compliance.db import db
from compliance.models import Contact, Membership, Organisation, OrganisationLink, OrganisationName, User
from compliance.permissions import Permission, roles_with
from compliance.rules.organisations import Link, Span


def visible(permission: Permission, *, by: User, contacts: bool = False) -> Sequence[Organisation]:
    """Every organisation where this person holds the permission today, in the order of their names."""
    today, found = clock.today(), all_visible(permission)
    if contacts:
        found = found.options(selectinload(Organisation.contacts))
    rows = db.session.scalars(found, asked_by(by)).unique().all()
    return sorted(rows, key=lambda row: row.name_on(today))


@cache
def all_visible(permission: Permission) -> Select[Organisation]:
    """Every organisation where ME holds the permission, with its names."""
    found = select(Organisation).where(Organisation.id.in_(my_organisations(permission)))
    return found.options(joinedload(Organisation.names))


class Place(NamedTuple):
    """An organisation as a list offers it."""

    code: str
    name: str


def places(permission: Permission, *, by: User) -> list[Place]:
    """The same organisations for a list that only names them; one statement."""
    rows = db.session.execute(all_places(permission), asked_by(by))
    return sorted((Place(*row) for row in rows), key=lambda row: row.name)


@cache
def all_places(permission: Permission) -> Select[str, str]:
    """Code and name of every organisation where ME holds the permission."""
    mine = Organisation.id.in_(my_organisations(permission))
    return select(Organisation.code, name_today()).where(mine).order_by(Organisation.id)


def name_today() -> ColumnElement[str]:
    """What an Organisation is called today, as its `name_on` says."""
    row = OrganisationName
    names = select(row.name).where(row.organisation_id == Organisation.id).correlate(Organisation).limit(1)
    last = names.where(row.from_on <= TODAY).order_by(row.from_on.desc()).scalar_subquery()
    return func.coalesce(last, names.order_by(row.from_on).scalar_subquery(), Organisation.code)


def held(permission: Permission, *, by: User) -> set[int]:
    """The organisations where this person's own memberships give the permission, without what is below."""
    own = select(Membership.organisation_id).where(
        Membership.user_id == by.id,
        Membership.role.in_(roles_with(permission)),
        *in_force(Membership, clock.today()),
    )
    return set(db.session.scalars(own))


def get_organisation(code: str, permission: Permission, *, by: User) -> Organisation:
    """One organisation by its code; NotFound where this person does not hold the permission."""
    given = {"code": code, **asked_by(by)}
    found: Organisation | None = db.session.scalars(one_where(permission), given).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


@cache
def one_where(permission: Permission) -> Select[Organisation]:
    """The organisation with the `code` that is given, where ME holds the permission, with what pages show."""
    mine = my_organisations(permission)
    parent = joinedload(OrganisationLink.parent)
    return (
        select(Organisation)
        .where(Organisation.code == bindparam("code", type_=String()), Organisation.id.in_(mine))
        .options(
            joinedload(Organisation.names),
            selectinload(Organisation.contacts),
            selectinload(Organisation.links).options(parent.joinedload(Organisation.names)),
        )
    )


def holds(organisation: Organisation, permission: Permission, *, by: User) -> bool:
    """Whether this person holds a permission in an organisation today."""
    return bool(held_of(organisation, permission, by=by))


def held_of(organisation: Organisation, *permissions: Permission, by: User) -> set[Permission]:
    """Which of these permissions this person holds in an organisation today, in one statement."""
    found = db.session.execute(held_in(permissions), {"number": organisation.id, **asked_by(by)}).one()
    return {permission for permission, holds in zip(permissions, found, strict=True) if holds}


@cache
def held_in(permissions: tuple[Permission, ...]) -> Select[*tuple[bool, ...]]:
    """For each permission whether ME holds it in the organisation with the `number` that is given."""
    number = bindparam("number", type_=Integer())
    return select(*(number.in_(my_organisations(one)) for one in permissions))


def parent_on(organisation: Organisation, on: date) -> Organisation | None:
    """The organisation directly above on a day, by its links; None for the one at the top."""
    return next(
        (
            link.parent
            for link in organisation.links
            if link.from_on <= on and (link.until_on is None or link.until_on > on)
        ),
        None,
    )


def children(organisation: Organisation, on: date) -> Sequence[Organisation]:
    """The organisations directly below on a day, in the order of their names."""
    rows = db.session.scalars(
        select(Organisation)
        .join(OrganisationLink, OrganisationLink.organisation_id == Organisation.id)
        .where(OrganisationLink.parent_id == organisation.id, *in_force(OrganisationLink, on))
    ).all()
    return sorted(rows, key=lambda row: row.name_on(on))


def contacts_not_on(organisation: Organisation, on: date) -> list[Contact]:
    """Who was named before a day or will be after it, the latest first; contacts must be loaded."""
    named = {contact.id for contacts in organisation.contacts_on(on).values() for contact in contacts}
    others = [contact for contact in organisation.contacts if contact.id not in named]
    return sorted(others, key=lambda contact: (contact.from_on, contact.id), reverse=True)


def code_taken(code: str) -> bool:
    """Whether any organisation has this code."""
    return bool(db.session.scalar(select(exists().where(Organisation.code == code))))


def all_links() -> list[Link]:
    """Every place that any organisation has or had in the tree, as the rules see it."""
    columns = (
        OrganisationLink.organisation_id,
        OrganisationLink.parent_id,
        OrganisationLink.from_on,
        OrganisationLink.until_on,
    )
    return [
        Link(child, parent, Span(from_on, until_on))
        for child, parent, from_on, until_on in db.session.execute(select(*columns))
    ]
