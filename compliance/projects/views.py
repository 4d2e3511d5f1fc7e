"""Pages about projects: the list, one record, what happens to it."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from compliance import clock, frameworks
from compliance.approvals.queries import all_facts, covenants_of
from compliance.areas.queries import area_with
from compliance.assessments import queries as assessments
from compliance.clearances.queries import clearances_of
from compliance.days import asked_day
from compliance.errors import failed
from compliance.evidence.queries import of_project
from compliance.forms import question
from compliance.guard import requires
from compliance.models import Project, ReportingPeriod
from compliance.organisations.queries import places
from compliance.paging import page_of
from compliance.permissions import Permission
from compliance.projects import fieldwork, queries
from compliance.projects.forms import PlanStartForm, RecordEndForm, RecordStartForm
from compliance.projects.history import history
from compliance.projects.needed import needed
from compliance.projects.register import ALARM, SHOWN, Wanted, projects_where, told_of_each
from compliance.projects.standing import FRAMEWORK, checks_at
from compliance.projects.story import story
from compliance.projects.tasks import involved
from compliance.projects.timeline import timeline
from compliance.projects.wanted import wanted_approvals
from compliance.rules import approvals as approval_rules
from compliance.rules.broken import RuleBroken
from compliance.rules.periods import years
from compliance.terms import EnduringChallenge, ProjectState, Stage, Tier

bp = Blueprint("projects", __name__)

# Of what was recorded about a project, so many events are read unless the address asks for the whole.
NEWEST, WHOLE = 60, "whole"


@bp.route("/projects")
@requires(Permission.PROJECT_VIEW)
def index() -> ResponseReturnValue:
    """Projects by filter, those with an exception first."""
    periods = assessments.periods()
    wanted = wanted_of(request.args, periods)
    found = projects_where(Permission.PROJECT_VIEW, wanted)
    number = request.args.get("page", 1, type=int)
    page = page_of(told_of_each(), number, keys=found.ids, first=ALARM, me=g.user.id)
    return render_template(
        "projects/index.html",
        page=page,
        states={project.id: fieldwork.state_of(project) for project in page.rows},
        wanted=wanted,
        narrowed=wanted != Wanted(),
        words=words_of(wanted),
        shown=SHOWN,
        periods=periods,
        tiers=Tier,
        stages=Stage,
        challenges=EnduringChallenge,
        area=area_with(wanted.serves),
        organisations=places(Permission.PROJECT_VIEW, by=g.user),
    )


def wanted_of(given: Mapping[str, str], periods: Sequence[ReportingPeriod]) -> Wanted:
    """The filter in an address; a period that does not exist narrows nothing."""
    names = ("show", "organisation", "tier", "stage", "q", "commitment", "serves")
    return Wanted(
        **{name: given.get(name, "").strip() for name in names},
        period=next((row for row in periods if row.key == given.get("period")), None),
        returned=bool(given.get("returned")),
    )


def words_of(wanted: Wanted) -> list[str]:
    """What the list shows, in words beside its count."""
    found = [label for _group, rows in SHOWN for value, label in rows if value == wanted.show]
    headings = frameworks.get(FRAMEWORK).headings
    found += [f"Commitment {row.number}" for row in headings if row.code == wanted.commitment]
    if wanted.period:
        found.append(years(wanted.period))
        if wanted.returned:
            found.append("Organisations with a missing return left out")
    return found


@bp.route("/projects/<reference>")
@requires(Permission.PROJECT_VIEW)
def show(reference: str) -> ResponseReturnValue:
    """One project: what is wrong, its approvals, its checks, its history."""
    project = queries.get_project(reference, Permission.PROJECT_VIEW, by=g.user)
    today = clock.today()
    standing = fieldwork.state_of(project)
    known = all_facts(project.approvals)
    asked = asked_day("as_at")
    return render_template(
        "projects/show.html",
        project=project,
        state=standing,
        missing=approval_rules.start_blockers(known, today) if standing is ProjectState.FIELDWORK else (),
        blockers=approval_rules.start_blockers(known, today) if standing is ProjectState.PLANNED else (),
        **needed(project, today),
        covenants=covenants_of(project),
        clearances=clearances_of(project.id),
        **checks_at(project.id, asked.on),
        days=[asked],
        expected={entry.body_key for entry in wanted_approvals(project)},
        involved=involved(project),
        **told(project),
    )


def told(project: Project) -> dict[str, object]:
    """What happened to a project, what is to come, and what supports it; what is old only when asked for."""
    today = clock.today()
    newest = None if request.args.get("timeline") == WHOLE else NEWEST
    recorded = history(project, newest)
    return {
        "picture": timeline(project, today),
        "story": story(project, recorded.told, today),
        "older": recorded.more,
        "evidence": of_project(project.id, by=g.user),
    }


@bp.route("/projects/<reference>/plan-start", methods=["GET", "POST"])
@requires(Permission.PROJECT_REGISTER)
def plan_start(reference: str) -> ResponseReturnValue:
    """Plan the start of fieldwork; refused while something binding is missing."""
    project = queries.get_project(reference, Permission.PROJECT_REGISTER, by=g.user)
    if refused := not_startable(project):
        return refused
    form = PlanStartForm(version=project.version)
    on = form.start_on.data if form.is_submitted() else None
    missing = approval_rules.start_blockers(all_facts(project.approvals, on), on or clock.today())
    if form.submitted_and_valid():
        try:
            fieldwork.plan_start(project, form.start_on.data, seen=form.seen(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return saved(project, "Start planned")
    intro = [
        "A start can be planned once every binding body has decided and each condition before it is met."
    ]
    return asked(form, project, "Plan the start of fieldwork", "Save the planned start", intro, missing)


@bp.route("/projects/<reference>/record-start", methods=["GET", "POST"])
@requires(Permission.PROJECT_REGISTER)
def record_start(reference: str) -> ResponseReturnValue:
    """Record that fieldwork has begun, truthfully."""
    project = queries.get_project(reference, Permission.PROJECT_REGISTER, by=g.user)
    if refused := not_startable(project):
        return refused
    form = RecordStartForm(version=project.version)
    on = form.start_on.data if form.is_submitted() else None
    missing = approval_rules.start_blockers(all_facts(project.approvals, on), on or clock.today())
    if form.submitted_and_valid():
        try:
            fieldwork.record_start(project, form.start_on.data, form.reason.data, seen=form.seen(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return saved(project, "Start recorded")
    return asked(form, project, "Record that fieldwork has begun", "Save the start", [], missing)


@bp.route("/projects/<reference>/end", methods=["GET", "POST"])
@requires(Permission.PROJECT_REGISTER)
def record_end(reference: str) -> ResponseReturnValue:
    """Record the end of the research."""
    project = queries.get_project(reference, Permission.PROJECT_REGISTER, by=g.user)
    form = RecordEndForm(version=project.version)
    if form.submitted_and_valid():
        try:
            fieldwork.record_end(project, form.ended_on.data, seen=form.seen(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return saved(project, "End recorded")
    return asked(form, project, "Record the end of the research", "Save the end", [])


def not_startable(project: Project) -> ResponseReturnValue | None:
    """The page that says why no start is planned or recorded for this project; None when one may be."""
    try:
        fieldwork.may_start(project)
    except RuleBroken as broken:
        return failed(409, broken.message, "Fieldwork cannot begin here")
    return None


def saved(project: Project, message: str) -> ResponseReturnValue:
    """Back to the record, with what was saved."""
    flash(message)
    return redirect(url_for("projects.show", reference=project.reference))


def asked(
    form: PlanStartForm | RecordStartForm | RecordEndForm,
    project: Project,
    heading: str,
    button: str,
    intro: list[str],
    missing: tuple[approval_rules.Blocker, ...] = (),
) -> ResponseReturnValue:
    """A question page about a project, with what is missing and where to put it right."""
    return question(
        "layouts/ask.html",
        form,
        heading=heading,
        caption=project.title,
        back=url_for("projects.show", reference=project.reference),
        button=button,
        intro=intro,
        missing=missing,
    )
