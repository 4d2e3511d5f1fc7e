"""Whose board it is: an organisation and all below it as they stand today, and who may see that."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache, wraps
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    ScalarSelect,
    Select,
    String,
    bindparam,
    case,
    exists,
    func,
    select,
)
from werkzeug.exceptions import NotFound

from compliance.access import ME, TODAY, Day, asked_by, in_force, my_organisations, organisations_below
from compliance.db import db
from compliance.models import Membership, Organisation, OrganisationName, User
from compliance.permissions import Permission, roles_with
from compliance.reads import apart
from compliance.terms import OrganisationKind
from compliance.touched import Seen, last

T = TypeVar("T")
P = ParamSpec("P")

# The organisation whose board it is, as a subquery.
Whose = ScalarSelect[int]


class Top(NamedTuple):
    """Whose board it is, for statements that are built once, and what these need to be executed."""

    id: Whose
    given: Mapping[str, Any]
    # Only of one about whom it was asked already who may see it.
    number: int | None = None


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
    return Top(mine(), asked_by(by))


@cache
def mine() -> Whose:
    """The same for ME."""
    held = exists().where(
        Membership.organisation_id == Organisation.id,
        Membership.user_id == ME,
        Membership.role.in_(roles_with(Permission.BOARD_VIEW)),
        *in_force(Membership, TODAY),
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
    return Top(named(), {**asked_by(by), "code": code})


@cache
def named() -> Whose:
    """The same for the code that is given and ME."""
    code, allowed = bindparam("code", type_=String()), my_organisations(Permission.BOARD_VIEW)
    found = select(Organisation.id).where(Organisation.code == code, Organisation.id.in_(allowed))
    return found.correlate(None).scalar_subquery()


@cache
def scope_of(whose: Whose) -> Select[int]:
    """The ids of an organisation and all below it today."""
    return organisations_below(whose, TODAY)


@cache
def alone() -> Select[int]:
    """The `organisation` that is given without those below it, as a scope."""
    return select(Organisation.id).where(Organisation.id == bindparam("organisation", type_=Integer()))


def allowed(top: Top) -> tuple[Top, Seen | None]:
    """The same by the id of the organisation alone, and the last event of all; raises NotFound."""
    number, seq, sha256 = db.session.execute(numbered(top.id), top.given).one()
    if number is None:
        raise NotFound
    return by_number(number), Seen(seq, sha256) if seq else None


def by_number(number: int) -> Top:
    """An organisation whose board may be seen."""
    return Top(given_number(), {"number": number}, number)


def kept_apart(read: Callable[Concatenate[Top, P], T], /) -> Callable[Concatenate[Top, P], T]:
    """A question about a board: where a board is kept its answer is kept by itself, for everybody."""

    def again(number: int, *given: P.args, **named: P.kwargs) -> T:
        return read(by_number(number), *given, **named)

    @wraps(read)
    def asked(top: Top, /, *given: P.args, **named: P.kwargs) -> T:
        if top.number is None:
            return read(top, *given, **named)
        return apart(again, top.number, *given, **named)

    return asked


@cache
def given_number() -> Whose:
    """The organisation with the number that is given."""
    found = select(Organisation.id).where(Organisation.id == bindparam("number", type_=Integer()))
    return found.correlate(None).scalar_subquery()


@cache
def numbered(whose: Whose) -> Select[int, int, str]:
    """The same, built once; all is empty where there is none."""
    return select(whose, *last())


@kept_apart
def places(top: Top, on: date) -> Sequence[Place]:
    """The organisation and all below it, by name; NotFound where the person may not see it."""
    rows = db.session.execute(places_of(top.id), {"on": on, **top.given}).all()
    if not rows:
        raise NotFound
    return [Place(*row) for row in rows]


@cache
def places_of(whose: Whose) -> Select[*tuple[Any, ...]]:
    """The same, for the day that is given."""
    name, one = name_on(bindparam("on", type_=Date())), Organisation
    return (
        select(one.id, one.code, name, one.kind, one.invented, one.id == whose)
        .where(one.id.in_(scope_of(whose)))
        .order_by(name)
    )


def name_on(on: Day) -> ColumnElement[str]:
    """The name of an organisation on a day; before the first one, the first; the code when it has none."""
    names = select(OrganisationName.name).where(OrganisationName.organisation_id == Organisation.id)
    past = names.where(OrganisationName.from_on <= on).order_by(OrganisationName.from_on.desc())
    first = names.order_by(OrganisationName.from_on)
    either = [one.limit(1).correlate(Organisation).scalar_subquery() for one in (past, first)]
    return func.coalesce(*either, Organisation.code)
