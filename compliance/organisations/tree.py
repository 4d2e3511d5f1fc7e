"""Pages that change the tree: organisations that join it, their names and their places."""

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from compliance import clock
from compliance.fields import options
from compliance.forms import Form, question
from compliance.guard import requires
from compliance.models import Organisation
from compliance.organisations import actions, queries
from compliance.organisations.forms import NameForm, OrganisationForm, ParentForm
from compliance.permissions import Permission
from compliance.rules.broken import RuleBroken
from compliance.templating import day

bp = Blueprint("tree", __name__)

CHANGE = Permission.ORGANISATION_CHANGE


@bp.route("/organisations/new", methods=["GET", "POST"])
@requires(CHANGE)
def add() -> ResponseReturnValue:
    """Add an organisation below another."""
    form = OrganisationForm()
    form.parent.choices = options(places(), empty="Choose an organisation")
    if form.submitted_and_valid():
        parent = queries.get_organisation(form.parent.data, CHANGE, by=g.user)
        try:
            organisation = actions.add_organisation(form.answers(), parent, by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash("Organisation added")
            return redirect(url_for("organisations.show", code=organisation.code))
    return question(
        "layouts/ask.html",
        form,
        heading="Add an organisation",
        back=url_for("organisations.index"),
        button="Add the organisation",
    )


@bp.route("/organisations/<code>/names/new", methods=["GET", "POST"])
@requires(CHANGE)
def rename(code: str) -> ResponseReturnValue:
    """Record what it is called from a day on."""
    organisation = queries.get_organisation(code, CHANGE, by=g.user)
    form = NameForm()
    if form.submitted_and_valid():
        try:
            actions.record_name(organisation, form.answers(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return to_history(organisation, "Name recorded")
    current = organisation.names[-1]
    intro = [
        f"It is called {current.name}, from {day(current.from_on)}.",
        "Statements for earlier periods keep the name of their time.",
    ]
    return asked(form, organisation, "Record a new name", "Record the name", intro)


@bp.route("/organisations/<code>/parents/new", methods=["GET", "POST"])
@requires(CHANGE)
def move(code: str) -> ResponseReturnValue:
    """Record below which organisation it stands from a day on."""
    organisation = queries.get_organisation(code, CHANGE, by=g.user)
    form = ParentForm()
    form.parent.choices = options(places(apart_from=code), empty="Choose an organisation")
    if form.submitted_and_valid():
        parent = queries.get_organisation(form.parent.data, CHANGE, by=g.user)
        try:
            actions.record_parent(organisation, parent, form.answers(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return to_history(organisation, "New place recorded")
    intro = ["From that day on, those above the new place see it, and those above the old one no longer do."]
    if organisation.links:
        link = organisation.links[-1]
        above = link.parent.name_on(clock.today())
        intro.insert(0, f"It stands below {above}, from {day(link.from_on)}.")
    return asked(form, organisation, "Record a new place in the tree", "Record the place", intro)


def places(apart_from: str = "") -> list[tuple[str, str]]:
    """Where this person may put an organisation: codes and names."""
    found = queries.visible(CHANGE, by=g.user)
    return [(one.code, one.name_on(clock.today())) for one in found if one.code != apart_from]


def to_history(organisation: Organisation, message: str) -> ResponseReturnValue:
    """To the history of the organisation, with what was saved."""
    flash(message)
    return redirect(url_for("organisations.history", code=organisation.code))


def asked(
    form: Form, organisation: Organisation, heading: str, button: str, intro: list[str]
) -> ResponseReturnValue:
    """A question page about an organisation's history."""
    return question(
        "layouts/ask.html",
        form,
        heading=heading,
        caption=organisation.name_on(clock.today()),
        back=url_for("organisations.history", code=organisation.code),
        button=button,
        intro=intro,
    )
