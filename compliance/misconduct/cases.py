"""Pages about one misconduct case, known by its reference alone."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from compliance import clock
from compliance.conflict import Conflict, Difference
from compliance.fields import options
from compliance.forms import question
from compliance.guard import requires
from compliance.misconduct import actions, queries
from compliance.misconduct.forms import (
    AnonymousForm,
    CaseForm,
    ClassForm,
    CompletedForm,
    LessonForm,
    StageForm,
    WordsForm,
    completed_form,
)
from compliance.models import Case
from compliance.organisations.queries import get_organisation, visible
from compliance.permissions import Permission
from compliance.rules import misconduct as rules
from compliance.rules.anonymity import name_like
from compliance.rules.broken import RuleBroken
from compliance.templating import day
from compliance.terms import AllegationKind, CaseStep

bp = Blueprint("cases", __name__)


@bp.route("/misconduct/new", methods=["GET", "POST"])
@requires(Permission.MISCONDUCT_RECORD)
def new() -> ResponseReturnValue:
    """Open a case."""
    organisations = visible(Permission.MISCONDUCT_RECORD, by=g.user)
    form = CaseForm()
    names = [(one.code, one.name_on(clock.today())) for one in organisations]
    form.organisation.choices = options(names, empty=None if len(names) == 1 else "Choose an organisation")
    if form.submitted_and_anonymous():
        organisation = get_organisation(form.organisation.data, Permission.MISCONDUCT_RECORD, by=g.user)
        try:
            case = actions.open_case(organisation, form.answers(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash(f"{case.reference} opened")
            return redirect(url_for(".show", reference=case.reference))
    return question(
        "misconduct/ask.html",
        form,
        heading="Open a case",
        back=url_for("misconduct.index"),
        button="Open the case",
        intro=["Nobody is named in this register: the reference is all that a case is known by."],
    )


@bp.route("/misconduct/<reference>")
@requires(Permission.MISCONDUCT_VIEW)
def show(reference: str) -> ResponseReturnValue:
    """One case: its stages, what is alleged, what was found, what was learned."""
    actions.look(queries.get_case(reference, Permission.MISCONDUCT_VIEW, by=g.user), by=g.user)
    case = queries.get_case(reference, Permission.MISCONDUCT_VIEW, by=g.user)
    return render_template(
        "misconduct/show.html",
        case=case,
        stands=queries.stands(case),
        story=queries.story(case),
        next_steps=rules.NEXT_STEPS[case.steps[-1].step],
        named=name_like(case.other_text) + name_like(case.lessons),
    )


@bp.route("/misconduct/<reference>/stage", methods=["GET", "POST"])
@requires(Permission.MISCONDUCT_RECORD)
def record_stage(reference: str) -> ResponseReturnValue:
    """Record the next stage of a case."""
    case = queries.get_case(reference, Permission.MISCONDUCT_RECORD, by=g.user)
    form = stage_form(case)
    if form.submitted_and_anonymous():
        try:
            actions.record_stage(case, form.answers(), seen=form.seen(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        except Conflict as stale:
            saved = f"{case.steps[-1].step.label}, {day(case.steps[-1].on)}"
            raise stale.showing((Difference("Stage", saved, day(form.on.data)),)) from None
        else:
            return to_case(case, "Stage recorded")
    ends = isinstance(form, CompletedForm)
    heading = "Record the end of the formal investigation" if ends else "Record the next stage"
    return asked(form, case, heading, "Save the stage")


def stage_form(case: Case) -> StageForm | CompletedForm:
    """The questions about the stage that can come next; NotFound when none can."""
    current = case.steps[-1].step
    if not rules.NEXT_STEPS[current]:
        raise NotFound
    if current is CaseStep.FORMAL_STARTED:
        kinds = [row.kind for row in case.allegations]
        return completed_form(kinds)(version=case.version, lessons=case.lessons)
    form = StageForm(version=case.version, lessons=case.lessons)
    form.offer(rules.NEXT_STEPS[current])
    return form


@bp.route("/misconduct/<reference>/class", methods=["GET", "POST"])
@requires(Permission.MISCONDUCT_RECORD)
def reclass(reference: str) -> ResponseReturnValue:
    """Take a case to be something else from now on."""
    case = queries.get_case(reference, Permission.MISCONDUCT_RECORD, by=g.user)
    form = ClassForm(version=case.version)
    if form.submitted_and_anonymous():
        try:
            actions.reclass(case, form.answers(), seen=form.seen(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        except Conflict as stale:
            yours = f"{form.answers().case_class.label}. {form.reason.data}"
            raise stale.showing((Difference("Taken to be", case.case_class.label, yours),)) from None
        else:
            return to_case(case, "Saved")
    intro = [f"It is taken to be: {case.case_class.label.lower()}."]
    return asked(form, case, "Take it to be something else", "Save", intro)


@bp.route("/misconduct/<reference>/words", methods=["GET", "POST"])
@requires(Permission.MISCONDUCT_RECORD)
def change_words(reference: str) -> ResponseReturnValue:
    """Change the lessons, and the description of “Other”."""
    case = queries.get_case(reference, Permission.MISCONDUCT_RECORD, by=g.user)
    form = WordsForm(obj=case)
    if AllegationKind.OTHER not in [row.kind for row in case.allegations]:
        del form.other_text
    if form.submitted_and_anonymous():
        other = form.other_text.data if form.other_text else case.other_text
        lessons = form.lessons.data
        try:
            actions.change_words(case, other_text=other, lessons=lessons, seen=form.seen(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        except Conflict as stale:
            raise stale.showing(form.differences()) from None
        else:
            return to_case(case, "Words saved")
    return asked(form, case, "Write down the lessons", "Save the words")


def to_case(case: Case, message: str) -> Response:
    """Back to the case, with what was saved."""
    flash(message)
    return redirect(url_for(".show", reference=case.reference))


def asked(
    form: AnonymousForm, case: Case, heading: str, button: str, intro: list[str] | None = None
) -> ResponseReturnValue:
    """A question page about a case; it shows what is recorded of it, so that the view leaves an event."""
    reference = case.reference
    actions.look(case, by=g.user)
    return question(
        "misconduct/ask.html",
        form,
        heading=heading,
        caption=reference,
        back=url_for(".show", reference=reference),
        button=button,
        intro=intro or [],
    )


@bp.route("/misconduct/<reference>/lesson", methods=["GET", "POST"])
@requires(Permission.MISCONDUCT_RECORD)
def offer_lesson(reference: str) -> ResponseReturnValue:
    """Offer what a case taught to the annual statement, in words that point to nobody."""
    case = queries.get_case(reference, Permission.MISCONDUCT_RECORD, by=g.user)
    form = LessonForm(text=case.lessons)
    if form.submitted_and_anonymous():
        try:
            actions.offer_lesson(case, form.text.data, by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return to_case(case, "Lesson offered")
    intro = ["Whoever drafts the statement sees these words beside section 3A or 7, without the case."]
    return asked(form, case, "Offer a lesson to the statement", "Offer the lesson", intro)
