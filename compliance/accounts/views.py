"""The way in, a person's own account, the list of people, and what each role may do."""

from typing import NamedTuple

from flask import Blueprint, Flask, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from compliance.accounts import queries
from compliance.guard import public, requires, signed_in
from compliance.navigation import navigation
from compliance.organisations.queries import visible
from compliance.paging import page_of
from compliance.permissions import GRANTS, MEANING, PURPOSE, Permission, needs_second_factor
from compliance.terms import Role

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
    asked = {role for role in Role if needs_second_factor(role)}
    return render_template(
        "accounts/roles.html", purpose=PURPOSE, grants=GRANTS, meaning=MEANING, asked=asked
    )


@bp.route("/roles/holders")
@requires(Permission.AUDIT_VIEW)
def holders() -> ResponseReturnValue:
    """Who holds which role, since when, until when, and who confirmed it last: for whoever answers for it."""
    rows = queries.access_to_review(by=g.user, permission=Permission.AUDIT_VIEW)
    rows.sort(key=lambda one: (one.membership.user.name, one.membership.id))
    held = {role: [one for one in rows if one.membership.role is role] for role in Role}
    return render_template("accounts/holders.html", held=held, purpose=PURPOSE)


@bp.route("/roles/pages")
@signed_in
def pages() -> ResponseReturnValue:
    """Every page and form of the service and which roles open it, drawn from the routes themselves."""
    return render_template("accounts/pages.html", rows=doors(current_app), grants=GRANTS)


class Door(NamedTuple):
    """An address, whether it is read or sent to, and what it asks for."""

    address: str
    methods: str
    asks: str
    roles: frozenset[Role]


def doors(app: Flask) -> list[Door]:
    """Every address of the service with what its view states, by address."""
    found = []
    for rule in app.url_map.iter_rules():
        asks = getattr(app.view_functions[rule.endpoint], "requires", None)
        if asks is None:
            continue
        held = [role for role in Role if asks not in set(Permission) or asks in GRANTS[role]]
        methods = ", ".join(sorted((rule.methods or set()) & {"GET", "POST"}))
        found.append(Door(rule.rule, methods, str(asks), frozenset(held)))
    return sorted(found)
