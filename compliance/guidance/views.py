"""Pages to read, for everyone: help, accessibility, privacy, cookies."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from compliance.guard import public

bp = Blueprint("guidance", __name__)


@bp.route("/help")
@public
def help() -> ResponseReturnValue:  # noqa: A001
    """What the service is for and where to turn."""
    return render_template("guidance/help.html")


@bp.route("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    """The accessibility statement."""
    return render_template("guidance/accessibility.html")


@bp.route("/privacy")
@public
def privacy() -> ResponseReturnValue:
    """What we keep about people, and why."""
    return render_template("guidance/privacy.html")


@bp.route("/cookies")
@public
def cookies() -> ResponseReturnValue:
    """Which cookie there is, and what for."""
    return render_template("guidance/cookies.html")
