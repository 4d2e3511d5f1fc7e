"""Who is signed in at this browser: a row for each sign-in, and a cookie that holds its secret."""

import hashlib
import secrets

from flask import Response, g, request, session
from sqlalchemy.exc import SQLAlchemyError

from compliance import audit, clock
from compliance.accounts import queries
from compliance.db import db, transaction
from compliance.models import SignIn, User
from compliance.permissions import GRANTS
from compliance.rules.sign_in import SEEN_EVERY, lasts
from compliance.terms import SignInWay

LONGEST_BROWSER = 200


def sha256(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def begin(user: User, way: SignInWay, *, opened: bool) -> None:
    """Sign somebody in at this browser; not yet opened while the second factor is owed.

    The session begins anew, so that nobody can plant one; but for the token of forms, or what somebody
    was typing when the sign-in before this one ended could not be sent.
    """
    token, now = secrets.token_urlsafe(32), clock.now()
    with transaction():
        audit.record("account.signed_in" if opened else "account.password_given", subject=user, by=user)
        row = SignIn(
            user_id=user.id,
            token_sha256=sha256(token),
            way=way,
            address=request.remote_addr or "",
            browser=request.user_agent.string[:LONGEST_BROWSER],
            began_at=now,
            seen_at=now,
            opened_at=now if opened else None,
        )
        db.session.add(row)
    kept = session.get("csrf_token")
    session.clear()
    session["sign_in"] = token
    if kept:
        session["csrf_token"] = kept


def remember_user() -> None:
    """Put on g who is signed in (user), who still owes the second factor (arriving), and by which sign-in.

    And every permission that the person holds somewhere today (granted).
    """
    g.user = g.arriving = g.sign_in = None
    g.granted = frozenset()
    token = session.get("sign_in")
    if not isinstance(token, str) or request.endpoint == "static":
        return
    row, roles = queries.sign_in_of(sha256(token))
    if row is None or not row.user.active:
        return
    now = clock.now()
    if not lasts(row.began_at, row.seen_at, now, opened=row.opened_at is not None):
        return
    if now - row.seen_at >= SEEN_EVERY:
        touch(row)
    g.sign_in = row
    if row.opened_at:
        g.user = row.user
        g.granted = frozenset().union(*(GRANTS[role] for role in roles))
    else:
        g.arriving = row.user


def touch(row: SignIn) -> None:
    """Note that somebody was seen; a page is shown all the same when nothing can be written."""
    try:
        with transaction():
            row.seen_at = clock.now()
    except SQLAlchemyError:
        db.session.rollback()


def open_up(row: SignIn) -> None:
    """The second factor was shown: the person is in."""
    with transaction():
        audit.record("account.signed_in", subject=row.user, by=row.user)
        row.opened_at = row.seen_at = clock.now()


def confirm(row: SignIn) -> None:
    """The second factor was shown once more."""
    with transaction():
        audit.record("account.confirmed", subject=row.user, by=row.user)
        row.confirmed_at = clock.now()


def end(rows: list[SignIn], *, by: User | None) -> None:
    """End sign-ins, here or at other browsers."""
    for row in rows:
        with transaction():
            audit.record("account.signed_out", subject=row.user, by=by)
            row.ended_at = clock.now()


def keep_private(response: Response) -> Response:
    """A page that is shown on the way in is kept by no cache either."""
    if g.get("arriving") is not None or request.blueprint in ("entry", "own"):
        response.headers["Cache-Control"] = "no-store"
    return response
