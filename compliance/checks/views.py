"""Pages about checks."""

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from compliance.checks import actions, promises, queries
from compliance.checks.forms import AnswerForm, StepForm
from compliance.checks.record import Record, around, get_record
from compliance.conflict import Conflict
from compliance.evidence.queries import offered
from compliance.expected.queries import wordings
from compliance.forms import question
from compliance.guard import may, requires, takes_files
from compliance.paging import slice_of
from compliance.permissions import Permission
from compliance.projects.queries import get_with
from compliance.rules.broken import RuleBroken
from compliance.rules.due import going_on

bp = Blueprint("checks", __name__)
TOLD = 10  # answers on one page


@bp.route("/projects/<reference>/checks/<code>", methods=["GET", "POST"])
@takes_files
@requires(Permission.PROJECT_VIEW)
def show(reference: str, code: str) -> ResponseReturnValue:
    """One requirement for one project: what is expected, the answer, those before it."""
    saving = request.method == "POST" and may(Permission.CHECK_ANSWER)
    needed = Permission.CHECK_ANSWER if saving else Permission.PROJECT_VIEW
    record = get_record(reference, code, needed, by=g.user, whole=not saving)
    if request.method == "POST" and not saving:
        abort(403)
    form = AnswerForm(version=record.version, data={} if saving else record.begun)
    if form.submitted_and_valid():
        # Asked before the save, after which everything would be read afresh.
        onwards = address_after(record)
        try:
            save(record, form)
        except RuleBroken as broken:
            form.refuse(broken)
        except Conflict:
            return both_versions(record, form)
        else:
            flash("Answer saved")
            return redirect(onwards)
    form.offer_evidence(offered(record.project.organisation_id))
    agrees = wordings().get(code)
    page = slice_of(record.earlier, request.args.get("page", 1, type=int), size=TOLD)
    return question("checks/show.html", form, record=record, agrees=agrees, page=page, **around(record))


def save(record: Record, form: AnswerForm) -> None:
    """Save what was entered, as the first answer if need be; raises RuleBroken or Conflict."""
    new, evidence = form.answers(), form.evidence()
    if record.check is None:
        actions.answer_unasked(record.project, record.code, new, evidence, by=g.user)
    else:
        actions.answer_check(record.check, new, evidence, seen=form.seen(), by=g.user)


def address_after(record: Record) -> str:
    """The next that the project is asked for; what it was not asked for leads back to the standing."""
    reference = record.project.reference
    if not record.asked:
        return url_for("project_standing.show", reference=reference)
    if record.following is not None:
        return url_for(".show", reference=reference, code=record.following)
    return url_for("projects.show", reference=reference)


def both_versions(record: Record, form: AnswerForm) -> ResponseReturnValue:
    """What was saved meanwhile beside what was entered, which may now be saved knowingly."""
    check = queries.find_check(record.project.id, record.code)
    if check is None:
        abort(404)
    form.version.data = check.version
    form.offer_evidence(offered(check.organisation_id))
    theirs = queries.latest_answer(check.id)
    page = render_template(
        "checks/conflict.html", check=check, form=form, theirs=theirs, requirement=record.requirement
    )
    return page, 409


@bp.route("/projects/<reference>/checks/<code>/action", methods=["GET", "POST"])
@requires(Permission.CHECK_ANSWER)
def record_step(reference: str, code: str) -> ResponseReturnValue:
    """Record how far something is that a check said would be done."""
    project = get_with(reference, Permission.CHECK_ANSWER, by=g.user)
    check = queries.get_check(project, code)
    number = request.args.get("number", type=int)
    promise = promises.promised_for(check, number)
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
        intro=[f"{going_on(promise.answer.fix)}. {promise.answer.fix_owner}."],
    )
