"""Accounts and memberships, changed."""

import secrets
from datetime import date

from flask_security import hash_password

from compliance import audit
from compliance.accounts import queries
from compliance.accounts.sign_in import datastore
from compliance.db import db, transaction
from compliance.models import Membership, Organisation, User
from compliance.rules import accounts as rules
from compliance.rules.broken import RuleBroken
from compliance.terms import Role

# Letters and numbers that nobody takes for one another when they read them out.
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


def first_password() -> str:
    """A password that is used once, like "kxq4-hzwm-…": some 99 bits."""
    return "-".join("".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(5))


def open_account(
    email: str, name: str, password: str, *, post: str | None = None, demo: bool = False, by: User | None
) -> User:
    """Open an account; raises RuleBroken when the address is none or has one, or the password is short."""
    new = rules.NewPerson(email, name, post)
    new.check()
    rules.check_password(password)
    hashed = hash_password(password)
    with transaction():
        audit.record("account.opened", subject=email, by=by)
        if queries.find_account(email):
            raise RuleBroken("This address already has an account", field="email")
        return stored(new, hashed, demo=demo)


def stored(new: rules.NewPerson, hashed: str, *, demo: bool = False) -> User:
    """A new account; call inside a transaction."""
    user: User = datastore.create_user(
        email=new.email,
        name=new.name,
        post=new.post,
        password=hashed,
        demo=demo,
        fs_uniquifier=secrets.token_hex(32),
    )
    db.session.flush()
    return user


def add_person(
    new: rules.NewPerson, organisation: Organisation, given: rules.NewMembership, *, by: User
) -> tuple[User, str | None]:
    """Give a role to the person with this address, with a new account if they have none.

    Returns the person and the first password of a new account, which is kept nowhere; raises RuleBroken.
    """
    new.check()
    password = first_password()
    hashed = hash_password(password)
    with transaction():
        audit.record("account.opened", subject=new.email, by=by, at=organisation)
        user = queries.find_account(new.email)
        known = user is not None
        user = user or stored(new, hashed)
        give_role(user, organisation, given.role, from_on=given.from_on, until_on=given.until_on, by=by)
    return user, None if known else password


def give_role(
    user: User,
    organisation: Organisation,
    role: Role,
    *,
    from_on: date,
    until_on: date | None,
    by: User | None,
) -> Membership:
    """Give a person a role in an organisation and in all below it; raises RuleBroken."""
    new = rules.NewMembership(role, from_on, until_on)
    with transaction():
        audit.record("membership.given", subject=user.email, by=by)
        new.check(user.id, by.id if by else None)
        if queries.holds_already(user, organisation, new):
            raise RuleBroken("They hold this role there at that time already", field="role")
        membership = Membership(
            user=user, organisation=organisation, role=role, from_on=from_on, until_on=until_on
        )
        db.session.add(membership)
    return membership


def end_membership(membership: Membership, *, on: date, by: User) -> None:
    """End a membership on a day; it is never deleted. Raises RuleBroken.

    It may not end before its first day, nor leave its organisation without an administrator.
    """
    with transaction():
        audit.record("membership.ended", subject=membership.user.email, by=by)
        others = queries.other_administrators(membership, on)
        rules.check_end(membership.role, membership.from_on, on, others)
        membership.until_on = on
