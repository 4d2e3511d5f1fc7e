"""Accounts and memberships, read."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.exceptions import NotFound

from compliance import clock
from compliance.access import TODAY, in_force, organisations_above, organisations_where
from compliance.db import db
from compliance.models import EntryLink, Membership, MembershipReview, Organisation, SignIn, User
from compliance.permissions import Permission
from compliance.rules.accounts import NewMembership, review_due
from compliance.rules.sign_in import LONGEST, lasts
from compliance.terms import Role


def memberships_of(user: User) -> Sequence[Membership]:
    """Every membership of a person, with its organisation and the organisation's names."""
    found: Sequence[Membership] = db.session.scalars(
        select(Membership)
        .where(Membership.user_id == user.id)
        .options(selectinload(Membership.organisation).selectinload(Organisation.names))
        .order_by(Membership.from_on, Membership.id)
    ).all()
    return found


def roles_soon(user: User) -> Sequence[Role]:
    """The roles that a person holds today or from tomorrow on: a sign-in may last until then."""
    tomorrow = clock.today() + timedelta(days=1)
    found: Sequence[Role] = db.session.scalars(
        select(Membership.role).where(
            Membership.user_id == user.id,
            Membership.from_on <= tomorrow,
            or_(Membership.until_on.is_(None), Membership.until_on > clock.today()),
        )
    ).all()
    return found


@cache
def sign_in_and_roles() -> Select[SignIn, Role]:
    """The sign-in whose token is given, its person and their roles of today; every page asks it."""
    held = and_(Membership.user_id == SignIn.user_id, *in_force(Membership, TODAY))
    return (
        select(SignIn, Membership.role)
        .outerjoin(Membership, held)
        .where(SignIn.token_sha256 == bindparam("token"), SignIn.ended_at.is_(None))
        .options(joinedload(SignIn.user))
    )


def sign_in_of(token_sha256: str) -> tuple[SignIn | None, frozenset[Role]]:
    """The sign-in with this token and its person, unless it was ended; the roles they hold anywhere today."""
    rows = db.session.execute(sign_in_and_roles(), {"token": token_sha256}).all()
    return rows[0][0] if rows else None, frozenset(role for _row, role in rows if role)


def open_sign_ins(user: User) -> list[SignIn]:
    """Where a person is signed in now, the newest first."""
    rows = db.session.scalars(
        select(SignIn)
        .where(SignIn.user_id == user.id, SignIn.ended_at.is_(None), SignIn.began_at > clock.now() - LONGEST)
        .order_by(SignIn.began_at.desc(), SignIn.id.desc())
    )
    now = clock.now()
    return [row for row in rows if lasts(row.began_at, row.seen_at, now, opened=row.opened_at is not None)]


def sign_ins_of(user: User) -> Sequence[SignIn]:
    """Every sign-in of a person that is on record."""
    found: Sequence[SignIn] = db.session.scalars(select(SignIn).where(SignIn.user_id == user.id)).all()
    return found


def unused_links(user: User) -> Sequence[EntryLink]:
    """Links of a person that would still open the account, or would have in their time."""
    found: Sequence[EntryLink] = db.session.scalars(
        select(EntryLink).where(EntryLink.user_id == user.id, EntryLink.used_at.is_(None))
    ).all()
    return found


def link_of(token_sha256: str) -> EntryLink | None:
    """The link with this token while it can be used."""
    found: EntryLink | None = db.session.scalar(
        select(EntryLink)
        .where(
            EntryLink.token_sha256 == token_sha256,
            EntryLink.used_at.is_(None),
            EntryLink.expires_at > clock.now(),
        )
        .options(joinedload(EntryLink.user))
    )
    return found if found and found.user.active else None


def account_at_provider(subject: str) -> User | None:
    """The account that came by single sign-on as this subject before."""
    found: User | None = db.session.scalar(select(User).where(User.provider_subject == subject))
    return found


def find_account(email: str) -> User | None:
    """The account with this address, in whatever letters; None when there is none."""
    found: User | None = db.session.scalar(select(User).where(func.lower(User.email) == email.lower()))
    return found


def managed(by: User, permission: Permission = Permission.ACCOUNT_MANAGE) -> ColumnElement[bool]:
    """Condition on Membership: where this person manages accounts today, or holds another permission."""
    return Membership.organisation_id.in_(organisations_where(by, permission, clock.today()))


def people_where(*, by: User, q: str = "", role: str = "", organisation: str = "") -> Select[User]:
    """The people with a role, past, present or to come, where this person manages accounts; by name."""
    held = exists().where(Membership.user_id == User.id, managed(by))
    if role:
        held = held.where(Membership.role == role, *in_force(Membership, clock.today()))
    if organisation:
        held = held.where(Membership.organisation_id == Organisation.id, Organisation.code == organisation)
    found = select(User).where(held).order_by(User.name, User.id)
    if q:
        like = (part.icontains(q, autoescape=True) for part in (User.name, User.email))
        found = found.where(or_(*like))
    return found


def roles_of_people(people: Iterable[User], *, by: User) -> dict[int, list[Membership]]:
    """The memberships of these people where this person manages accounts, by the person's number."""
    roles: dict[int, list[Membership]] = {user.id: [] for user in people}
    rows = db.session.scalars(
        select(Membership)
        .where(Membership.user_id.in_(roles), managed(by))
        .options(joinedload(Membership.organisation))
        .order_by(Membership.from_on.desc(), Membership.id.desc())
    )
    for row in rows:
        roles[row.user_id].append(row)
    return roles


def get_person(number: int, *, by: User) -> User:
    """One person; NotFound when they hold no role where this person manages accounts."""
    found: User | None = db.session.scalar(
        select(User).where(User.id == number, exists().where(Membership.user_id == User.id, managed(by)))
    )
    if found is None:
        raise NotFound
    return found


def get_membership(person: User, number: int, *, by: User) -> Membership:
    """One membership of a person; NotFound where this person does not manage accounts."""
    found: Membership | None = db.session.scalar(
        select(Membership)
        .where(Membership.id == number, Membership.user_id == person.id, managed(by))
        .options(joinedload(Membership.organisation))
    )
    if found is None:
        raise NotFound
    return found


def roles_elsewhere(person: User, *, by: User) -> int:
    """How many roles a person holds, today or later, where this person does not manage accounts."""
    count = select(func.count(Membership.id)).where(
        Membership.user_id == person.id,
        ~managed(by),
        or_(Membership.until_on.is_(None), Membership.until_on > clock.today()),
    )
    return db.session.scalar(count) or 0


class Looked(NamedTuple):
    """A role that somebody holds, when and by whom it was last confirmed, and by when it is due again."""

    membership: Membership
    review: MembershipReview | None
    due_on: date


def access_to_review(*, by: User, permission: Permission = Permission.ACCOUNT_MANAGE) -> list[Looked]:
    """Every role in force where this person manages accounts, or may else see it, the longest due first."""
    newest = (
        select(MembershipReview.membership_id, func.max(MembershipReview.id).label("id"))
        .where(MembershipReview.kept)
        .group_by(MembershipReview.membership_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Membership, MembershipReview)
        .outerjoin(newest, newest.c.membership_id == Membership.id)
        .outerjoin(MembershipReview, MembershipReview.id == newest.c.id)
        .where(managed(by, permission), *in_force(Membership, clock.today()))
        .options(
            joinedload(Membership.user),
            joinedload(Membership.organisation).selectinload(Organisation.names),
            joinedload(MembershipReview.reviewed_by),
        )
    ).all()
    looked = [
        Looked(held, seen, review_due(clock.day_of(seen.reviewed_at) if seen else held.from_on))
        for held, seen in rows
    ]
    return sorted(looked, key=lambda one: (one.due_on, one.membership.user.name, one.membership.id))


def holds_already(user: User, organisation: Organisation, new: NewMembership) -> bool:
    """Whether a person holds a role in an organisation on any day of a new membership."""
    same = exists().where(
        Membership.user_id == user.id,
        Membership.organisation_id == organisation.id,
        Membership.role == new.role,
        or_(Membership.until_on.is_(None), Membership.until_on > new.from_on),
    )
    if new.until_on:
        same = same.where(Membership.from_on < new.until_on)
    return bool(db.session.scalar(select(same)))


def other_administrators(membership: Membership, on: date) -> int:
    """How many other people still administer its organisation, there or above, from a day on."""
    count = select(func.count(Membership.id)).where(
        Membership.user_id != membership.user_id,
        Membership.user_id.in_(select(User.id).where(User.active)),
        Membership.role == Role.ADMINISTRATOR,
        Membership.organisation_id.in_(organisations_above(membership.organisation_id, on)),
        Membership.from_on <= on,
        Membership.until_on.is_(None),
    )
    return db.session.scalar(count) or 0
