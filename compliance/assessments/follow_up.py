"""What one year hands to the next: answers to confirm, and what became of what was to be done."""

from collections.abc import Sequence

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from compliance.assessments import actions, promises, queries
from compliance.assessments.forms import ConfirmForm, StepForm
from compliance.fields import options
from compliance.forms import question
from compliance.guard import requires
from compliance.organisations.queries import get_organisation
from compliance.permissions import Permission
from compliance.rules.broken import RuleBroken

bp = Blueprint("follow_up", __name__)


@bp.route("/assessment/<organisation>/<period>/carry-forward", methods=["POST"])
@requires(Permission.ASSESSMENT_ANSWER)
def carry_forward(organisation: str, period: str) -> ResponseReturnValue:
    """Begin with the answers of last year."""
    place = get_organisation(organisation, Permission.ASSESSMENT_ANSWER, by=g.user)
    try:
        number = actions.carry_forward(place, queries.get_period(period), by=g.user)
    except RuleBroken as broken:
        flash(broken.message)
        return redirect(url_for("assessments.show", organisation=organisation, period=period))
    flash(f"{number} answers of last year wait to be confirmed")
    return redirect(url_for(".confirm", organisation=organisation, period=period))


@bp.route("/assessment/<organisation>/<period>/confirm", methods=["GET", "POST"])
@requires(Permission.ASSESSMENT_ANSWER)
def confirm(organisation: str, period: str) -> ResponseReturnValue:
    """Say which answers of last year still hold."""
    place = get_organisation(organisation, Permission.ASSESSMENT_ANSWER, by=g.user)
    year = queries.get_period(period)
    carried = [row for row in queries.judgements(place.id, year.id) if row.carried]
    form = ConfirmForm()
    offer(form, carried)
    back = url_for("assessments.show", organisation=organisation, period=period)
    if form.submitted_and_valid():
        try:
            number = actions.confirm(place, year, form.codes.data, by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash(f"{number} {'answer' if number == 1 else 'answers'} confirmed")
            left = len(carried) > number and not request.args.get("from")
            return redirect(request.path if left else back)
    return question(
        "follow_up/confirm.html", form, organisation=place, period=year, carried=carried, back=back
    )


def offer(form: ConfirmForm, carried: Sequence[queries.Judgement]) -> None:
    """Offer the answers of last year, each with how it stood and why."""
    form.codes.choices = options(
        (row.requirement.code, f"{row.requirement.title} ({row.requirement.code})") for row in carried
    )
    form.codes.hints = {
        row.requirement.code: f"{row.answer.standing.label}. {row.answer.note or ''}"
        for row in carried
        if row.answer
    }


@bp.route("/assessment/<organisation>/<period>/actions")
@requires(Permission.ASSESSMENT_VIEW)
def actions_of(organisation: str, period: str) -> ResponseReturnValue:
    """Everything that was to be done, of this year and of last year, and what became of it."""
    place = get_organisation(organisation, Permission.ASSESSMENT_VIEW, by=g.user)
    year = queries.get_period(period)
    before = queries.period_before(year)
    years = [(one, promises.promised(place.id, one.id)) for one in (year, before) if one]
    return render_template("follow_up/actions_of.html", organisation=place, period=year, years=years)


@bp.route("/assessment/<organisation>/<period>/<code>/action", methods=["GET", "POST"])
@requires(Permission.ASSESSMENT_ANSWER)
def record_step(organisation: str, period: str, code: str) -> ResponseReturnValue:
    """Record how far something that was to be done is."""
    place = get_organisation(organisation, Permission.ASSESSMENT_ANSWER, by=g.user)
    year = queries.get_period(period)
    promised = promises.promise(place.id, year.id, code)
    form = StepForm()
    back = url_for(".actions_of", organisation=organisation, period=period)
    if form.submitted_and_valid():
        try:
            actions.record_step(place, year, code, form.answers(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash("Saved")
            return redirect(back)
    return question(
        "layouts/ask.html",
        form,
        heading="Record how far it is",
        caption=promised.requirement.title,
        back=back,
        button="Save",
        intro=[f"{promised.answer.fix}. {promised.answer.fix_owner}."] if promised.answer else [],
    )
