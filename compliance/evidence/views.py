"""Pages about evidence: the list, one piece with what it supports, its file."""

from flask import Blueprint, abort, flash, g, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from compliance.conflict import Conflict
from compliance.evidence import actions, queries
from compliance.evidence.forms import DescribeForm, ReplaceForm
from compliance.fields import options
from compliance.forms import question
from compliance.guard import requires, takes_files
from compliance.models import Evidence
from compliance.organisations.queries import visible
from compliance.paging import page_of
from compliance.permissions import Permission
from compliance.projects.queries import possible_leads
from compliance.rules.broken import RuleBroken

bp = Blueprint("evidence", __name__)

SHOWN = (("", "In force"), ("review-due", "Review late or due within 30 days"), ("replaced", "Replaced"))


@bp.route("/evidence")
@requires(Permission.EVIDENCE_VIEW)
def index() -> ResponseReturnValue:
    """Evidence by filter, what is to be reviewed first."""
    wanted = {name: request.args.get(name, "").strip() for name in ("show", "organisation", "q")}
    return render_template(
        "evidence/index.html",
        page=page_of(queries.evidence_where(by=g.user, **wanted), request.args.get("page", 1, type=int)),
        wanted=wanted,
        shown=SHOWN,
        organisations=visible(Permission.ORGANISATION_VIEW, by=g.user),
    )


@bp.route("/evidence/<reference>")
@requires(Permission.EVIDENCE_VIEW)
def show(reference: str) -> ResponseReturnValue:
    """One piece of evidence: what it is, what it supports, what it replaced."""
    return render_template("evidence/show.html", evidence=queries.get_evidence(reference, by=g.user))


@bp.route("/evidence/<reference>/file")
@requires(Permission.EVIDENCE_VIEW)
def download(reference: str) -> ResponseReturnValue:
    """Its file, always as a download, never shown inside the service."""
    evidence = queries.get_evidence(reference, by=g.user)
    answer = send_file(
        queries.content_of(evidence),
        mimetype=evidence.media_type,
        as_attachment=True,
        download_name=evidence.file_name,
    )
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@bp.route("/evidence/<reference>/describe", methods=["GET", "POST"])
@requires(Permission.EVIDENCE_KEEP)
def describe(reference: str) -> ResponseReturnValue:
    """Change its title, its owner or the date of its review."""
    evidence = queries.get_evidence(reference, by=g.user, to_change=True)
    form = DescribeForm(obj=evidence)
    people = {row.id: row.name for row in (evidence.owner, *possible_leads(evidence.organisation_id))}
    form.owner_id.choices = options([(str(number), name) for number, name in people.items()])
    if form.submitted_and_valid():
        owner_id, review_by_on = int(form.owner_id.data), form.review_by_on.data
        try:
            actions.describe(
                evidence,
                title=form.title.data,
                owner_id=owner_id,
                review_by_on=review_by_on,
                seen=form.seen(),
                by=g.user,
            )
        except Conflict as stale:
            raise stale.showing(form.differences()) from None
        return saved(evidence, "Changes saved")
    return asked(form, evidence, "Describe this evidence", "Save the changes")


@bp.route("/evidence/<reference>/replace", methods=["GET", "POST"])
@takes_files
@requires(Permission.EVIDENCE_KEEP)
def replace(reference: str) -> ResponseReturnValue:
    """Put a newer version in its place; the old one is kept."""
    evidence = queries.get_evidence(reference, by=g.user, to_change=True)
    form = ReplaceForm(version=evidence.version)
    if form.submitted_and_valid():
        try:
            newer = actions.replace(evidence, form.answers(evidence.title), seen=form.seen(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return saved(newer, f"{evidence.reference} is replaced and kept")
    return asked(form, evidence, "Replace this evidence", "Replace it")


@bp.route("/evidence/<reference>/uses/<int:number>/detach", methods=["POST"])
@requires(Permission.EVIDENCE_KEEP)
def detach(reference: str, number: int) -> ResponseReturnValue:
    """Say that it no longer supports one record."""
    evidence = queries.get_evidence(reference, by=g.user, to_change=True)
    uses = [use for use in evidence.uses if use.id == number]
    if not uses:
        abort(404)
    try:
        actions.detach(uses[0], by=g.user)
    except RuleBroken as broken:
        return saved(evidence, broken.message)
    return saved(evidence, "It no longer supports that record")


def saved(evidence: Evidence, message: str) -> ResponseReturnValue:
    """Back to the evidence, with what was saved."""
    flash(message)
    return redirect(url_for(".show", reference=evidence.reference))


def asked(
    form: DescribeForm | ReplaceForm, evidence: Evidence, heading: str, button: str
) -> ResponseReturnValue:
    """A question page about evidence."""
    return question(
        "layouts/ask.html",
        form,
        heading=heading,
        caption=f"{evidence.title} ({evidence.reference})",
        back=url_for(".show", reference=evidence.reference),
        button=button,
    )
