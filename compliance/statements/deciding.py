"""Pages on which a statement goes to the governing body, and on which its word is recorded."""

from flask import Blueprint, Response, current_app, g, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from compliance.conflict import Conflict
from compliance.errors import failed
from compliance.forms import Form, question
from compliance.guard import requires
from compliance.models import Statement
from compliance.permissions import Permission
from compliance.rules import faults
from compliance.rules.broken import RuleBroken
from compliance.statements import before_board, queries
from compliance.statements.discussion import writers
from compliance.statements.forms import ApprovalForm, SendBackForm, SubmitForm
from compliance.statements.kept import gathered_of
from compliance.statements.packing import pack_of
from compliance.statements.render import PdfFailed, to_pdf
from compliance.statements.signature import Changed
from compliance.statements.signing import changed_meanwhile, settled, to_statement
from compliance.statements.submissions import newest_submission, same_as
from reports.statement import from_json, to_article

bp = Blueprint("before_the_board", __name__)
P = Permission


@bp.route("/statements/<reference>/approve", methods=["GET", "POST"])
@requires(P.STATEMENT_APPROVE)
def approve(reference: str) -> ResponseReturnValue:
    """Record the governing body's approval of what was submitted to it."""
    statement = queries.get_statement(reference, P.STATEMENT_APPROVE, by=g.user)
    last = newest_submission(statement.id)
    form = ApprovalForm(
        body=statement.organisation.governing_body, fingerprint=last.fingerprint if last else ""
    )
    if form.submitted_and_valid():
        shown = form.fingerprint.data or ""
        try:
            before_board.record_approval(statement, form.answers(), shown=shown, by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        except Conflict as error:
            return settled(statement, error)
        except Changed as error:
            return changed_meanwhile(statement, error)
        else:
            return to_statement(reference, "Approval recorded")
    return asked_of_board("statements/approve.html", statement, form)


def asked_of_board(template: str, statement: Statement, form: Form) -> ResponseReturnValue:
    """A question to the board about the last submission, with what has changed since."""
    last, site = newest_submission(statement.id), current_app.config["SERVICE_URL"]
    return question(
        template,
        form,
        statement=statement,
        last=last,
        wrote=g.user.id in writers(statement),
        edited=last is not None and not same_as(last, gathered_of(statement, site=site)),
        back=url_for("statements.show", reference=statement.reference),
    )


@bp.route("/statements/<reference>/submit", methods=["GET", "POST"])
@requires(P.STATEMENT_DRAFT)
def submit(reference: str) -> ResponseReturnValue:
    """Send the statement to the governing body for a meeting."""
    statement = queries.get_statement(reference, P.STATEMENT_DRAFT, by=g.user)
    site = current_app.config["SERVICE_URL"]
    gathered, last = gathered_of(statement, site=site), newest_submission(statement.id)
    form = SubmitForm(fingerprint=gathered.content)
    shown = form.fingerprint.data or ""
    if form.submitted_and_valid():
        try:
            before_board.submit(statement, form.answers(), shown=shown, site=site, by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        except Changed as error:
            return changed_meanwhile(statement, error)
        else:
            return to_statement(reference, "Sent to the board")
    stops = faults.before_approval(faults.blockers(gathered.readiness))
    back = url_for("statements.show", reference=reference)
    open_warnings = faults.unacknowledged(gathered.readiness)
    context = {"statement": statement, "gathered": gathered, "stops": stops, "last": last, "back": back}
    context["open_warnings"] = open_warnings
    return question("statements/submit.html", form, **context)


@bp.route("/statements/<reference>/send-back", methods=["GET", "POST"])
@requires(P.STATEMENT_APPROVE)
def send_back(reference: str) -> ResponseReturnValue:
    """Send the submission back, with what has to change."""
    statement = queries.get_statement(reference, P.STATEMENT_APPROVE, by=g.user)
    last = newest_submission(statement.id)
    form = SendBackForm(fingerprint=last.fingerprint if last else "")
    if form.submitted_and_valid():
        shown = form.fingerprint.data or ""
        try:
            before_board.send_back(statement, form.comments.data, shown=shown, by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        except Conflict as error:
            return settled(statement, error)
        except Changed as error:
            return changed_meanwhile(statement, error)
        else:
            return to_statement(reference, "Sent back to the drafter")
    return asked_of_board("statements/send_back.html", statement, form)


@bp.route("/statements/<reference>/board-pack.pdf")
@requires(P.STATEMENT_VIEW)
def pack(reference: str) -> ResponseReturnValue:
    """Everything that the board needs on the day, as one PDF."""
    statement = queries.get_statement(reference, P.STATEMENT_VIEW, by=g.user)
    last = newest_submission(statement.id)
    if last is None:
        return to_statement(reference, "Nothing has been sent to the board")
    try:
        content = to_pdf(
            pack_of(statement, last).model_dump_json(), current_app.config["INSTANCE_DIR"], pack=True
        )
    except PdfFailed as error:
        return failed(503, str(error))
    name = f"{reference}-board-pack-{last.meeting_on}.pdf"
    answer = Response(content, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


@bp.route("/statements/<reference>/submitted")
@requires(P.STATEMENT_VIEW)
def submitted(reference: str) -> ResponseReturnValue:
    """The statement as it was last sent to the board, word for word."""
    statement = queries.get_statement(reference, P.STATEMENT_VIEW, by=g.user)
    last = newest_submission(statement.id)
    if last is None:
        return to_statement(reference, "Nothing has been sent to the board")
    document = from_json(last.snapshot)
    article = Markup(to_article(document))  # noqa: S704  (our own template, which escapes)
    return render_template(
        "statements/preview.html", statement=statement, document=document, article=article, layouts=[]
    )
