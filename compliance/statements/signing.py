"""Pages on which a statement is signed, published and replaced."""

from collections.abc import Sequence

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from compliance import clock
from compliance.conflict import Conflict
from compliance.errors import failed
from compliance.forms import Form, question
from compliance.guard import asks_second_factor, requires
from compliance.models import Statement
from compliance.permissions import Permission
from compliance.rules import faults
from compliance.rules.broken import RuleBroken
from compliance.statements import actions, queries, signature
from compliance.statements.forms import ReplaceForm, SignForm
from compliance.statements.gather import Gathered
from compliance.statements.kept import gathered_of
from compliance.statements.render import PdfFailed
from compliance.statements.signature import Changed
from compliance.statements.submissions import newest_submission
from reports.statement.content import Change

bp = Blueprint("signing", __name__)
P = Permission


def to_statement(reference: str, message: str) -> ResponseReturnValue:
    """Back to the statement, with what was done."""
    flash(message)
    return redirect(url_for("statements.show", reference=reference))


def changed_meanwhile(statement: Statement, error: Changed) -> ResponseReturnValue:
    """The page that says what is no longer as it was shown."""
    return render_template("statements/changed.html", statement=statement, changes=error.changes), 409


def settled(statement: Statement, error: Conflict) -> ResponseReturnValue:
    """The page for the second of two people who decided: who was first."""
    last = newest_submission(statement.id)
    return render_template(
        "statements/settled.html", statement=statement, last=last, who=error.changed_by
    ), 409


@bp.route("/statements/<reference>/sign", methods=["GET", "POST"])
@requires(P.STATEMENT_SIGN)
@asks_second_factor
def sign(reference: str) -> ResponseReturnValue:
    """Sign exactly what is shown."""
    statement = queries.get_statement(reference, P.STATEMENT_SIGN, by=g.user)
    site, folder = current_app.config["SERVICE_URL"], current_app.config["INSTANCE_DIR"]
    gathered = gathered_of(statement, site=site)
    form = SignForm(fingerprint=gathered.content)
    if form.submitted_and_valid():
        shown = form.fingerprint.data or ""
        try:
            signature.sign(statement, shown=shown, site=site, folder=folder, by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        except Conflict as error:
            return settled(statement, error)
        except Changed as error:
            return changed_meanwhile(statement, error)
        except PdfFailed as error:
            return failed(503, f"Nothing was signed. {error}")
        else:
            return to_statement(reference, "Statement signed")
    return to_be_signed(statement, gathered, form)


def to_be_signed(statement: Statement, gathered: Gathered, form: SignForm) -> ResponseReturnValue:
    """The page that says what is signed, who drafted it and what stops it, with the declaration."""
    written = gathered.written
    return question(
        "statements/sign.html",
        form,
        statement=statement,
        gathered=gathered,
        stops=faults.blockers(gathered.readiness),
        warnings=faults.warnings(gathered.readiness),
        known={row.facts: row for row in written.acknowledgements},
        drafted=written.writers,
        wrote=g.user.id in written.said.writers,
        back=url_for("statements.show", reference=statement.reference),
    )


@bp.route("/statements/<reference>/changes")
@requires(P.STATEMENT_VIEW)
def changes(reference: str) -> ResponseReturnValue:
    """What has changed since the board approved the statement."""
    statement = queries.get_statement(reference, P.STATEMENT_VIEW, by=g.user)
    if statement.sign_off:
        found: Sequence[Change] = ()
    else:
        gathered = gathered_of(statement, site=current_app.config["SERVICE_URL"])
        found = signature.since_approval(statement, gathered)
    return render_template("statements/changes.html", statement=statement, changes=found)


@bp.route("/statements/<reference>/publish", methods=["GET", "POST"])
@requires(P.STATEMENT_PUBLISH)
def publish(reference: str) -> ResponseReturnValue:
    """Make a signed statement public."""
    statement = queries.get_statement(reference, P.STATEMENT_PUBLISH, by=g.user)
    form = Form(request.form)
    if form.submitted_and_valid():
        try:
            actions.publish(statement, by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return to_statement(reference, "Statement published")
    return question(
        "statements/publish.html",
        form,
        statement=statement,
        today=clock.today(),
        back=url_for("statements.show", reference=reference),
    )


@bp.route("/statements/<reference>/replace", methods=["GET", "POST"])
@requires(P.STATEMENT_DRAFT)
def replace(reference: str) -> ResponseReturnValue:
    """Begin a statement that replaces a published one, with a public reason."""
    statement = queries.get_statement(reference, P.STATEMENT_DRAFT, by=g.user)
    form = ReplaceForm()
    if form.submitted_and_valid():
        try:
            successor = actions.replace(statement, form.answers(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return to_statement(successor.reference, "New draft begun with the words of the old statement")
    return question(
        "layouts/ask.html",
        form,
        heading="Replace this statement",
        caption=f"{statement.reference}, {statement.period.key}",
        back=url_for("statements.show", reference=reference),
        button="Begin the new draft",
        intro=[
            "The published statement stays readable, with a banner that leads to the new one.",
            "The new draft begins with the same words. The board approves it and someone signs it again.",
        ],
    )
