"""Pages about one person and the roles they hold."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from compliance import clock
from compliance.accounts import actions, queries
from compliance.accounts.forms import EndRoleForm, PersonForm, RoleForm
from compliance.fields import options
from compliance.forms import question
from compliance.guard import requires
from compliance.models import User
from compliance.organisations.queries import get_organisation, visible
from compliance.permissions import PURPOSE, Permission
from compliance.rules.broken import RuleBroken
from compliance.templating import day

bp = Blueprint("people", __name__)

MANAGE = Permission.ACCOUNT_MANAGE


@bp.route("/people/new", methods=["GET", "POST"])
@requires(MANAGE)
def add() -> ResponseReturnValue:
    """Add a person: an account with a first password, and a role."""
    form = PersonForm()
    offer_places(form)
    if form.submitted_and_valid():
        place = get_organisation(form.organisation.data, MANAGE, by=g.user)
        try:
            person, password = actions.add_person(form.person(), place, form.membership(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            if password is None:
                return to_person(person, f"{person.name} had an account already and now holds this role too")
            return render_template("people/added.html", one=person, password=password)
    return question("people/add.html", form, back=url_for("accounts.people"))


@bp.route("/people/<int:number>")
@requires(MANAGE)
def show(number: int) -> ResponseReturnValue:
    """One person and their roles."""
    person = queries.get_person(number, by=g.user)
    return render_template(
        "people/show.html",
        one=person,
        memberships=queries.roles_of_people([person], by=g.user)[person.id],
        elsewhere=queries.roles_elsewhere(person, by=g.user),
    )


@bp.route("/people/<int:number>/roles/new", methods=["GET", "POST"])
@requires(MANAGE)
def give_role(number: int) -> ResponseReturnValue:
    """Give a person one more role."""
    person = queries.get_person(number, by=g.user)
    form = RoleForm()
    offer_places(form)
    if form.submitted_and_valid():
        place = get_organisation(form.organisation.data, MANAGE, by=g.user)
        new = form.membership()
        try:
            actions.give_role(person, place, new.role, from_on=new.from_on, until_on=new.until_on, by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return to_person(person, f"{new.role.label} from {day(new.from_on)}")
    return asked(form, person, "Give a role", "Give the role")


@bp.route("/people/<int:number>/roles/<int:membership>/end", methods=["GET", "POST"])
@requires(MANAGE)
def end_role(number: int, membership: int) -> ResponseReturnValue:
    """End a role on a day; it stays in the history."""
    person = queries.get_person(number, by=g.user)
    held = queries.get_membership(person, membership, by=g.user)
    form = EndRoleForm(obj=held)
    if form.submitted_and_valid():
        try:
            actions.end_membership(held, on=form.until_on.data, by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return to_person(person, "End saved")
    place = held.organisation.name_on(clock.today())
    intro = [
        f"{held.role.label} in {place}, from {day(held.from_on)}.",
        "What was done in this role stays in the record, with the name.",
    ]
    return asked(form, person, "End a role", "Save the end", intro)


def offer_places(form: RoleForm) -> None:
    """Offer the organisations whose accounts this person manages, and say what each role is for."""
    places = [(one.code, one.name_on(clock.today())) for one in visible(MANAGE, by=g.user)]
    form.organisation.choices = options(places, empty=None if len(places) == 1 else "Choose an organisation")
    form.role.hints = PURPOSE


def to_person(person: User, message: str) -> Response:
    """To the person, with what was saved."""
    flash(message)
    return redirect(url_for(".show", number=person.id))


def asked(
    form: RoleForm | EndRoleForm, person: User, heading: str, button: str, intro: list[str] | None = None
) -> ResponseReturnValue:
    """A question page about a person."""
    return question(
        "layouts/ask.html",
        form,
        heading=heading,
        caption=person.name,
        back=url_for(".show", number=person.id),
        button=button,
        intro=intro or [],
    )
