"""What may be done with accounts and roles."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from compliance.rules.broken import RuleBroken
from compliance.terms import Role

SHORTEST_PASSWORD = 12
# Each role is looked at twice a year: kept or ended. Our own choice; no framework names an interval.
REVIEW_EVERY = timedelta(days=182)
REVIEW_TOLD = timedelta(days=30)


# What stands at the head of every list of guesses and is long enough for one.
GUESSED = ("password", "passw0rd", "qwerty", "letmein", "welcome", "12345", "abc123", "iloveyou", "police")
ROWS = ("0123456789", "9876543210", "abcdefghijklmnopqrstuvwxyz")
# How many characters must be left when what is guessed first is taken away.
LEFT = 6


def check_password(password: str, *about: str) -> None:
    """Raise RuleBroken when a password is too short to keep anybody out, or among the first guesses.

    `about` are words about its owner: their name and address.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise RuleBroken(f"A password needs at least {SHORTEST_PASSWORD} characters", field="password")
    rest = password.lower()
    own = (part for words in about for part in re.split(r"[^a-z]+", words.lower()) if len(part) > 3)  # noqa: PLR2004
    for guess in (*GUESSED, *own):
        rest = rest.replace(guess, "")
    rest = re.sub(r"(.)\1{2,}", r"\1", rest)
    if len(set(rest)) < LEFT or any(password.lower() in row * 3 for row in ROWS):
        raise RuleBroken(
            "This password is easily guessed. Choose another, such as three unrelated words", field="password"
        )


@dataclass(frozen=True)
class NewPerson:
    """Someone who gets an account."""

    email: str
    name: str
    post: str | None

    def check(self) -> None:
        """Raise RuleBroken when the address is none."""
        if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", self.email):
            raise RuleBroken("Enter an email address, like name@force.police.uk", field="email")


@dataclass(frozen=True)
class NewMembership:
    """A role from a day on, until a day (exclusive) if it has an end."""

    role: Role
    from_on: date
    until_on: date | None

    def check(self, person: int | None, giver: int | None) -> None:
        """Raise RuleBroken when the dates cannot be, or when someone gives a role to themselves.

        Both are told by number; None is a person without an account yet, or the service itself.
        """
        if giver is not None and person == giver:
            raise RuleBroken("Nobody can give a role to themselves: ask another administrator")
        if self.until_on and self.until_on <= self.from_on:
            raise RuleBroken("The end must be after the first day", field="until_on")


def review_due(last: date) -> date:
    """The day by which a role is looked at again, which began or was confirmed on a day."""
    return last + REVIEW_EVERY


def check_review(person: int, by: int) -> None:
    """Raise RuleBroken when somebody confirms a role of their own."""
    if person == by:
        raise RuleBroken("Nobody confirms a role of their own: ask another administrator")


def check_account(person: int, by: int, elsewhere: int) -> None:
    """Raise RuleBroken when an account is one's own, or reaches where this administrator does not.

    `elsewhere` is how many roles it holds there. Whoever can replace a password or a second factor can
    become that person, so an account is opened, reset and closed only by who administers all its roles.
    """
    if person == by:
        raise RuleBroken("Nobody does this to their own account: ask another administrator")
    if elsewhere:
        raise RuleBroken(
            "They hold a role in an organisation that you do not administer: ask an administrator of both"
        )


def check_end(role: Role, from_on: date, on: date, other_administrators: int) -> None:
    """Raise RuleBroken when a role ends before it begins, or when nobody would be left to give roles."""
    if on < from_on:
        raise RuleBroken("The end must not be before the first day", field="until_on")
    if role is Role.ADMINISTRATOR and not other_administrators:
        raise RuleBroken(
            "This is the last administrator of the organisation: give the role to someone else first"
        )
