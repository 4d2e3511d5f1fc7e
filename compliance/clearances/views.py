"""Pages about people's clearances; they are shown on the record of the project."""

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from compliance.clearances import actions, queries
from compliance.clearances.forms import ChangeForm, ClearanceForm
from compliance.conflict import Conflict
from compliance.forms import Form, question
from compliance.guard import requires
from compliance.models import Project
from compliance.permissions import Permission
from compliance.projects.queries import get_project
from compliance.rules.broken import RuleBroken
from compliance.rules.clearances import forces
from compliance.templating import day

bp = Blueprint("clearances", __name__)
RECORD = Permission.APPROVAL_RECORD


@bp.route("/projects/<reference>/clearances/new", methods=["GET", "POST"])
@requires(RECORD)
def add(reference: str) -> ResponseReturnValue:
    """Record the clearance of a person."""
    project = get_project(reference, RECORD, by=g.user)
    form = ClearanceForm(data={"person": request.args.get("person", "")})
    if form.submitted_and_valid():
        try:
            actions.add_clearance(project, form.answers(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return to_project(project, "Clearance recorded")
    intro = [
        "Record what the issuing force gave. What was checked, and why one was refused, never belongs here."
    ]
    return asked(form, project, "Record a person’s clearance", "Save the clearance", intro)


@bp.route("/clearances/<int:number>", methods=["GET", "POST"])
@requires(RECORD)
def change(number: int) -> ResponseReturnValue:
    """Record who accepted a transfer, or that the person needs no access any more."""
    clearance = queries.get_clearance(number, RECORD, by=g.user)
    held = {"accepted_by": "\n".join(clearance.accepted_by), "left_on": clearance.left_on}
    form = ChangeForm(version=clearance.version, data=held)
    if form.submitted_and_valid():
        try:
            accepted = forces(form.accepted_by.data)
            actions.change_clearance(clearance, accepted, form.left_on.data, seen=form.seen(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        except Conflict as stale:
            raise stale.showing(form.differences()) from None
        else:
            return to_project(clearance.project, "Clearance changed")
    intro = [f"{clearance.level.label}, {clearance.issuing_force}, valid to {day(clearance.expires_on)}."]
    return asked(form, clearance.project, f"Clearance of {clearance.person}", "Save", intro)


def to_project(project: Project, message: str) -> ResponseReturnValue:
    """Back to the project's clearances, with what was saved."""
    flash(message)
    return redirect(url_for("projects.show", reference=project.reference, _anchor="clearances"))


def asked(form: Form, project: Project, heading: str, button: str, intro: list[str]) -> ResponseReturnValue:
    """A question page about a clearance."""
    back = url_for("projects.show", reference=project.reference)
    return question(
        "layouts/ask.html",
        form,
        heading=heading,
        caption=project.title,
        back=back,
        button=button,
        intro=intro,
    )
