"""The page on which an exemption from publishing is recorded; it is shown on the record of the project."""

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from compliance.exemptions.actions import add_exemption
from compliance.exemptions.forms import ExemptionForm
from compliance.forms import question
from compliance.guard import requires
from compliance.permissions import Permission
from compliance.projects.queries import get_project
from compliance.rules.broken import RuleBroken

bp = Blueprint("exemptions", __name__)
RECORD = Permission.APPROVAL_RECORD


@bp.route("/projects/<reference>/exemptions/new", methods=["GET", "POST"])
@requires(RECORD)
def add(reference: str) -> ResponseReturnValue:
    """Record that a protocol or results need not be published, or not yet."""
    project, form = get_project(reference, RECORD, by=g.user), ExemptionForm()
    back = url_for("projects.show", reference=reference, _anchor="exemptions")
    if form.submitted_and_valid():
        try:
            add_exemption(project, form.answers(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash("Exemption recorded")
            return redirect(back)
    return question(
        "layouts/ask.html",
        form,
        heading="Record an exemption from publishing",
        caption=project.title,
        back=back,
        button="Save the exemption",
        intro=[
            "The reasons are our own list. An exemption stays on record and is looked at again on its day."
        ],
    )
