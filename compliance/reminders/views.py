"""A person's calendar address: made, shown once, revoked; and the calendar that it opens."""

from importlib import import_module

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from compliance.forms import Form
from compliance.guard import public, signed_in
from compliance.reminders import actions, queries

bp = Blueprint("reminders", __name__)


@bp.route("/account/calendar", methods=["GET", "POST"])
@signed_in
def calendar() -> ResponseReturnValue:
    """Make or close the address under which a calendar program reads one's dates."""
    form = Form()
    address = ""
    if form.submitted_and_valid():
        if "close" in request.form:
            actions.revoke_feed(g.user)
            flash("The address is closed")
            return redirect(url_for(".calendar"))
        token = actions.make_feed(g.user)
        address = f"{current_app.config['SERVICE_URL'].rstrip('/')}{url_for('.dates', token=token)}"
    return render_template(
        "reminders/calendar.html", form=form, feed=queries.feed_of(g.user), address=address
    )


@bp.route("/calendar/<token>.ics")
@public
def dates(token: str) -> ResponseReturnValue:
    """The calendar that an address opens; nothing at all once it is closed."""
    owner = queries.owner_of_feed(actions.sha256(token))
    if owner is None:
        abort(404)
    feed = import_module("compliance.reminders.feed")
    content: bytes = feed.calendar_of(owner, current_app.config["SERVICE_URL"])
    return Response(content, mimetype="text/calendar", headers={"Cache-Control": "private, no-store"})
