"""Pages of a registration: the start, the task list, one task, the check of all answers."""

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from compliance import clock, frameworks
from compliance.areas.queries import offered
from compliance.conflict import Conflict, Difference
from compliance.fields import options
from compliance.forms import VersionedForm, question
from compliance.guard import requires
from compliance.models import Organisation, Project
from compliance.organisations.queries import get_organisation, visible
from compliance.permissions import Permission
from compliance.projects import actions, partnering, queries
from compliance.projects.forms import AboutForm, LeadForm, OrganisationForm, StartForm, TaskForm
from compliance.projects.tasks import BY_KEY, incomplete, involved, wanted
from compliance.projects.wanted import wanted_approvals
from compliance.rules.broken import RuleBroken
from compliance.rules.expected_approvals import Change

bp = Blueprint("registration", __name__)
REGISTER = Permission.PROJECT_REGISTER


@bp.route("/projects/new", methods=["GET", "POST"])
@requires(REGISTER)
def start() -> ResponseReturnValue:
    """Begin: a title and an organisation make a draft."""
    form = StartForm()
    form.organisation_code.choices = options(places(), empty="Choose an organisation")
    if form.submitted_and_valid():
        new = form.answers()
        organisation = get_organisation(new.organisation_code, REGISTER, by=g.user)
        project = actions.start_project(new, organisation, by=g.user)
        return redirect(url_for(".tasks", reference=project.reference))
    intro = ["You can stop at any step and come back later. Nothing is lost."]
    return question(
        "layouts/ask.html",
        form,
        heading="Register a project",
        back=url_for("projects.index"),
        button="Save and continue",
        intro=intro,
    )


@bp.route("/projects/<reference>/register")
@requires(REGISTER)
def tasks(reference: str) -> ResponseReturnValue:
    """The task list."""
    project = queries.get_project(reference, REGISTER, by=g.user)
    listed = [(task, *task.done(project)) for task in wanted(project)]
    groups = {task.group: [row for row in listed if row[0].group == task.group] for task, *_ in listed}
    return render_template(
        "projects/tasks.html",
        project=project,
        listed=listed,
        groups=groups.items(),
        missing=incomplete(project),
    )


@bp.route("/projects/<reference>/register/<key>", methods=["GET", "POST"])
@requires(REGISTER)
def task(reference: str, key: str) -> ResponseReturnValue:
    """One task, for a draft as for a registered project."""
    project = queries.get_project(reference, REGISTER, by=g.user)
    if key not in BY_KEY:
        abort(404)
    chosen = BY_KEY[key]
    form = chosen.form(version=project.version)
    if isinstance(form, LeadForm):
        leads = queries.possible_leads(project.organisation_id)
        form.lead_id.choices = options([(str(one.id), one.name) for one in leads], empty="Choose the lead")
    if isinstance(form, AboutForm):
        form.offer_areas(offered(project.organisation_id, project.id))
    form.fill(project)
    later = "later" in request.form and project.registered_at is None
    if form.submitted_for_later() if later else form.submitted_and_valid():
        try:
            moved = actions.save_task(project, form.answers(), seen=form.seen(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        except Conflict as stale:
            raise stale.showing(differences(project, form)) from None
        else:
            flash("Saved. The rest can wait" if later else saved_words(moved))
            back = "projects.show" if project.registered_at else "registration.tasks"
            return redirect(url_for(back, reference=reference))
    return question(
        "layouts/ask.html",
        form,
        heading=chosen.title,
        caption=project.title,
        back=url_for("projects.show" if project.registered_at else ".tasks", reference=reference),
        button="Save and continue",
        later=project.registered_at is None,
    )


@bp.route("/projects/<reference>/register/organisation", methods=["GET", "POST"])
@requires(REGISTER)
def organisation(reference: str) -> ResponseReturnValue:
    """Let another organisation answer for a draft."""
    project = queries.get_project(reference, REGISTER, by=g.user)
    form = OrganisationForm(version=project.version)
    form.offer(places(), project)
    if form.submitted_and_valid():
        to = get_organisation(form.organisation_code.data, REGISTER, by=g.user)
        try:
            left = partnering.move_draft(project, to, seen=form.seen(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        except Conflict as stale:
            raise stale.showing(moved_meanwhile(project, to)) from None
        else:
            flash("Saved. Choose the lead again: who was named does not work there" if left else "Saved")
            return redirect(url_for(".tasks", reference=reference))
    heading, back = "Say which organisation answers for it", url_for(".tasks", reference=reference)
    return question("layouts/ask.html", form, heading=heading, caption=project.title, back=back)


def places() -> list[tuple[str, str]]:
    """The organisations for which this person may register, as (code, name)."""
    return [(one.code, one.name_on(clock.today())) for one in visible(REGISTER, by=g.user)]


def moved_meanwhile(project: Project, to: Organisation) -> tuple[Difference, ...]:
    """Where a draft belongs now beside where it was to go."""
    theirs, yours = (one.name_on(clock.today()) for one in (project.organisation, to))
    return (Difference("Organisation", theirs, yours),)


def saved_words(moved: Change) -> str:
    """What was saved, and which approvals are needed now, no longer, or for other reasons."""
    told = (
        ("Needed now because of your answers", moved.added),
        (
            "No longer follows from them, and stays until someone records that it is not required",
            moved.dropped,
        ),
        ("Needed as before, now for other reasons", moved.otherwise),
    )
    names = [(words, ", ".join(frameworks.body(one.body_key).name for one in found)) for words, found in told]
    return ". ".join(["Saved", *(f"{words}: {listed}" for words, listed in names if listed)])


def differences(project: Project, form: TaskForm) -> tuple[Difference, ...]:
    """What is saved now beside what was entered, part by part, where they differ."""
    found = []
    for name, yours in form.answers().items():
        if name in actions.COLLECTIONS:
            continue
        theirs = getattr(project, name)
        if theirs != yours:
            label = form._fields[name].label.text
            found.append(Difference(label, words(theirs), words(yours)))
    return tuple(found)


def words(value: object) -> str:
    """A value as people read it."""
    return str(getattr(value, "label", "" if value is None else value))


@bp.route("/projects/<reference>/register/check", methods=["GET", "POST"])
@requires(REGISTER)
def check_answers(reference: str) -> ResponseReturnValue:
    """Check all answers, see what follows from them, register."""
    project = queries.get_project(reference, REGISTER, by=g.user)
    form = VersionedForm(version=project.version)
    if form.submitted_and_valid():
        try:
            actions.register(project, seen=form.seen(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash(f"Registered as {project.reference}. Next: record the applications you have sent.")
            return redirect(url_for("projects.show", reference=reference))
    follows = [(frameworks.body(entry.body_key), entry.reason) for entry in wanted_approvals(project)]
    return question(
        "projects/check_answers.html",
        form,
        project=project,
        follows=follows,
        checks=actions.wanted_checks(),
        due_on=actions.checks_due(),
        missing=incomplete(project),
        involved=involved(project),
    )
