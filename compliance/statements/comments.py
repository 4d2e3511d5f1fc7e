"""Pages on which people comment on sections and say that they know of a warning."""

from flask import Blueprint, current_app, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from compliance.forms import question
from compliance.guard import requires
from compliance.models import Statement
from compliance.permissions import Permission
from compliance.rules import faults
from compliance.rules.broken import RuleBroken
from compliance.rules.readiness import Finding
from compliance.statements import actions, discussion, queries
from compliance.statements.forms import AcknowledgeForm, AnswerForm, CommentForm
from compliance.statements.narratives import section_of

bp = Blueprint("comments", __name__)
P = Permission


def done(words: str, statement: Statement, key: str) -> ResponseReturnValue:
    """Back to the comments on a section, with what was done."""
    flash(words)
    return redirect(url_for("narratives.write", reference=statement.reference, key=key, _anchor="comments"))


@bp.route("/statements/<reference>/sections/<key>/comment", methods=["GET", "POST"])
@requires(P.STATEMENT_COMMENT)
def say(reference: str, key: str) -> ResponseReturnValue:
    """Comment on a section."""
    statement = queries.get_statement(reference, P.STATEMENT_COMMENT, by=g.user)
    section, form = section_of(statement, key), CommentForm()
    if form.submitted_and_valid():
        try:
            actions.comment(statement, key, form.answers(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return done("Comment added", statement, key)
    return question(
        "layouts/ask.html",
        form,
        heading="Add a comment",
        caption=f"{section.number} {section.title}",
        back=url_for("narratives.write", reference=reference, key=key),
        button="Add the comment",
    )


@bp.route("/statements/<reference>/comments/<int:number>", methods=["GET", "POST"])
@requires(P.STATEMENT_COMMENT)
def answer(reference: str, number: int) -> ResponseReturnValue:
    """Answer a comment, settle it, or open it again."""
    statement = queries.get_statement(reference, P.STATEMENT_COMMENT, by=g.user)
    first = discussion.get_comment(statement, number)
    form = AnswerForm()
    if form.submitted_and_valid():
        try:
            actions.answer(statement, number, form.answers(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return done("Answer added", statement, first.section)
    elif not form.wrong:
        form.resolved.data = "yes" if first.resolved else "no"
    back = url_for("narratives.write", reference=reference, key=first.section)
    section = section_of(statement, first.section)
    return question("statements/answer.html", form, first=first, section=section, back=back)


def warning_of(statement: Statement, key: str) -> Finding:
    """The warning with this key as it stands now; raises NotFound when it no longer stands."""
    ready = queries.readiness(statement, site=current_app.config["SERVICE_URL"])
    found = next((row for row in faults.warnings(ready) if row.key == key), None)
    if found is None:
        raise NotFound
    return found


@bp.route("/statements/<reference>/warnings/<warning>", methods=["GET", "POST"])
@requires(P.STATEMENT_DRAFT)
def acknowledge(reference: str, warning: str) -> ResponseReturnValue:
    """Say that a warning is known, and why the statement may go on in spite of it."""
    statement = queries.get_statement(reference, P.STATEMENT_DRAFT, by=g.user)
    finding = warning_of(statement, warning)
    form = AcknowledgeForm(facts=finding.facts)
    back = url_for("statements.show", reference=reference)
    if form.submitted_and_valid():
        site = current_app.config["SERVICE_URL"]
        try:
            actions.acknowledge(statement, form.answers(warning), site=site, by=g.user)
        except RuleBroken as broken:
            form.facts.data = finding.facts
            form.refuse(broken)
        else:
            flash("Warning acknowledged")
            return redirect(back)
    intro = [f"{finding.facts}.", "When these facts change, it has to be acknowledged again."]
    return question(
        "layouts/ask.html",
        form,
        heading="Acknowledge a warning",
        intro=intro,
        back=back,
        button="Acknowledge",
    )
