"""Pages about checks."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from compliance import frameworks
from compliance.checks import actions, queries
from compliance.checks.forms import AnswerForm, StepForm
from compliance.conflict import Conflict
from compliance.evidence.queries import offered, uses_of
from compliance.expected.queries import wordings
from compliance.forms import question
from compliance.guard import may, requires, takes_files
from compliance.models import Answer, Check, EvidenceUse
from compliance.permissions import Permission
from compliance.projects.queries import answers_of, get_project
from compliance.reviews.queries import checks_of, in_review
from compliance.rules.broken import RuleBroken
from compliance.rules.evidence import supported

bp = Blueprint("checks", __name__)


@bp.route("/projects/<reference>/checks/<code>", methods=["GET", "POST"])
@takes_files
@requires(Permission.PROJECT_VIEW)
def show(reference: str, code: str) -> ResponseReturnValue:
    """One requirement for one project: what is expected, the answer, those before it."""
    project = get_project(reference, Permission.PROJECT_VIEW, by=g.user)
    check = queries.get_check(project, code)
    earlier = answers_of(check.id)
    form = AnswerForm(version=check.version, data=begun(earlier))
    form.offer_evidence(offered(project.organisation_id))
    if form.is_submitted():
        refuse_without_permission(reference)
    if form.submitted_and_valid():
        try:
            actions.answer_check(check, form.answers(), form.evidence(), seen=form.seen(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        except Conflict:
            return both_versions(check, form)
        else:
            flash("Answer saved")
            following = queries.next_unanswered(project, code)
            if following is not None:
                return redirect(url_for(".show", reference=reference, code=following.requirement_code))
            return redirect(url_for("projects.show", reference=reference))
    framework = frameworks.get(check.framework)
    return question(
        "checks/show.html",
        form,
        project=project,
        check=check,
        requirement=framework.requirement(code),
        framework=framework,
        earlier=earlier,
        supported=supported(earlier, uses_of(EvidenceUse.check_id, [check.id])),
        following=queries.next_unanswered(project, code),
        agrees=wordings().get(code),
        promises=[row.promise for row in queries.promised_where(Check.id == check.id)],
        review=in_review(checks_of(project.id), code),
    )


def both_versions(check: Check, form: AnswerForm) -> ResponseReturnValue:
    """What was saved meanwhile beside what was entered, which may now be saved knowingly."""
    form.version.data = check.version
    theirs = next(iter(answers_of(check.id)), None)
    requirement = frameworks.get(check.framework).requirement(check.requirement_code)
    page = render_template(
        "checks/conflict.html", check=check, form=form, theirs=theirs, requirement=requirement
    )
    return page, 409


def refuse_without_permission(reference: str) -> None:
    """Turn away who may answer no check (403), or none of this project's (404)."""
    if not may(Permission.CHECK_ANSWER):
        abort(403)
    get_project(reference, Permission.CHECK_ANSWER, by=g.user)


def begun(earlier: Sequence[Answer]) -> dict[str, Any]:
    """What the form begins with: the latest answer, so that changing it loses none of its words."""
    if not earlier:
        return {}
    words = {name: getattr(earlier[0], name) for name in ("note", "fix", "fix_owner", "fix_due_on")}
    return {"standing": earlier[0].standing.value, **words}


@bp.route("/projects/<reference>/checks/<code>/action", methods=["GET", "POST"])
@requires(Permission.CHECK_ANSWER)
def record_step(reference: str, code: str) -> ResponseReturnValue:
    """Record how far something is that a check said would be done."""
    project = get_project(reference, Permission.CHECK_ANSWER, by=g.user)
    check = queries.get_check(project, code)
    number = request.args.get("number", type=int)
    promise = queries.promised_for(check, number)
    form = StepForm()
    back = url_for(".show", reference=reference, code=code)
    if form.submitted_and_valid():
        try:
            actions.record_step(check, number, form.answers(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash("Saved")
            return redirect(back)
    return question(
        "layouts/ask.html",
        form,
        heading="Record how far it is",
        caption=project.title,
        back=back,
        button="Save",
        intro=[f"{promise.answer.fix}. {promise.answer.fix_owner}."],
    )
