"""The access review: who holds what, looked at again twice a year."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from compliance.accounts import actions, queries
from compliance.forms import Form, question
from compliance.guard import requires
from compliance.permissions import Permission
from compliance.rules.broken import RuleBroken

bp = Blueprint("access", __name__)


@bp.route("/people/review")
@requires(Permission.ACCOUNT_MANAGE)
def index() -> ResponseReturnValue:
    """Every role that is held, by when it is to be looked at, and who did last."""
    return render_template("people/review.html", rows=queries.access_to_review(by=g.user))


@bp.route("/people/<int:number>/roles/<int:membership>/keep", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_MANAGE)
def keep(number: int, membership: int) -> ResponseReturnValue:
    """Confirm that somebody still needs a role."""
    person = queries.get_person(number, by=g.user)
    held = queries.get_membership(person, membership, by=g.user)
    form = Form()
    if form.submitted_and_valid():
        try:
            actions.keep_membership(held, by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash(f"{held.role.label} of {person.name} confirmed")
            return redirect(url_for(".index"))
    return question("people/keep.html", form, person_held=person, held=held, back=url_for(".index"))
