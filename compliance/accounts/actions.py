"""Accounts and memberships, changed."""

from datetime import date

from flask_security import hash_password

from compliance import audit, clock
from compliance.accounts import links, queries, second_factors, sign_ins
from compliance.accounts.admission import stored
from compliance.db import db, transaction
from compliance.derived import index
from compliance.models import Membership, MembershipReview, Organisation, User
from compliance.rules import accounts as rules
from compliance.rules.broken import RuleBroken
from compliance.terms import LinkKind, Role


def open_account(
    email: str, name: str, password: str, *, post: str | None = None, demo: bool = False, by: User | None
) -> User:
    """Open an account; raises RuleBroken when the address is none or has one, or the password is short."""
    new = rules.NewPerson(email, name, post)
    new.check()
    rules.check_password(password, name, email)
    hashed = hash_password(password)
    with transaction():
        audit.record("account.opened", subject=audit.NEW_ACCOUNT, by=by)
        if queries.find_account(email):
            raise RuleBroken("This address already has an account", field="email")
        user = stored(new, hashed, demo=demo)
        audit.record("account.opened", subject=user, by=by)
        return user


def add_person(
    new: rules.NewPerson, organisation: Organisation, given: rules.NewMembership, *, by: User
) -> tuple[User, str | None]:
    """Give a role to the person with this address, with a new account if they have none.

    Returns the person and the address at which they choose a password, None for a known one, who has one;
    raises RuleBroken.
    """
    new.check()
    with transaction():
        audit.record("account.opened", subject=audit.NEW_ACCOUNT, by=by, at=organisation)
        user = queries.find_account(new.email)
        known = user is not None
        user = user or stored(new, None)
        audit.record("account.opened", subject=user, by=by, at=organisation)
        give_role(user, organisation, given.role, from_on=given.from_on, until_on=given.until_on, by=by)
        address = None if known else links.make(user, LinkKind.INVITATION, by=by)
    return user, address


def close_account(user: User, *, by: User) -> None:
    """Close the account of somebody who left: their roles and sign-ins end, their name and records stay.

    Raises RuleBroken for one's own, for one that reaches elsewhere, and for a last administrator.
    """
    today = clock.today()
    with transaction():
        audit.record("account.closed", subject=user, by=by)
        rules.check_account(user.id, by.id, queries.roles_elsewhere(user, by=by))
        for held in queries.memberships_of(user):
            if held.until_on is None or held.until_on > today:
                others = queries.other_administrators(held, today)
                rules.check_end(held.role, min(held.from_on, today), today, others)
                held.until_on = max(held.from_on, today)
        sign_ins.end(queries.open_sign_ins(user), by=by)
        for link in queries.unused_links(user):
            link.used_at = clock.now()
        user.active = False


def pseudonymise(user: User) -> None:
    """Replace by a number what a closed account says about a person; raises RuleBroken for one that is open.

    The records keep their author, under that number; the audit trail knew nothing else from the beginning.
    """
    with transaction():
        audit.record("account.pseudonymised", subject=user, by=None)
        if user.active:
            raise RuleBroken("Close the account first")
        user.name, user.email = f"Former account {user.id}", f"former-{user.id}@account.invalid"
        user.post = user.password = user.provider_subject = None
        second_factors.forget(user)
        for row in queries.sign_ins_of(user):
            row.address = row.browser = ""
    index.forget()


def reopen_account(user: User, *, by: User) -> None:
    """Open a closed account again; its roles are given anew. Raises RuleBroken as closing does."""
    with transaction():
        audit.record("account.reopened", subject=user, by=by)
        rules.check_account(user.id, by.id, queries.roles_elsewhere(user, by=by))
        user.active = True


def invite(user: User, *, by: User) -> str:
    """The address at which a person chooses a new password; raises RuleBroken as closing does."""
    with transaction():
        audit.record("account.invited", subject=user, by=by)
        rules.check_account(user.id, by.id, queries.roles_elsewhere(user, by=by))
        return links.make(user, LinkKind.INVITATION, by=by)


def reset_second_factor(user: User, *, by: User) -> None:
    """Forget a second factor, so that the person signs in anew and sets up another.

    Raises RuleBroken as closing does.
    """
    with transaction():
        audit.record("second_factor.reset", subject=user, by=by)
        rules.check_account(user.id, by.id, queries.roles_elsewhere(user, by=by))
        second_factors.forget(user)
        sign_ins.end(queries.open_sign_ins(user), by=by)


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
        audit.record("membership.given", subject=user, by=by)
        new.check(user.id, by.id if by else None)
        if queries.holds_already(user, organisation, new):
            raise RuleBroken("They hold this role there at that time already", field="role")
        membership = Membership(
            user=user, organisation=organisation, role=role, from_on=from_on, until_on=until_on
        )
        db.session.add(membership)
        db.session.flush()
        if second_factors.is_needed(user) and not second_factors.has_one(user):
            # The next sign-in asks for it.
            sign_ins.end(queries.open_sign_ins(user), by=by)
    return membership


def keep_membership(membership: Membership, *, by: User) -> None:
    """Confirm that a person still needs a role; raises RuleBroken for one's own."""
    with transaction():
        audit.record("membership.confirmed", subject=membership.user, by=by)
        rules.check_review(membership.user_id, by.id)
        db.session.add(
            MembershipReview(membership=membership, kept=True, reviewed_at=clock.now(), reviewed_by_id=by.id)
        )


def end_membership(membership: Membership, *, on: date, by: User) -> None:
    """End a membership on a day; it is never deleted. Raises RuleBroken.

    It may not end before its first day, nor leave its organisation without an administrator.
    """
    with transaction():
        audit.record("membership.ended", subject=membership.user, by=by)
        db.session.add(
            MembershipReview(membership=membership, kept=False, reviewed_at=clock.now(), reviewed_by_id=by.id)
        )
        others = queries.other_administrators(membership, on)
        rules.check_end(membership.role, membership.from_on, on, others)
        membership.until_on = on
