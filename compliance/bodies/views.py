"""Pages about bodies: the catalogue, one body with its words and clocks, and those that organisations add."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from compliance import clock, frameworks
from compliance.bodies import actions, queries
from compliance.bodies.forms import WORDED, AddBodyForm, BodyForm
from compliance.conflict import Conflict
from compliance.fields import options
from compliance.forms import VersionedForm, question
from compliance.guard import requires
from compliance.models import OwnBody
from compliance.organisations.queries import get_organisation, visible
from compliance.permissions import Permission
from compliance.rules.broken import RuleBroken
from compliance.terms import Outcome

bp = Blueprint("bodies", __name__)
KEEP, VIEW = Permission.BODY_KEEP, Permission.APPROVAL_VIEW
NONE_OF_THEM = "None of them: it stands beside"


@bp.route("/bodies")
@requires(VIEW)
def index() -> ResponseReturnValue:
    """Every body of the catalogue by kind, and those that organisations added."""
    kinds: dict[str, list[object]] = {}
    for body in frameworks.bodies().values():
        kinds.setdefault(body.kind, []).append(body)
    return render_template("bodies/index.html", kinds=kinds.items(), own=queries.own_bodies(VIEW, by=g.user))


@bp.route("/bodies/<key>")
@requires(VIEW)
def show(key: str) -> ResponseReturnValue:
    """One body: whether it binds, its words and ours, its clocks in force and those that ended."""
    own = None if key in frameworks.bodies() else queries.get_own_body(key, VIEW, by=g.user)
    body = queries.as_body(own) if own else frameworks.body(key)
    today = clock.today()
    ended = [row for row in body.clocks if row.in_force_until and row.in_force_until < today]
    return render_template(
        "bodies/show.html",
        body=body,
        own=own,
        words=[(word.own, Outcome(word.outcome)) for word in body.words],
        clocks=[row for row in body.clocks if row not in ended],
        ended=ended,
    )


@bp.route("/bodies/new", methods=["GET", "POST"])
@requires(KEEP)
def add() -> ResponseReturnValue:
    """Add a body of one's own organisation."""
    form = AddBodyForm()
    places = [(one.code, one.name_on(clock.today())) for one in visible(KEEP, by=g.user)]
    form.organisation_code.choices = options(places, empty="Choose an organisation")
    offer_places(form)
    if form.submitted_and_valid():
        organisation = get_organisation(form.organisation_code.data, KEEP, by=g.user)
        try:
            body = actions.add_body(organisation, form.answers(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return saved(body, "Body added")
    return asked(form, "Add a body", url_for(".index"), "Add the body")


@bp.route("/bodies/<key>/change", methods=["GET", "POST"])
@requires(KEEP)
def change(key: str) -> ResponseReturnValue:
    """Change what is said of a body."""
    body = queries.get_own_body(key, KEEP, by=g.user)
    form = BodyForm(version=body.version, data=held(body))
    offer_places(form)
    if form.submitted_and_valid():
        try:
            actions.change_body(body, form.answers(), seen=form.seen(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        except Conflict as stale:
            raise stale.showing(form.differences()) from None
        else:
            return saved(body, "Body changed")
    return asked(form, f"Change {body.name}", url_for(".show", key=key), "Save the changes")


@bp.route("/bodies/<key>/retire", methods=["GET", "POST"])
@requires(KEEP)
def retire(key: str) -> ResponseReturnValue:
    """No longer offer a body."""
    body = queries.get_own_body(key, KEEP, by=g.user)
    form = VersionedForm(version=body.version)
    if form.submitted_and_valid():
        try:
            actions.retire_body(body, seen=form.seen(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return saved(body, "This body is no longer offered")
    intro = ["New approvals can no longer choose it. Approvals that it has stay as they are."]
    return asked(form, f"No longer offer {body.name}", url_for(".show", key=key), "Stop offering it", intro)


def held(body: OwnBody) -> dict[str, object]:
    """What a body says now, by the names of the form."""
    words = {one.value: body.words.get(one.value) for one in WORDED}
    return {
        "name": body.name,
        "stands_for": body.stands_for or "",
        "binding": "yes" if body.binding else "no",
        "usual_days": str(body.usual_days or ""),
        "note": body.note,
        "validity": body.validity or "",
        "questions": "\n".join(row["label"] for row in body.questions),
        **words,
    }


def offer_places(form: BodyForm) -> None:
    """Offer the bodies of the catalogue whose place it may take."""
    bodies = [(body.key, body.name) for body in frameworks.bodies().values()]
    form.stands_for.choices = options(bodies, empty=NONE_OF_THEM)


def saved(body: OwnBody, message: str) -> ResponseReturnValue:
    """Back to the body, with what was saved."""
    flash(message)
    return redirect(url_for("bodies.show", key=body.key))


def asked(
    form: VersionedForm, heading: str, back: str, button: str, intro: list[str] | None = None
) -> ResponseReturnValue:
    """A question page about a body."""
    return question("layouts/ask.html", form, heading=heading, back=back, button=button, intro=intro or [])
