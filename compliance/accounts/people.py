"""Pages about one person and the roles they hold."""

from flask import Blueprint, current_app, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from compliance import clock
from compliance.accounts import actions, links, queries
from compliance.accounts.forms import EndRoleForm, PersonForm, RoleForm
from compliance.fields import options
from compliance.forms import Form, question
from compliance.guard import asks_second_factor, requires
from compliance.models import User
from compliance.organisations.queries import get_organisation, visible
from compliance.permissions import PURPOSE, Permission
from compliance.rules.broken import RuleBroken
from compliance.templating import day
from compliance.terms import LinkKind

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
            person, address = actions.add_person(form.person(), place, form.membership(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            if address is None:
                return to_person(person, f"{person.name} had an account already and now holds this role too")
            return invited(person, address)
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


def invited(person: User, address: str) -> ResponseReturnValue:
    """The page that shows an invitation this once, and says whether it went out by mail as well."""
    sent = links.send(person, LinkKind.INVITATION, address, current_app.config)
    return render_template("people/added.html", one=person, address=address, sent=sent)


@bp.route("/people/<int:number>/invite", methods=["GET", "POST"])
@requires(MANAGE)
def invite(number: int) -> ResponseReturnValue:
    """Give a person a new link with which they choose a password."""
    person = queries.get_person(number, by=g.user)
    form = Form()
    if form.submitted_and_valid() and person.active:
        try:
            return invited(person, actions.invite(person, by=g.user))
        except RuleBroken as broken:
            form.refuse(broken)
    intro = [
        "We make a link that can be used once, within 7 days. Links made before stop working.",
        "Be sure that you know who asks: whoever has the link chooses the password.",
    ]
    return asked(form, person, "Make a link for a password", "Make the link", intro)


@bp.route("/people/<int:number>/second-factor/reset", methods=["GET", "POST"])
@requires(MANAGE)
@asks_second_factor
def reset_second_factor(number: int) -> ResponseReturnValue:
    """Forget the second factor of a person who lost theirs; they set up another."""
    person = queries.get_person(number, by=g.user)
    form = Form()
    if form.submitted_and_valid():
        try:
            actions.reset_second_factor(person, by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return to_person(person, "Second factor reset")
    intro = [
        "Speak to the person first, by telephone or face to face: this is how an account is taken over.",
        "At the next sign-in they set up another one. The reset stands in the audit trail with your name.",
    ]
    return asked(form, person, "Reset the second factor", "Reset it", intro)


@bp.route("/people/<int:number>/close", methods=["GET", "POST"])
@requires(MANAGE)
def close(number: int) -> ResponseReturnValue:
    """Close the account of somebody who left."""
    person = queries.get_person(number, by=g.user)
    form = Form()
    if form.submitted_and_valid():
        try:
            actions.close_account(person, by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return to_person(person, "Account closed")
    intro = [
        "Every role ends today and nobody can sign in with this account.",
        "What was done stays in the record, with the name.",
    ]
    return asked(form, person, "Close the account", "Close the account", intro)


@bp.route("/people/<int:number>/open", methods=["GET", "POST"])
@requires(MANAGE)
def reopen(number: int) -> ResponseReturnValue:
    """Open a closed account again."""
    person = queries.get_person(number, by=g.user)
    form = Form()
    if form.submitted_and_valid():
        try:
            actions.reopen_account(person, by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return to_person(person, "Account open again. Give it a role")
    return asked(form, person, "Open the account again", "Open the account", ["It has no role at first."])


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
    form: Form, person: User, heading: str, button: str, intro: list[str] | None = None
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
