"""Passwords: taken, chosen, and sent for by somebody who forgot theirs."""

import hashlib
from functools import cache
from pathlib import Path

from flask import current_app, g
from flask_security import hash_password, verify_password

from compliance import audit, clock
from compliance.accounts import links, queries, sign_ins, throttle
from compliance.db import transaction
from compliance.models import EntryLink, User
from compliance.rules.accounts import check_password
from compliance.rules.broken import RuleBroken

WRONG = "Email address or password is not right"
BREACHED = "This password is known from a breach. Choose another, such as three unrelated words"


@cache
def nobodys() -> str:
    """The hash of a password that nobody has, so that unknown accounts cost as much time as known ones."""
    hashed: str = hash_password("a password that nobody has")
    return hashed


def take(email: str, password: str, address: str | None, *, allowed: bool = True) -> User:
    """The account with this address and password; raises RuleBroken, in the same words whatever is wrong.

    That an account may not sign in by password is one of the things that can be wrong.
    """
    source = throttle.by_account(email)
    tries = throttle.begin_try(source, throttle.by_address(address))
    user = queries.find_account(email)
    right = verify_password(password, (user and user.password) or nobodys())
    if not allowed or user is None or not user.password or not user.active or not right:
        raise RuleBroken(WRONG, field="email")
    throttle.forgive(tries, source)
    return user


def is_breached(password: str, path: str) -> bool:
    """Whether the SHA-1 of a password stands in a sorted file of such hashes, found by halving."""
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    file = Path(path)
    with file.open("rb") as lines:
        low, high = 0, file.stat().st_size
        while low < high:
            middle = (low + high) // 2
            lines.seek(max(middle - 1, 0))
            if middle:
                lines.readline()
            if lines.tell() >= high:
                high = middle
                continue
            found = lines.readline()[: len(wanted)].upper()
            if found == wanted:
                return True
            if found < wanted:
                low = lines.tell()
            else:
                high = middle
    return False


def check_new(password: str, user: User) -> None:
    """Raise RuleBroken for a password that is short, easily guessed, or known from a breach."""
    check_password(password, user.name, user.email)
    known = current_app.config["BREACHED_PASSWORDS"]
    if known and is_breached(password, known):
        raise RuleBroken(BREACHED, field="password")


def keep(user: User, password: str, event: str) -> None:
    """Keep a new password and end every other sign-in; call inside no transaction. Raises RuleBroken."""
    check_new(password, user)
    hashed = hash_password(password)
    with transaction():
        audit.record(event, subject=user, by=user)
        user.password = hashed
        for row in queries.open_sign_ins(user):
            if row is not g.get("sign_in"):
                sign_ins.end([row], by=user)


def change(user: User, present: str, new: str, address: str | None) -> None:
    """Change one's password; raises RuleBroken when the present one is wrong or the new one is none."""
    try:
        take(user.email, present, address)
    except RuleBroken as broken:
        told = "This is not your present password" if broken.message == WRONG else broken.message
        raise RuleBroken(told, field="present") from broken
    keep(user, new, "account.password_changed")


def choose(link: EntryLink, password: str) -> None:
    """Choose a password by a link, which is then used up; raises RuleBroken."""
    check_new(password, link.user)
    with transaction():
        audit.record("account.password_chosen", subject=link.user, by=link.user)
        if link.used_at or link.expires_at <= clock.now():
            raise RuleBroken(links.USED)
        link.used_at = clock.now()
        keep(link.user, password, "account.password_chosen")
