"""Pages about the further life of an approval: its steps, modifications, corrections, renewals, details."""

from typing import Any

from flask import Blueprint, abort, g, request
from flask.typing import ResponseReturnValue

from compliance import clock
from compliance.approvals import (
    actions,
    conditions,
    decision_words,
    history,
    meanwhile,
    queries,
    steps,
    words,
)
from compliance.approvals.forms import DocumentForm, MetForm, ReplaceForm
from compliance.approvals.step_forms import (
    DetailsForm,
    ModificationDecisionForm,
    ModificationForm,
    StepForm,
    details_form,
)
from compliance.approvals.views import around, asked, decision_form, keepers, to_approval
from compliance.bodies.queries import body_of
from compliance.evidence.queries import offered
from compliance.fields import options
from compliance.forms import asked_again, check_answers, confirmed, question
from compliance.guard import requires, takes_files
from compliance.models import Approval
from compliance.permissions import Permission
from compliance.rules.broken import RuleBroken
from compliance.rules.conditions import OWN
from compliance.rules.modifications import in_its_word
from compliance.terms import ApprovalStep

bp = Blueprint("life", __name__, url_prefix="/approvals/<reference>")
RECORD = Permission.APPROVAL_RECORD


@bp.route("/steps/<step>", methods=["GET", "POST"])
@requires(RECORD)
def step(reference: str, step: str) -> ResponseReturnValue:
    """Record a step that has a day and a note; refused with its reason where it cannot follow."""
    approval = queries.get_approval(reference, RECORD, by=g.user)
    if step not in {one.value for one in words.SIMPLE}:
        abort(404)
    chosen, form = ApprovalStep(step), StepForm(version=approval.version)
    try:
        history.refuse_now(approval, chosen)
        if not asked_again() and form.submitted_and_valid():
            history.refuse(approval, chosen, form.on.data, field="on")
            steps.check_step(chosen, form.note.data)
            told = in_its_word(chosen.label, words.change_word(body_of(approval), form.on.data))
            rows = decision_words.step_rows(told, form.on.data, form.note.data)
            if not confirmed():
                return check_answers(rows, button="Save", **around(approval))
            with meanwhile.beside(approval, told, rows):
                steps.take_step(approval, chosen, form.on.data, form.note.data, seen=form.seen(), by=g.user)
            return to_approval(approval, f"Recorded: {told.lower()}")
    except RuleBroken as broken:
        form.refuse(broken)
    intro = [words.INTRO[chosen]] if chosen in words.INTRO else []
    heading = words.offer(chosen, body_of(approval), clock.today())
    return asked(form, approval, heading, "Continue", intro)


@bp.route("/modification", methods=["GET", "POST"])
@requires(RECORD)
def modification(reference: str) -> ResponseReturnValue:
    """Record a modification; a substantial one goes to the body."""
    approval = queries.get_approval(reference, RECORD, by=g.user)
    form = ModificationForm(version=approval.version)
    word = words.change_word(body_of(approval), clock.today())
    form.kind.choices = options(words.sorts(word))
    try:
        history.refuse_now(approval, ApprovalStep.MODIFICATION_NOTED)
        if not asked_again() and form.submitted_and_valid():
            new = form.answers()
            steps.check_modification(approval, new)
            word = words.change_word(body_of(approval), new.sent_on)
            rows = decision_words.modification_rows(new, word)
            if not confirmed():
                return check_answers(rows, button=f"Save the {word}", **around(approval))
            with meanwhile.beside(approval, word.capitalize(), rows):
                steps.send_modification(approval, new, seen=form.seen(), by=g.user)
            return to_approval(approval, f"{word.capitalize()} recorded")
    except RuleBroken as broken:
        form.refuse(broken)
    return asked(form, approval, in_its_word("Record a modification", word), "Continue")


@bp.route("/modification/decision", methods=["GET", "POST"])
@requires(RECORD)
def modification_decision(reference: str) -> ResponseReturnValue:
    """Record what the body decided about the modification that is with it."""
    approval = queries.get_approval(reference, RECORD, by=g.user)
    form = ModificationDecisionForm(version=approval.version)
    form.offer_people(keepers(approval), one_more="add_condition" in request.form)
    try:
        history.refuse_now(approval, ApprovalStep.MODIFICATION_DECIDED)
        if not asked_again() and form.submitted_and_valid():
            new = form.answers()
            steps.check_modification_decision(approval, new)
            word = words.change_word(body_of(approval), new.decided_on)
            rows = decision_words.modification_decision_rows(new)
            if not confirmed():
                return check_answers(rows, button="Save the decision", **around(approval))
            with meanwhile.beside(approval, f"Decision on the {word}", rows):
                steps.decide_modification(approval, new, seen=form.seen(), by=g.user)
            return to_approval(approval, f"Decision on the {word} recorded")
    except RuleBroken as broken:
        form.refuse(broken)
    named = about_modification(approval)
    return question("approvals/modification_decision.html", form, button="Continue", **named)


def about_modification(approval: Approval) -> dict[str, Any]:
    """The heading of a decision on a modification and what it is about, in the word of the body."""
    about = steps.open_modification(approval)
    word = words.change_word(body_of(approval), clock.today())
    intro = [f"{word.capitalize()} {about.number}: {about.description}"] if about else []
    return {"heading": f"Record the decision on the {word}", "intro": intro, **around(approval)}


@bp.route("/correct", methods=["GET", "POST"])
@requires(RECORD)
def correct(reference: str) -> ResponseReturnValue:
    """Correct a decision that was recorded wrongly; both stay on record."""
    approval = queries.get_approval(reference, RECORD, by=g.user)
    form = decision_form(approval)
    wrong = queries.latest(approval)
    if not asked_again() and form.submitted_and_valid():
        try:
            new = form.answers()
            rows = decision_words.rows(new, form.letter.data)
            if not confirmed():
                actions.check_decision(approval, new, by=g.user, step=ApprovalStep.CORRECTED)
                return check_answers(rows, button="Save the correction", **around(approval))
            with meanwhile.beside(approval, "Correction", rows):
                actions.correct_decision(approval, new, letter=form.letter.data, seen=form.seen(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return to_approval(approval, "Decision corrected")
    why = history.why_not(approval, ApprovalStep.CORRECTED)
    return question("approvals/record_decision.html", form, approval=approval, correcting=wrong, why=why)


@bp.route("/replace", methods=["GET", "POST"])
@requires(RECORD)
def replace(reference: str) -> ResponseReturnValue:
    """Begin the approval that renews or replaces this one."""
    approval = queries.get_approval(reference, RECORD, by=g.user)
    form = ReplaceForm(version=approval.version)
    if form.submitted_and_valid():
        try:
            with meanwhile.beside(approval, "New application", [("Why", form.reason.data)]):
                successor = actions.replace(approval, form.reason.data, seen=form.seen(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return to_approval(successor, f"New approval, in place of {approval.reference}")
    intro = [
        "The new approval refers to this one. Until it is decided, this one counts for as long as it holds."
    ]
    return asked(form, approval, "Apply again", "Begin the new approval", intro)


@bp.route("/details", methods=["GET", "POST"])
@requires(RECORD)
def details(reference: str) -> ResponseReturnValue:
    """What this body asks besides."""
    approval = queries.get_approval(reference, RECORD, by=g.user)
    form = form_for(approval)
    if form.submitted_and_valid():
        try:
            given, own, keep = form.details(), form.body_reference.data, "yes" in (form.keep.data or [])
            actions.save_details(
                approval, given, body_reference=own, keep_reference=keep, seen=form.seen(), by=g.user
            )
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return to_approval(approval, "Details saved")
    if "same reference" not in " ".join(form.body_reference.errors):
        del form.keep
    return asked(form, approval, "Details that this body asks for", "Save the details")


def form_for(approval: Approval) -> DetailsForm:
    """The form with the questions of a body, filled with what is known."""
    body = body_of(approval)
    asked_for = (
        [(row.key, row.label, row.kind.value, row.hint, row.options) for row in body.asked] if body else []
    )
    form: DetailsForm = details_form(asked_for)(version=approval.version)
    if form.body_reference.raw_data is None:
        form.body_reference.data = approval.body_reference
    form.fill(approval.details)
    return form


@bp.route("/documents/new", methods=["GET", "POST"])
@requires(RECORD)
@takes_files
def document(reference: str) -> ResponseReturnValue:
    """Add a letter or another document."""
    approval = queries.get_approval(reference, RECORD, by=g.user)
    form = DocumentForm(version=approval.version)
    form.offer_evidence(offered(approval.organisation_id))
    if form.submitted_and_valid():
        try:
            actions.add_document(approval, form.evidence(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return to_approval(approval, "Document added")
    words = {"heading": "Add a letter or another document", "button": "Add the document"}
    return question("approvals/document.html", form, **words, **around(approval))


@bp.route("/conditions/<int:number>", methods=["GET", "POST"])
@requires(RECORD)
@takes_files
def meet_condition(reference: str, number: int) -> ResponseReturnValue:
    """Show that a condition is met."""
    approval = queries.get_approval(reference, RECORD, by=g.user)
    condition = queries.condition_of(approval, number)
    form = MetForm(version=approval.version)
    form.offer_evidence(offered(approval.organisation_id))
    if form.submitted_and_valid():
        try:
            conditions.meet_condition(
                condition, form.note.data, on=form.met_on.data, shown_by=form.evidence(), by=g.user
            )
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return to_approval(approval, "Condition met")
    words = {"heading": "Show that a condition is met", "button": "Save"}
    told = [f"The condition: {condition.text}"]
    if conditions.keeper_of(condition) == g.user.id:
        told.append(f"{OWN}. Ask somebody who may record approvals, and give them what shows it.")
    return question("approvals/document.html", form, intro=told, **words, **around(approval))
