"""Reminders, sent and recorded; calendar addresses, made and revoked."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import date
from email.errors import MessageError

from compliance import audit, clock
from compliance.db import db, transaction
from compliance.models import CalendarFeed, Reminder, User
from compliance.post import NotSent, Server, send
from compliance.reminders.digest import message_of
from compliance.reminders.queries import Digest, feed_of

Told = Callable[[Digest, str], None]


def send_all(digests: list[Digest], server: Server, service: str, on: date, told: Told) -> int:
    """Send each digest and record it once the server has it; how many could not be sent.

    What fails is not recorded, so that the next run sends it.
    """
    failed = 0
    for digest in digests:
        try:
            send(server, message_of(digest, server.sender, service, on))
        except (NotSent, MessageError, ValueError) as error:
            failed += 1
            told(digest, f"not sent: {error}")
        else:
            record(digest)
            told(digest, "sent")
    return failed


def record(digest: Digest) -> None:
    """Remember what somebody was told, so that nobody is told twice."""
    with transaction():
        audit.record("reminder.sent", subject=digest.user, by=None)
        for note in digest.notes:
            db.session.add(
                Reminder(
                    user_id=digest.user.id,
                    subject=note.subject,
                    key=note.key,
                    stage=note.stage,
                    due_on=note.on,
                    sent_at=clock.now(),
                )
            )


def sha256(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def make_feed(user: User) -> str:
    """Make a calendar address in place of the one before; the token, which is shown this once."""
    token = secrets.token_urlsafe(32)
    with transaction():
        audit.record("calendar.opened", subject=user, by=user)
        revoke(user)
        db.session.add(CalendarFeed(user_id=user.id, token_sha256=sha256(token), made_at=clock.now()))
    return token


def revoke_feed(user: User) -> None:
    """Close the calendar address of a person."""
    with transaction():
        audit.record("calendar.closed", subject=user, by=user)
        revoke(user)


def revoke(user: User) -> None:
    """Close the address in use, if there is one; call inside a transaction."""
    feed = feed_of(user)
    if feed is not None:
        feed.revoked_at = clock.now()
