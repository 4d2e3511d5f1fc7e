"""Wrong tries are counted by account and by address; whoever has too many waits, longer each time."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from compliance import clock
from compliance.db import db, transaction
from compliance.models import FailedSignIn
from compliance.rules.broken import RuleBroken
from compliance.rules.sign_in import COUNTED, FREE_OF_ACCOUNT, FREE_OF_ADDRESS, FREE_OF_LINKS, wait_after


@dataclass(frozen=True)
class Counted:
    """What tries are counted by, kept as a hash: people type passwords where addresses belong."""

    key: str
    free: int


def counted(kind: str, value: str, free: int) -> Counted:
    """A kind and a value to count tries by."""
    return Counted(hashlib.sha256(f"{kind} {value.lower()}".encode()).hexdigest(), free)


def by_account(email: str) -> Counted:
    """Tries at the password of one account, whether there is such an account or not."""
    return counted("account", email, FREE_OF_ACCOUNT)


def by_address(address: str | None) -> Counted:
    """Tries from one address."""
    return counted("address", address or "", FREE_OF_ADDRESS)


def by_link(email: str) -> Counted:
    """Links asked for to choose a password of one account, whether there is such an account or not."""
    return counted("link", email, FREE_OF_LINKS)


def by_code(number: int) -> Counted:
    """Tries at the second factor of one account."""
    return counted("code", str(number), FREE_OF_ACCOUNT)


def begin_try(*sources: Counted) -> list[int]:
    """Count a try as a wrong one before it is judged, so that many at once gain nothing; its numbers.

    Raises RuleBroken, with the time, when one of its sources has to wait.
    """
    now = clock.now()
    with transaction():
        for source in sources:
            moments = tries_of(source, now)
            if moments and (until := moments[-1] + wait_after(len(moments), source.free)) > now:
                raise RuleBroken(f"Too many tries. Try again at {told(until)}")
        rows = [FailedSignIn(key=source.key, at=now) for source in sources]
        db.session.add_all(rows)
        db.session.flush()
        return [row.id for row in rows]


def tries_of(source: Counted, now: datetime) -> list[datetime]:
    """The tries of the last day, the oldest first; older ones go. Call inside a transaction."""
    rows = db.session.scalars(
        select(FailedSignIn).where(FailedSignIn.key == source.key).order_by(FailedSignIn.at)
    ).all()
    for row in rows:
        if now - row.at >= COUNTED:
            db.session.delete(row)
    return [row.at for row in rows if now - row.at < COUNTED]


def forgive(tries: list[int], source: Counted) -> None:
    """The try was a good one: it counts no more, nor do the wrong ones of its account before it."""
    with transaction():
        mine = (FailedSignIn.key == source.key) | FailedSignIn.id.in_(tries)
        for row in db.session.scalars(select(FailedSignIn).where(mine)):
            db.session.delete(row)


def told(moment: datetime) -> str:
    """A moment as people read it on the clock, the minute after it: "10:42"."""
    return f"{moment.astimezone(clock.LONDON):%H:%M:%S}"
