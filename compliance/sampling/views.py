"""Pages about samples of approvals: drawn by a seed, looked at one by one."""

import secrets

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from compliance import clock
from compliance.downloads import KINDS, download
from compliance.fields import options
from compliance.forms import question
from compliance.guard import requires
from compliance.models import SampledApproval
from compliance.organisations.queries import get_organisation, visible
from compliance.paging import page_of
from compliance.permissions import Permission
from compliance.rules.broken import RuleBroken
from compliance.sampling import actions, queries
from compliance.sampling.forms import ResponseForm, SampleForm
from compliance.templating import day

bp = Blueprint("sampling", __name__)
DRAW, VIEW = Permission.SAMPLE_DRAW, Permission.APPROVAL_VIEW
WHY = (
    "Approvals in force today are drawn at random, to see whether research is done as it was approved. No "
    "source that we have read asks for it: it is your organisation’s own check."
)
HEADS = (
    "Place",
    "Approval",
    "Body",
    "Project",
    "Title",
    "Done as approved",
    "Conditions met",
    "Note",
    "Looked at by",
    "On",
)


@bp.route("/samples")
@requires(VIEW)
def index() -> ResponseReturnValue:
    """The samples that were drawn, the newest first, each with how far it is."""
    page = page_of(queries.samples_where(VIEW, by=g.user), request.args.get("page", 1, type=int))
    return render_template("sampling/index.html", page=page, answered=queries.answered)


@bp.route("/samples/new", methods=["GET", "POST"])
@requires(DRAW)
def draw() -> ResponseReturnValue:
    """Draw a sample."""
    form = SampleForm(data={"seed": secrets.token_hex(4), "size": "10"})
    places = [(one.code, one.name_on(clock.today())) for one in visible(DRAW, by=g.user)]
    form.organisation_code.choices = options(places, empty="Choose an organisation")
    if form.submitted_and_valid():
        try:
            at = get_organisation(form.organisation_code.data, DRAW, by=g.user)
            sample = actions.draw(at, form.answers(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash("Sample drawn")
            return redirect(url_for(".show", reference=sample.reference))
    return question(
        "layouts/ask.html",
        form,
        heading="Draw a sample of approvals",
        back=url_for(".index"),
        button="Draw the sample",
        intro=[WHY],
    )


@bp.route("/samples/<reference>")
@requires(VIEW)
def show(reference: str) -> ResponseReturnValue:
    """One sample: how it was drawn, its approvals, what was found of each."""
    sample = queries.get_sample(reference, VIEW, by=g.user)
    return render_template("sampling/show.html", sample=sample, answered=queries.answered(sample.approvals))


@bp.route(f"/samples/<reference>/sample.<{KINDS}:kind>")
@requires(VIEW)
def sheet(reference: str, kind: str) -> ResponseReturnValue:
    """A sample as a file to keep, with the answer of each approval that counts."""
    sample = queries.get_sample(reference, VIEW, by=g.user)
    return download(sample.reference.lower(), kind, HEADS, map(cells, sample.approvals))


def cells(row: SampledApproval) -> tuple[object, ...]:
    """One approval as a row of the sheet; without an answer its cells are empty."""
    approval = row.approval
    first = (row.place, approval.reference, approval.body_name, approval.project.reference)
    if not row.responses:
        return (*first, approval.project.title, *(None,) * 5)
    last = row.responses[-1]
    found = (last.protocol.label, last.conditions.label, last.note, last.responded_by.name)
    return (*first, approval.project.title, *found, clock.day_of(last.responded_at))


@bp.route("/samples/<reference>/<int:place>", methods=["GET", "POST"])
@requires(DRAW)
def respond(reference: str, place: int) -> ResponseReturnValue:
    """Record what was found of one approval of a sample."""
    sample = queries.get_sample(reference, DRAW, by=g.user)
    sampled, form = queries.one_of(sample, place), ResponseForm()
    if form.submitted_and_valid():
        try:
            actions.respond(sampled, form.answers(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash(f"What you found of {sampled.approval.reference} is recorded")
            return redirect(url_for(".show", reference=reference))
    return question(
        "layouts/ask.html",
        form,
        heading=f"{sampled.approval.body_name}, {sampled.approval.reference}",
        caption=sampled.approval.project.title,
        back=url_for(".show", reference=reference),
        button="Save what you found",
        intro=[
            f"In the sample {reference}, drawn on {day(sample.drawn_at)}. An earlier answer stays on record."
        ],
    )
