"""Who comes by single sign-on: known or new, with the roles that their groups give."""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from compliance import audit, clock
from compliance.accounts import queries
from compliance.accounts.groups import Held
from compliance.accounts.sign_in import datastore
from compliance.db import db, transaction
from compliance.models import Membership, Organisation, User
from compliance.rules.accounts import NewPerson
from compliance.rules.broken import RuleBroken
from compliance.terms import Role

NO_ROLE = "We know who you are, but none of your groups has a role here. Ask the administrator of your force"
CLOSED = "Your account here is closed. Ask the administrator of your organisation"
UNPROVEN = (
    "There is an account with this address already, and your force account does not prove that the address "
    "is yours. Ask the administrator of your organisation"
)
NO_ADDRESS = "Your force account came without a confirmed email address. Ask your IT department"


def stored(new: NewPerson, hashed: str | None, *, demo: bool = False) -> User:
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


def admit(
    claims: Mapping[str, Any], groups: Iterable[str], meaning: Mapping[str, Held], *, proven: bool = False
) -> User:
    """The account of whoever the provider vouches for, made if need be, its roles as their groups say.

    An account that was opened here is joined to the provider's only by an address that the provider calls
    verified, or whose addresses the settings call `proven`: people may be free to write any address there.
    Raises RuleBroken when they have no role here, or no account that may be used. Call it after the claims
    were checked.
    """
    subject = f"{claims['iss']} {claims['sub']}"
    email = str(claims.get("email") or claims.get("preferred_username") or "").lower()
    if claims.get("email_verified") is False:
        raise RuleBroken(NO_ADDRESS)
    given = {meaning[group] for group in groups if group in meaning}
    with transaction():
        audit.record("account.admitted", subject=audit.NEW_ACCOUNT, by=None)
        user = queries.account_at_provider(subject) or queries.find_account(email)
        if user is not None and (not user.active or user.provider_subject not in (None, subject)):
            raise RuleBroken(CLOSED)
        if user is not None and user.provider_subject is None and not proven:
            raise RuleBroken(UNPROVEN)
        if not given and (user is None or not queries.roles_soon(user)):
            raise RuleBroken(NO_ROLE)
        if user is None:
            new = NewPerson(email, str(claims.get("name") or email), None)
            new.check()
            user = stored(new, None)
        audit.record("account.admitted", subject=user, by=None)
        user.provider_subject = subject
        follow_groups(user, given)
        if not queries.roles_soon(user):
            raise RuleBroken(NO_ROLE)
    return user


def follow_groups(user: User, given: set[Held]) -> None:
    """Give the roles that the groups give, and end those that groups gave before; inside a transaction."""
    today = clock.today()
    here = [row for row in queries.memberships_of(user) if row.until_on is None or row.until_on > today]
    held = {Held(row.role, row.organisation.code) for row in here if row.from_on <= today}
    for row in here:
        lost = row.from_groups and Held(row.role, row.organisation.code) not in given
        last = row.role is Role.ADMINISTRATOR and not queries.other_administrators(row, today)
        if lost and not last:
            row.until_on = max(today, row.from_on)
    for role, code in sorted(given - held):
        place = db.session.scalars(select(Organisation).where(Organisation.code == code)).one_or_none()
        if place is not None:
            new = Membership(user=user, organisation=place, role=role, from_on=today, from_groups=True)
            db.session.add(new)
    db.session.flush()
