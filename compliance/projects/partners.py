"""Pages about the partners of a project: who they are, one more, one corrected."""

from flask import Blueprint, abort, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from compliance.conflict import Conflict, Difference
from compliance.forms import VersionedForm, question
from compliance.guard import requires
from compliance.models import Partner, Project
from compliance.permissions import Permission
from compliance.projects import partnering, queries
from compliance.projects.forms import PartnerForm
from compliance.terms import CharterStatus, PartnerKind

bp = Blueprint("partners", __name__, url_prefix="/projects/<reference>/partners")
REGISTER = Permission.PROJECT_REGISTER


@bp.route("", methods=["GET", "POST"])
@requires(REGISTER)
def index(reference: str) -> ResponseReturnValue:
    """Partners so far, and one more."""
    project = queries.get_project(reference, REGISTER, by=g.user)
    form = PartnerForm(version=project.version)
    if "remove" in request.form:
        return remove(project, request.form["remove"])
    if form.submitted_and_valid():
        try:
            partnering.add_partner(project, form.answers(), seen=form.seen(), by=g.user)
        except Conflict as stale:
            raise stale.showing((Difference("Partners", named(project), form.name.data),)) from None
        flash("Partner added")
        return redirect(url_for(".index", reference=reference))
    return question("projects/partners.html", form, project=project)


def remove(project: Project, number: str) -> ResponseReturnValue:
    """Remove the partner whose button was pressed; 404 when it is not one of this project."""
    partner, seen = found(project, number), VersionedForm().seen()
    try:
        partnering.remove_partner(project, partner, seen=seen, by=g.user)
    except Conflict as stale:
        raise stale.showing((Difference("Partners", named(project), f"Without {partner.name}"),)) from None
    flash("Partner removed")
    return redirect(url_for(".index", reference=project.reference))


@bp.route("/<int:number>", methods=["GET", "POST"])
@requires(REGISTER)
def change(reference: str, number: int) -> ResponseReturnValue:
    """Correct one partner."""
    project = queries.get_project(reference, REGISTER, by=g.user)
    partner = found(project, str(number))
    form = PartnerForm(version=project.version)
    form.fill(partner)
    if form.submitted_and_valid():
        try:
            partnering.change_partner(project, partner, form.answers(), seen=form.seen(), by=g.user)
        except Conflict as stale:
            theirs = words_of(partner.kind, partner.name, partner.charter)
            raise stale.showing((Difference("Partner", theirs, words_of(**form.answers())),)) from None
        flash("Partner changed")
        return redirect(url_for(".index", reference=reference))
    return question(
        "layouts/ask.html",
        form,
        heading="Change a partner",
        caption=project.title,
        back=url_for(".index", reference=reference),
    )


def found(project: Project, number: str) -> Partner:
    """The partner of a project with this number; 404 when it has none."""
    return next((row for row in project.partners if str(row.id) == number), None) or abort(404)


def named(project: Project) -> str:
    """The partners of a project as they are now."""
    return "; ".join(row.name for row in project.partners)


def words_of(kind: PartnerKind, name: str, charter: CharterStatus | None) -> str:
    """A partner in one line."""
    return ", ".join([name, kind.label, *([f"charter: {charter.label.lower()}"] if charter else [])])
