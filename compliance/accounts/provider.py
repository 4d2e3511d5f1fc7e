"""The way to the provider of single sign-on and back."""

from flask import Blueprint, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from compliance.accounts import single_sign_on
from compliance.accounts.entry import let_in, onward
from compliance.accounts.single_sign_on import Down, NotVouched
from compliance.errors import failed
from compliance.guard import public
from compliance.rules.broken import RuleBroken
from compliance.terms import SignInWay

bp = Blueprint("provider", __name__)

DOWN = "The sign-in of your force does not answer. Try again in a few minutes"
NOT_VOUCHED = "The sign-in did not come to its end, or took too long. Go back to sign in and start again."


@bp.route("/sign-in/provider", methods=["POST"])
@public
def start() -> ResponseReturnValue:
    """Send somebody to the provider."""
    if not single_sign_on.is_offered():
        return failed(404)
    try:
        away = single_sign_on.to_provider()
    except Down:
        return failed(503, down())
    session["onward"] = onward()
    return away


@bp.route("/sign-in/provider/return")
@public
def back() -> ResponseReturnValue:
    """Somebody comes back from the provider."""
    if not single_sign_on.is_offered() or "state" not in request.args:
        return redirect(url_for("entry.sign_in"))
    try:
        claims = single_sign_on.claims_of_answer()
        user = single_sign_on.whoever(claims)
    except Down:
        return failed(503, down())
    except NotVouched as reason:
        current_app.logger.warning("a sign-in by the provider was refused: %s", reason)
        return failed(400, NOT_VOUCHED)
    except RuleBroken as broken:
        return failed(403, f"{broken.message}.")
    to = session.get("onward", "/")
    return let_in(user, SignInWay.SINGLE_SIGN_ON, proven=single_sign_on.proven(claims), to=to)


def down() -> str:
    """What to do while the provider does not answer."""
    kept = current_app.config["BREAK_GLASS"]
    return f"{DOWN}." if kept else f"{DOWN}, or sign in with a password of this service if you have one."
