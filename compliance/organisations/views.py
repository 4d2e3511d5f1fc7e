"""Pages about organisations and the people they name."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from compliance import clock
from compliance.conflict import Conflict
from compliance.forms import Form, question
from compliance.guard import requires
from compliance.models import Contact, Organisation
from compliance.organisations import actions, queries
from compliance.organisations.forms import ContactForm, DetailsForm, EndForm
from compliance.permissions import Permission
from compliance.rules.broken import RuleBroken
from compliance.templating import day

bp = Blueprint("organisations", __name__)


@bp.route("/organisations")
@requires(Permission.ORGANISATION_VIEW)
def index() -> ResponseReturnValue:
    """Every organisation this person sees."""
    organisations = queries.visible(Permission.ORGANISATION_VIEW, by=g.user, contacts=True)
    return render_template("organisations/index.html", organisations=organisations)


@bp.route("/organisations/<code>")
@requires(Permission.ORGANISATION_VIEW)
def show(code: str) -> ResponseReturnValue:
    """One organisation: who is named, what is above and below it."""
    organisation = queries.get_organisation(code, Permission.ORGANISATION_VIEW, by=g.user)
    today = clock.today()
    return render_template(
        "organisations/show.html",
        organisation=organisation,
        named=organisation.contacts_on(today),
        others=queries.contacts_not_on(organisation, today),
        below=queries.children(organisation, today),
    )


@bp.route("/organisations/<code>/history")
@requires(Permission.ORGANISATION_VIEW)
def history(code: str) -> ResponseReturnValue:
    """Every name, place and contact it ever had."""
    organisation = queries.get_organisation(code, Permission.ORGANISATION_VIEW, by=g.user)
    return render_template("organisations/history.html", organisation=organisation)


@bp.route("/organisations/<code>/details", methods=["GET", "POST"])
@requires(Permission.CONTACT_NAME)
def change_details(code: str) -> ResponseReturnValue:
    """Change what a statement prints about the organisation itself."""
    organisation = queries.get_organisation(code, Permission.CONTACT_NAME, by=g.user)
    form = DetailsForm(obj=organisation)
    if form.submitted_and_valid():
        try:
            actions.change_details(organisation, form.answers(), seen=form.seen(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        except Conflict as stale:
            raise stale.showing(form.differences()) from None
        else:
            return to_organisation(organisation, "Details saved")
    return asked(form, organisation, "Change the details", "Save the details")


@bp.route("/organisations/<code>/contacts/new", methods=["GET", "POST"])
@requires(Permission.CONTACT_NAME)
def name_contact(code: str) -> ResponseReturnValue:
    """Name a senior lead, a first point of contact or a confidential liaison."""
    organisation = queries.get_organisation(code, Permission.CONTACT_NAME, by=g.user)
    form = ContactForm()
    if form.submitted_and_valid():
        try:
            actions.name_contact(organisation, form.answers(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return to_organisation(organisation, "Contact saved")
    return asked(form, organisation, "Name a person or a mailbox", "Save the contact")


@bp.route("/organisations/<code>/contacts/<int:number>", methods=["GET", "POST"])
@requires(Permission.CONTACT_NAME)
def correct_contact(code: str, number: int) -> ResponseReturnValue:
    """Correct what was wrong about a person or a mailbox."""
    organisation = queries.get_organisation(code, Permission.CONTACT_NAME, by=g.user)
    contact = contact_of(organisation, number)
    form = ContactForm(obj=contact)
    if form.submitted_and_valid():
        try:
            actions.correct_contact(contact, form.answers(), seen=form.seen(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        except Conflict as stale:
            raise stale.showing(form.differences()) from None
        else:
            return to_organisation(organisation, "Contact corrected")
    intro = ["Put right what was entered wrongly. When someone takes over, end this one and name the next."]
    return asked(form, organisation, "Correct a contact", "Save the contact", intro)


@bp.route("/organisations/<code>/contacts/<int:number>/end", methods=["GET", "POST"])
@requires(Permission.CONTACT_NAME)
def end_contact(code: str, number: int) -> ResponseReturnValue:
    """End the time of a person or a mailbox in a role."""
    organisation = queries.get_organisation(code, Permission.CONTACT_NAME, by=g.user)
    contact = contact_of(organisation, number)
    form = EndForm(obj=contact)
    if form.submitted_and_valid():
        try:
            actions.end_contact(contact, form.until_on.data, seen=form.seen(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        except Conflict as stale:
            raise stale.showing(form.differences()) from None
        else:
            return to_organisation(organisation, "End saved")
    intro = [f"{contact.role.label}: {words(contact)}, from {day(contact.from_on)}."]
    return asked(form, organisation, "End a contact", "Save the end", intro)


def contact_of(organisation: Organisation, number: int) -> Contact:
    """The contact with this number within the organisation; NotFound when there is none."""
    found = next((contact for contact in organisation.contacts if contact.id == number), None)
    if found is None:
        raise NotFound
    return found


def words(contact: Contact) -> str:
    """Who a contact is, in a line."""
    return f"{contact.person or 'Shared mailbox'}, {contact.post}, {contact.email}"


def to_organisation(organisation: Organisation, message: str) -> Response:
    """Back to the organisation, with what was saved."""
    flash(message)
    return redirect(url_for("organisations.show", code=organisation.code))


def asked(
    form: Form, organisation: Organisation, heading: str, button: str, intro: list[str] | None = None
) -> ResponseReturnValue:
    """A question page about an organisation."""
    return question(
        "layouts/ask.html",
        form,
        heading=heading,
        caption=organisation.name_on(clock.today()),
        back=url_for("organisations.show", code=organisation.code),
        button=button,
        intro=intro or [],
    )
