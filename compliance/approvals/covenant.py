"""Pages about the principles of the AI Covenant: each is rated on a page of its own."""

from flask import Blueprint, abort, g, redirect, url_for
from flask.typing import ResponseReturnValue

from compliance.approvals import queries
from compliance.approvals.covenant_forms import RatingForm
from compliance.approvals.rating import rate as rate_principle
from compliance.evidence.queries import offered
from compliance.forms import question
from compliance.guard import requires, takes_files
from compliance.permissions import Permission
from compliance.rules.broken import RuleBroken
from compliance.rules.covenant import COVENANT
from compliance.terms import Principle

bp = Blueprint("covenant", __name__, url_prefix="/approvals/<reference>/principles")
RECORD = Permission.APPROVAL_RECORD


@bp.route("/<principle>", methods=["GET", "POST"])
@requires(RECORD)
@takes_files
def rate(reference: str, principle: str) -> ResponseReturnValue:
    """Rate one principle, with the evidence that shows it."""
    approval = queries.get_approval(reference, RECORD, by=g.user)
    if approval.body_key != COVENANT or principle not in set(Principle):
        abort(404)
    chosen = Principle(principle)
    held = queries.ratings_of(approval.project_id).get(approval.id, {}).get(chosen)
    form = RatingForm(version=approval.version, obj=held)
    form.offer_evidence(offered(approval.organisation_id))
    if form.submitted_and_valid():
        try:
            rate_principle(approval, form.answers(chosen), form.evidence(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return redirect(url_for("approvals.show", reference=reference, _anchor="principles"))
    return question("approvals/rate_principle.html", form, approval=approval, principle=chosen, held=held)
