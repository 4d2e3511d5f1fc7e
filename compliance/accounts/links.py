"""Links that let a person choose a password once: an invitation, or a way back in. Made, sent, found."""

import secrets
from collections.abc import Mapping
from contextvars import copy_context
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from threading import Thread
from typing import Any

from flask import Flask, current_app

from compliance import audit, clock, post
from compliance.accounts import queries
from compliance.accounts.sign_ins import sha256
from compliance.db import db, transaction
from compliance.models import EntryLink, User
from compliance.rules.sign_in import INVITED, RESET
from compliance.terms import LinkKind

# The name of every thread that sends a link.
SENDING = "sending a link"
LASTS = {LinkKind.INVITATION: INVITED, LinkKind.RESET: RESET}
USED = "This link was used before, or its time is over. Ask for another"
SUBJECTS = {
    LinkKind.INVITATION: "Your account for research integrity in policing",
    LinkKind.RESET: "Choose a new password for research integrity in policing",
}
WORDS = {
    LinkKind.INVITATION: (
        "An account was opened for you. Choose a password here, within 7 days:\n\n{address}\n\n"
        "The link can be used once. If you did not expect this, do nothing.\n"
    ),
    LinkKind.RESET: (
        "Somebody asked to choose a new password for your account. If it was you, follow this link within "
        "an hour:\n\n{address}\n\nThe link can be used once. If it was not you, do nothing: your password "
        "stays as it is.\n"
    ),
}


def make(user: User, kind: LinkKind, *, by: User | None) -> str:
    """Make a link in place of those before; its address, which is shown or sent and kept nowhere."""
    token, now = secrets.token_urlsafe(32), clock.now()
    event = "account.invited" if kind is LinkKind.INVITATION else "account.password_link_sent"
    with transaction():
        audit.record(event, subject=user, by=by)
        for earlier in queries.unused_links(user):
            earlier.used_at = now
        db.session.add(
            EntryLink(
                user_id=user.id,
                kind=kind,
                token_sha256=sha256(token),
                made_at=now,
                expires_at=now + LASTS[kind],
            )
        )
    return f"{current_app.config['SERVICE_URL']}/password/{token}"


def message_to(user: User, kind: LinkKind, address: str, sender: str) -> EmailMessage:
    """The message that carries a link."""
    message = EmailMessage()
    message["From"], message["Subject"] = sender, SUBJECTS[kind]
    message["To"] = Address(user.name, addr_spec=user.email)
    message["Date"] = format_datetime(clock.now())
    message.set_content(WORDS[kind].format(address=address))
    return message


def send(user: User, kind: LinkKind, address: str, settings: Mapping[str, Any]) -> bool:
    """Send a link by mail; whether the mail server took it. False where there is none."""
    server = post.server_of(settings)
    if server is None:
        return False
    try:
        post.send(server, message_to(user, kind, address, server.sender))
    except (post.NotSent, ValueError) as error:
        current_app.logger.warning("a link for choosing a password was not sent: %s", error)
        return False
    return True


def send_for(app: Flask, email: str) -> None:
    """Send a link to the account with this address, if there is one that may sign in by password."""
    with app.app_context():
        user = queries.find_account(email)
        if user and user.active:
            send(user, LinkKind.RESET, make(user, LinkKind.RESET, by=None), app.config)


def send_later(email: str) -> None:
    """Let a link be sent beside the answer: nobody learns from its time whether there is such an account."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    sending = Thread(target=copy_context().run, args=(send_for, app, email), name=SENDING, daemon=True)
    sending.start()
