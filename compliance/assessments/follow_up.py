"""What one year hands to the next: answers to confirm, and what became of what was to be done."""

from collections.abc import Sequence

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from compliance import frameworks
from compliance.assessments import carrying, promises, queries, returning
from compliance.assessments.forms import ConfirmForm, ReopenForm, StepForm
from compliance.checks import queries as checks
from compliance.fields import options
from compliance.forms import question
from compliance.guard import requires
from compliance.organisations.queries import get_organisation
from compliance.permissions import Permission
from compliance.rules.broken import RuleBroken
from compliance.rules.due import going_on

bp = Blueprint("follow_up", __name__)


@bp.route("/assessment/<organisation>/<period>/carry-forward", methods=["POST"])
@requires(Permission.ASSESSMENT_ANSWER)
def carry_forward(organisation: str, period: str) -> ResponseReturnValue:
    """Begin with the answers of last year."""
    place = get_organisation(organisation, Permission.ASSESSMENT_ANSWER, by=g.user)
    back = url_for("assessments.show", organisation=organisation, period=period)
    try:
        offer = carrying.carry_forward(place, queries.get_period(period), by=g.user)
    except RuleBroken as broken:
        flash(broken.message)
        return redirect(back)
    who = "answer of last year waits" if len(offer.rows) == 1 else "answers of last year wait"
    flash(" ".join([f"{len(offer.rows)} {who} to be confirmed.", *offer.left]))
    return redirect(url_for(".confirm", organisation=organisation, period=period))


@bp.route("/assessment/<organisation>/<period>/confirm", methods=["GET", "POST"])
@requires(Permission.ASSESSMENT_ANSWER)
def confirm(organisation: str, period: str) -> ResponseReturnValue:
    """Say which answers of last year still hold."""
    place = get_organisation(organisation, Permission.ASSESSMENT_ANSWER, by=g.user)
    year = queries.get_period(period)
    chosen = frameworks.everything().get(request.args.get("framework", ""))
    rows = queries.every_judgement(place.id, year.id, [chosen] if chosen else None)
    form = ConfirmForm()
    carried = offer(form, rows)
    under = request.args.get("from")
    back = url_for("assessments.show", organisation=organisation, period=period, framework=under)
    if form.submitted_and_valid():
        try:
            number = carrying.confirm(place, year, form.codes.data, by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash(f"{number} {'answer' if number == 1 else 'answers'} confirmed")
            left = len(carried) > number and not under
            return redirect(request.full_path if left else back)
    shown = {"carried": carried, "back": back, "everything": frameworks.everything(), "chosen": chosen}
    return question("follow_up/confirm.html", form, organisation=place, period=year, **shown)


def offer(form: ConfirmForm, rows: Sequence[queries.Judgement]) -> list[queries.Judgement]:
    """Offer the answers of last year, each with how it stood and why; those that are offered."""
    carried = [row for row in rows if row.carried]
    form.codes.choices = options(
        (row.requirement.code, f"{row.requirement.title} ({row.framework.short}, {row.requirement.code})")
        for row in carried
    )
    form.codes.hints = {
        row.requirement.code: f"{row.answer.standing.label}. {row.answer.note or ''}"
        for row in carried
        if row.answer
    }
    return carried


@bp.route("/assessment/<organisation>/<period>/actions")
@requires(Permission.ASSESSMENT_VIEW)
def actions_of(organisation: str, period: str) -> ResponseReturnValue:
    """Everything that was to be done, each once: of this year, of last year, and what is open of before."""
    place = get_organisation(organisation, Permission.ASSESSMENT_VIEW, by=g.user)
    year = queries.get_period(period)
    before = queries.period_before(year)
    rows = [row for row in promises.all_promised(place.id) if row.period.starts_on <= year.starts_on]
    recent = [one for one in (year, before) if one]
    groups = [
        (f"First said in {one.label}", [row for row in rows if row.period.id == one.id]) for one in recent
    ]
    ids = {one.id for one in recent}
    older = [row for row in rows if row.period.id not in ids and row.promise.is_open]
    if older:
        groups.append(("Said earlier and still open", older))
    return render_template(
        "follow_up/actions_of.html",
        organisation=place,
        period=year,
        groups=groups,
        projects=checks.promised_in(place.id),
    )


@bp.route("/assessment/<organisation>/<period>/<code>/action", methods=["GET", "POST"])
@requires(Permission.ASSESSMENT_ANSWER)
def record_step(organisation: str, period: str, code: str) -> ResponseReturnValue:
    """Record how far something is that a requirement said would be done."""
    place = get_organisation(organisation, Permission.ASSESSMENT_ANSWER, by=g.user)
    year = queries.get_period(period)
    number = request.args.get("number", type=int)
    said = promises.promised_for(place.id, code, number)
    form = StepForm()
    back = url_for(".actions_of", organisation=organisation, period=year.key)
    if form.submitted_and_valid():
        try:
            carrying.record_step(place, code, number, form.answers(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash("Saved")
            return redirect(back)
    return question(
        "layouts/ask.html",
        form,
        heading="Record how far it is",
        caption=said.requirement.title,
        back=back,
        button="Save",
        intro=[f"{going_on(said.promise.answer.fix)}. {said.promise.answer.fix_owner}."],
    )


@bp.route("/assessment/<organisation>/<period>/reopen", methods=["GET", "POST"])
@requires(Permission.RETURN_SEND)
def reopen(organisation: str, period: str) -> ResponseReturnValue:
    """Let an organisation below change its return and send it again."""
    place = get_organisation(organisation, Permission.RETURN_SEND, by=g.user)
    year, form = queries.get_period(period), ReopenForm()
    back = url_for("assessments.show", organisation=organisation, period=period)
    if form.submitted_and_valid():
        try:
            returning.reopen(place, year, form.answers(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash("Return opened again")
            return redirect(back)
    name = place.name_on(year.ends_on)
    words = {"heading": "Open a return again", "caption": f"{name}, {year.key}", "back": back}
    return question("layouts/ask.html", form, button="Open it again", **words)
