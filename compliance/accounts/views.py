"""The way in, a person's own account, the list of people, and what each role may do."""

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from compliance.accounts import queries
from compliance.guard import public, requires, signed_in
from compliance.navigation import navigation
from compliance.organisations.queries import visible
from compliance.paging import page_of
from compliance.permissions import GRANTS, MEANING, PURPOSE, Permission

bp = Blueprint("accounts", __name__)


@bp.route("/")
@public
def home() -> ResponseReturnValue:
    """The first page of a person's work, or the published statements."""
    destinations = navigation()
    return redirect(url_for(destinations[0]["endpoint"] if destinations else "published.index"))


@bp.route("/account")
@signed_in
def account() -> ResponseReturnValue:
    """Who I am here, in which organisations, until when."""
    return render_template("accounts/account.html", memberships=queries.memberships_of(g.user))


@bp.route("/people")
@requires(Permission.ACCOUNT_MANAGE)
def people() -> ResponseReturnValue:
    """Everyone with a role where this person manages accounts."""
    wanted = {name: request.args.get(name, "").strip() for name in ("q", "role", "organisation")}
    page = page_of(queries.people_where(by=g.user, **wanted), request.args.get("page", 1, type=int))
    return render_template(
        "accounts/people.html",
        page=page,
        roles=queries.roles_of_people(page.rows, by=g.user),
        wanted=wanted,
        organisations=visible(Permission.ACCOUNT_MANAGE, by=g.user),
    )


@bp.route("/roles")
@signed_in
def roles() -> ResponseReturnValue:
    """What each role may do, in plain words."""
    return render_template("accounts/roles.html", purpose=PURPOSE, grants=GRANTS, meaning=MEANING)
