"""Where a person may do something: the permission as a subquery, never a list of ids.

To build a statement costs more than to run it. What pages ask is therefore built once, with ME and TODAY
in place of a person and a day, and executed with `asked_by`.
"""

from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    FromClause,
    Integer,
    ScalarSelect,
    Select,
    bindparam,
    or_,
    select,
)

from compliance import clock
from compliance.models import Membership, Organisation, OrganisationLink, User
from compliance.permissions import Permission, roles_with

# The person who asks; there is no answer without one.
ME: BindParameter[int] = bindparam("me", type_=Integer(), required=True)


def today_and(more: timedelta) -> BindParameter[date]:
    """The day on which a statement is executed, and so much more."""
    return bindparam(None, type_=Date(), callable_=lambda: clock.today() + more)


TODAY = today_and(timedelta())
# A day that everyone shares, or one that a statement finds out.
Day = date | BindParameter[date]


def later(on: Day, more: timedelta) -> Day:
    """A day so much after another."""
    return on + more if isinstance(on, date) else today_and(more)


def asked_by(user: User) -> dict[str, Any]:
    """What a statement that was built once needs to be executed for a person."""
    return {"me": user.id}


def in_force(row: Any, on: Day) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The conditions under which an effective-dated row holds on a day."""
    return (row.from_on <= on, or_(row.until_on.is_(None), row.until_on > on))


def organisations_where(user: User, permission: Permission, on: date) -> Select[int]:
    """Where this person may do this on this day: the organisations and all below them."""
    return kept(user.id, permission, on)


@cache
def my_organisations(permission: Permission) -> Select[int]:
    """The same for statements that are built once: where ME may do this TODAY."""
    return where_held(ME, permission, TODAY)


@lru_cache(maxsize=256)
def kept(user_id: int, permission: Permission, on: date) -> Select[int]:
    """The same for one person and day, kept since a page asks several times."""
    return where_held(user_id, permission, on)


def where_held(user_id: int | BindParameter[int], permission: Permission, on: Day) -> Select[int]:
    """The organisations where a person holds a permission on a day, and all below them."""
    held = (
        select(Membership.organisation_id)
        .where(
            Membership.user_id == user_id,
            Membership.role.in_(roles_with(permission)),
            *in_force(Membership, on),
        )
        # Named by the permission: one statement may ask for several.
        .cte(f"held_{permission.name.lower()}", recursive=True)
    )
    below = held.union(children(held, held.c.organisation_id, on))
    return select(below.c.organisation_id)


def children(above: FromClause, number: ColumnElement[int], on: Day) -> Select[int]:
    """The organisations that lie under those of a tree on a day.

    Of a country most links have the same parent: SQLite takes the index for useless, and reads every link
    for each organisation.
    """
    return (
        select(OrganisationLink.organisation_id)
        .join(above, OrganisationLink.parent_id == number)
        .where(*in_force(OrganisationLink, on))
        .with_hint(OrganisationLink, "INDEXED BY ix_organisation_link_parent_id", "sqlite")
    )


def organisations_below(organisation_id: int | ScalarSelect[int], on: Day, name: str = "tree") -> Select[int]:
    """The ids of an organisation and all below it on a day; of several in one statement each has a name."""
    tree = select(Organisation.id).where(Organisation.id == organisation_id).cte(name, recursive=True)
    below = tree.union(children(tree, tree.c.id, on))
    return select(below.c.id)


def organisations_above(organisation_id: int | BindParameter[int], on: Day) -> Select[int]:
    """The ids of an organisation and all above it on a day."""
    tree = select(Organisation.id).where(Organisation.id == organisation_id).cte("up", recursive=True)
    above = tree.union(
        select(OrganisationLink.parent_id)
        .join(tree, OrganisationLink.organisation_id == tree.c.id)
        .where(*in_force(OrganisationLink, on))
    )
    return select(above.c.id)


def below_code(code: str | BindParameter[str], on: Day) -> Select[int]:
    """The ids of the organisation with a code and all below it on a day; nothing for an unknown code."""
    found = select(Organisation.id).where(Organisation.code == code).correlate(None)
    return organisations_below(found.scalar_subquery(), on)
