"""Pages about an organisation's assessment of itself, and its return."""

from collections.abc import Sequence

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from compliance import clock, frameworks
from compliance.assessments import actions, overview, queries, returning
from compliance.assessments.asked import of_funders
from compliance.assessments.forms import EvidenceForm, JudgementForm, SendForm
from compliance.assessments.opened import first_return, is_open
from compliance.assessments.places import places
from compliance.assessments.queries import FRAMEWORK
from compliance.assessments.record import Record, get_record
from compliance.conflict import Conflict
from compliance.days import asked_day
from compliance.evidence.queries import offered
from compliance.forms import question
from compliance.frameworks.schema import Framework
from compliance.guard import requires, takes_files
from compliance.models import Organisation, ReportingPeriod
from compliance.organisations.queries import get_organisation, held_of, holds, parent_on
from compliance.permissions import Permission
from compliance.reviews.queries import marks_of_assessments, reviews_of
from compliance.rules.assessments import (
    owes_return,
    retired,
    return_blockers,
    return_state,
    return_warnings,
)
from compliance.rules.broken import RuleBroken
from compliance.rules.checks import count
from compliance.terms import Standing

bp = Blueprint("assessments", __name__)


@bp.route("/assessment")
@requires(Permission.ASSESSMENT_VIEW)
def index() -> ResponseReturnValue:
    """Every organisation with its counts and its return, for a chosen period; one goes straight there."""
    key = request.args.get("period", "").strip()
    period = queries.get_period(key) if key else queries.current_period(clock.today())
    found = places(period, by=g.user) if period else []
    if period and len(found) == 1:
        return redirect(url_for(".show", organisation=found[0].organisation.code, period=period.key))
    return render_template("assessments/index.html", period=period, periods=queries.periods(), places=found)


@bp.route("/assessment/<organisation>/<period>")
@requires(Permission.ASSESSMENT_VIEW)
def show(organisation: str, period: str) -> ResponseReturnValue:
    """One assessment by commitment: how far it is, what comes next."""
    place = get_organisation(organisation, Permission.ASSESSMENT_VIEW, by=g.user)
    periods = queries.periods()
    year = queries.period_of(periods, period)
    before = next((row for row in periods if row.ends_on < year.starts_on), None)
    return render_template(
        "assessments/show.html",
        organisation=place,
        period=year,
        periods=periods,
        shown=overview.SHOWN,
        **judged(place, year, before, request.args.get("show", "").strip()),
        **beside(place, year),
        **standing_of_return(place, year),
    )


def judged(
    place: Organisation, year: ReportingPeriod, before: ReportingPeriod | None, show: str
) -> dict[str, object]:
    """The judgements of a year beside those of the year before, by the headings of the chosen framework."""
    framework = chosen_framework()
    asked = asked_day("as_at")
    every = queries.every_judgement(place.id, year.id, as_at=asked.until, evidence=False)
    earlier = queries.every_judgement(place.id, before.id, evidence=False) if before else []
    rows = [row for row in every if row.framework is framework]
    return {
        "framework": framework,
        "under": None if framework.key == FRAMEWORK else framework.key,
        "progress": overview.progress(every),
        "ended": retired(framework.in_force_until, year.starts_on),
        "before": before,
        "show": show,
        "as_at": asked.on,
        "days": [asked],
        "groups": overview.by_commitment(framework, rows, earlier, show),
        "total": count(row.standing for row in rows),
        "following": overview.next_to_judge(rows),
        "carried": sum(row.carried for row in every),
        "offer": overview.offer_of(every, earlier, year.starts_on),
        "not_funder": pays_for_none(rows, framework),
        "follows": overview.following_from(every, rows),
    }


def pays_for_none(rows: Sequence[queries.Judgement], framework: Framework) -> int:
    """How many duties of funders do not bind, since none of them is among these rows."""
    codes = {row.requirement.code for row in rows}
    return sum(row.code not in codes for row in of_funders(framework))


def chosen_framework() -> Framework:
    """The framework of the address; without one, the edition that organisations assess themselves against."""
    key = request.args.get("framework", "")
    return frameworks.everything().get(key) or frameworks.get(FRAMEWORK)


def beside(place: Organisation, year: ReportingPeriod) -> dict[str, object]:
    """What stands beside each judgement: its evidence, its review, and how many answers may be sent.

    What is not confirmed is no answer.
    """
    asked, marks = asked_day("as_at"), marks_of_assessments(place.id, year.id)
    return {
        "evidence": {row.requirement_code: row.supported(asked.until) for row in marks},
        **reviews_of([row for row in marks if row.confirmed], asked.on),
    }


def standing_of_return(place: Organisation, year: ReportingPeriod) -> dict[str, object]:
    """The return, where it stands (None when none is owed), and whether this person may judge or send."""
    first = first_return(place.id, year.id)
    reopened = first.reopenings[-1] if first is not None and is_open(first) else None
    sent = None if reopened else first
    above = parent_on(place, min(clock.today(), year.ends_on))
    owed = owes_return(place.returns_from_on, year.ends_on)
    mine = held_of(place, Permission.ASSESSMENT_ANSWER, Permission.RETURN_SEND, by=g.user)
    state = return_state(sent=sent is not None, due_on=year.returns_due_on, on=clock.today())
    return {
        "sent": sent,
        "state": state if owed or sent else None,
        "reopened": reopened,
        "may_reopen": above is not None and holds(above, Permission.RETURN_SEND, by=g.user),
        "may_judge": Permission.ASSESSMENT_ANSWER in mine,
        "may_send": owed and Permission.RETURN_SEND in mine,
    }


@bp.route("/assessment/<organisation>/<period>/<code>", methods=["GET", "POST"])
@takes_files
@requires(Permission.ASSESSMENT_VIEW)
def requirement(organisation: str, period: str, code: str) -> ResponseReturnValue:
    """One requirement: what is expected, last year's answer, the judgement, those before it."""
    record = get_record(organisation, period, code, by=g.user)
    last_year = request.args.get("words") == "last-year"
    form = JudgementForm(version=record.version, data=record.filled(from_last_year=last_year))
    form.offer_evidence(offered(record.organisation.id))
    if form.is_submitted() and not record.may_judge:
        abort(403)
    if form.submitted_and_valid():
        try:
            actions.judge(
                record.organisation,
                record.period,
                code,
                form.answers(),
                form.evidence(),
                seen=form.seen(),
                by=g.user,
            )
        except RuleBroken as broken:
            form.refuse(broken)
        except Conflict:
            return both_versions(get_record(organisation, period, code, by=g.user), form)
        else:
            return onwards(record)
    return question("assessments/requirement.html", form, record=record)


def both_versions(record: Record, form: JudgementForm) -> ResponseReturnValue:
    """What was saved meanwhile beside what was entered, which may now be saved knowingly."""
    form.version.data = record.version
    return render_template("assessments/conflict.html", record=record, form=form), 409


def onwards(record: Record) -> ResponseReturnValue:
    """On to the next requirement to judge, or back to the assessment when none is left."""
    organisation, period = record.organisation.code, record.period.key
    if record.following is None:
        flash("Judgement saved. Every other requirement is judged")
        return redirect(url_for(".show", organisation=organisation, period=period, framework=record.under))
    flash(f"Judgement of “{record.requirement.title}” saved")
    code = record.following.requirement.code
    return redirect(url_for(".requirement", organisation=organisation, period=period, code=code))


@bp.route("/assessment/<organisation>/<period>/<code>/evidence", methods=["GET", "POST"])
@takes_files
@requires(Permission.ASSESSMENT_ANSWER)
def add_evidence(organisation: str, period: str, code: str) -> ResponseReturnValue:
    """Add a link to what supports the judgement."""
    record = get_record(organisation, period, code, by=g.user)
    if not record.may_judge:
        abort(403)
    back = url_for(".requirement", organisation=organisation, period=period, code=code)
    form = EvidenceForm()
    form.offer_evidence(offered(record.organisation.id))
    if form.submitted_and_valid():
        try:
            actions.add_evidence(record.organisation, record.period, code, form.evidence(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash("Evidence added")
            return redirect(back)
    return question("assessments/add_evidence.html", form, caption=record.requirement.title, back=back)


@bp.route("/assessment/<organisation>/<period>/return", methods=["GET", "POST"])
@requires(Permission.RETURN_SEND)
def send_return(organisation: str, period: str) -> ResponseReturnValue:
    """What stops the return, a last look, sending it, and the confirmation."""
    place = get_organisation(organisation, Permission.RETURN_SEND, by=g.user)
    year = queries.get_period(period)
    form = SendForm()
    if form.submitted_and_valid():
        try:
            returning.send_return(place, year, by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return redirect(url_for(".send_return", organisation=organisation, period=period))
    return question(
        "assessments/send_return.html",
        form,
        organisation=place,
        period=year,
        sent=queries.sent_return(place.id, year.id),
        **stops_of_return(place, year),
    )


def stops_of_return(place: Organisation, year: ReportingPeriod) -> dict[str, object]:
    """What stops the return, what it may go without, and the judgements that it sends."""
    every = queries.every_judgement(place.id, year.id)
    ready = overview.readiness(place, year, every)
    framework = frameworks.get(FRAMEWORK)
    rows = [row for row in every if row.framework is framework]
    return {
        "blockers": return_blockers(ready),
        "warnings": return_warnings(ready),
        "to_judge": [row.requirement for row in rows if row.standing is Standing.NOT_ASSESSED],
        "groups": overview.by_commitment(framework, rows, [], ""),
    }
