"""Pages about approvals: the register, one record, the application, the decision and what answers it."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from compliance import clock, frameworks
from compliance.approvals import actions, decision_words, history, meanwhile, queries, words
from compliance.approvals.forms import (
    ApplicationForm,
    ApprovalForm,
    DecisionForm,
    NotRequiredForm,
    ResponseForm,
)
from compliance.approvals.loading import ids_of, told_of_each
from compliance.approvals.offers import offers_of
from compliance.approvals.register import SHOWN
from compliance.approvals.story import story
from compliance.bodies.queries import body_of, in_use, own_bodies
from compliance.days import AskedDay, asked_day
from compliance.fields import options
from compliance.forms import Form, asked_again, check_answers, confirmed, question
from compliance.guard import requires
from compliance.models import Approval
from compliance.organisations.queries import places
from compliance.paging import page_of
from compliance.permissions import Permission
from compliance.projects.queries import get_project, possible_leads
from compliance.rules.approvals import Blocker, Facts, start_blockers, state
from compliance.rules.broken import RuleBroken
from compliance.terms import ApprovalState, ApprovalStep

bp = Blueprint("approvals", __name__)
RECORD, VIEW = Permission.APPROVAL_RECORD, Permission.APPROVAL_VIEW


def to_approval(approval: Approval, message: str) -> Response:
    """Back to the approval, with what was saved."""
    flash(message)
    return redirect(url_for("approvals.show", reference=approval.reference))


def wanted_now() -> tuple[dict[str, str], AskedDay]:
    """The filter in the address, and the day before which what it shows ends."""
    names = ("show", "organisation", "body", "decision", "q")
    return {name: request.args.get(name, "").strip() for name in names}, asked_day("before")


@bp.route("/approvals")
@requires(VIEW)
def index() -> ResponseReturnValue:
    """Approvals by filter, the newest first."""
    wanted, before = wanted_now()
    found = queries.approvals_where(VIEW, by=g.user, before=before.on, **wanted)
    number, ids = request.args.get("page", 1, type=int), ids_of(found)
    page = page_of(told_of_each(), number, keys=ids, me=g.user.id)
    return render_template(
        "approvals/index.html",
        page=page,
        states={row.id: state(queries.facts(row), clock.today()) for row, _ in page.rows},
        dues={row.id: queries.next_due(row, clock.today()) for row, _ in page.rows},
        wanted=wanted,
        before=before.on,
        days=[before],
        shown=SHOWN,
        organisations=places(VIEW, by=g.user),
        bodies=(*own_bodies(VIEW, by=g.user), *frameworks.bodies().values()),
    )


@bp.route("/approvals/<reference>")
@requires(VIEW)
def show(reference: str) -> ResponseReturnValue:
    """One approval: where it stands, what is missing, what may follow, and its life as a story."""
    approval = queries.get_approval(reference, VIEW, by=g.user)
    body, today = body_of(approval), clock.today()
    facts = queries.facts(approval)
    stands = state(facts, today)
    return render_template(
        "approvals/show.html",
        approval=approval,
        latest=queries.latest(approval),
        state=stands,
        blockers=missing_now(approval, facts),
        offers=offers_of(approval, body, stands, today),
        body=body,
        details=words.details(approval, body),
        ratings=queries.ratings_of(approval.project_id).get(approval.id, {}),
        lines=story(approval, body, today),
        sort_of=words.sort_of,
        no_longer=words.no_longer_due(body, today),
    )


def missing_now(approval: Approval, facts: Facts) -> tuple[Blocker, ...]:
    """What this approval lacks for fieldwork today; until it is decided, the one that it replaces counts."""
    if approval.replaced_by is not None:
        return ()
    earlier = [queries.facts(approval.replaces)] if approval.replaces else []
    return start_blockers([*earlier, facts], clock.today())


@bp.route("/projects/<reference>/approvals/new", methods=["GET", "POST"])
@requires(RECORD)
def add(reference: str) -> ResponseReturnValue:
    """Add an approval that the answers did not ask for."""
    project = get_project(reference, RECORD, by=g.user)
    form = ApprovalForm()
    own = [(row.key, row.name) for row in in_use(project.organisation_id)]
    bodies = [(body.key, body.name) for body in frameworks.bodies().values()]
    form.body_key.choices = options([*own, *bodies], empty="Choose a body")
    if form.submitted_and_valid():
        return to_approval(actions.add_approval(project, form.answers(), by=g.user), "Approval added")
    return question(
        "layouts/ask.html",
        form,
        heading="Add an approval",
        caption=project.title,
        back=url_for("projects.show", reference=reference),
        button="Add the approval",
    )


@bp.route("/approvals/<reference>/application", methods=["GET", "POST"])
@requires(RECORD)
def apply(reference: str) -> ResponseReturnValue:
    """Record that the application was sent."""
    approval = queries.get_approval(reference, RECORD, by=g.user)
    form = ApplicationForm(obj=approval)
    if not asked_again() and form.submitted_and_valid():
        try:
            new = form.answers()
            rows = decision_words.application_rows(new)
            if not confirmed():
                actions.check_application(approval, new)
                return check_answers(rows, button="Save the application", **around(approval))
            with meanwhile.beside(approval, "Application", rows):
                actions.apply(approval, new, seen=form.seen(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return to_approval(approval, "Application recorded")
    if "same reference" not in " ".join(form.body_reference.errors):
        del form.keep
    sent = approval.stage is ApprovalState.SUBMITTED
    heading = words.CORRECT_APPLICATION if sent else words.OFFER[ApprovalStep.SENT]
    return asked(form, approval, heading, "Continue")


@bp.route("/approvals/<reference>/decision", methods=["GET", "POST"])
@requires(RECORD)
def record_decision(reference: str) -> ResponseReturnValue:
    """Record the body's decision and its conditions."""
    approval = queries.get_approval(reference, RECORD, by=g.user)
    form = decision_form(approval)
    if not asked_again() and form.submitted_and_valid():
        try:
            new = form.answers()
            rows = decision_words.rows(new, form.letter.data)
            if not confirmed():
                actions.check_decision(approval, new, by=g.user)
                return check_answers(rows, button="Save the decision", **around(approval))
            with meanwhile.beside(approval, "Decision", rows):
                actions.record_decision(approval, new, letter=form.letter.data, seen=form.seen(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return to_approval(approval, "Decision recorded")
    why = history.why_not(approval, ApprovalStep.DECIDED)
    return question("approvals/record_decision.html", form, approval=approval, correcting=None, why=why)


def decision_form(approval: Approval) -> DecisionForm:
    """The form for a decision, with the body's words and the people who may see to a condition."""
    form = DecisionForm(version=approval.version)
    form.offer(decision_words.words_of(body_of(approval)))
    form.offer_people(keepers(approval), one_more="add_condition" in request.form)
    return form


def keepers(approval: Approval) -> list[tuple[str, str]]:
    """Who may see to a condition."""
    return [(str(one.id), one.name) for one in possible_leads(approval.organisation_id)]


@bp.route("/approvals/<reference>/not-required", methods=["GET", "POST"])
@requires(RECORD)
def not_required(reference: str) -> ResponseReturnValue:
    """Record that an approval is not required after all."""
    approval = queries.get_approval(reference, RECORD, by=g.user)
    form = NotRequiredForm(version=approval.version)
    if form.submitted_and_valid():
        try:
            with meanwhile.beside(approval, "Not required", [("Note", form.note.data)]):
                actions.declare_not_required(approval, form.note.data, seen=form.seen(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return to_approval(approval, "Recorded as not required")
    return asked(form, approval, "Record that it is not required", "Save the reason")


@bp.route("/approvals/<reference>/response", methods=["GET", "POST"])
@requires(RECORD)
def respond(reference: str) -> ResponseReturnValue:
    """Answer a body's advice."""
    approval = queries.get_approval(reference, RECORD, by=g.user)
    form = ResponseForm(version=approval.version)
    if form.submitted_and_valid():
        try:
            with meanwhile.beside(approval, "Advice answered", [("Note", form.response.data)]):
                actions.respond(approval, form.response.data, seen=form.seen(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return to_approval(approval, "Answer saved")
    return asked(form, approval, "Answer the advice", "Save the answer")


def around(approval: Approval) -> dict[str, str]:
    """What stands around every question about an approval."""
    return {
        "caption": f"{approval.body_name}: {approval.project.title}",
        "back": url_for("approvals.show", reference=approval.reference),
    }


def asked(
    form: Form, approval: Approval, heading: str, button: str, intro: list[str] | None = None
) -> ResponseReturnValue:
    """A question page about an approval."""
    return question(
        "layouts/ask.html", form, heading=heading, button=button, intro=intro or [], **around(approval)
    )
