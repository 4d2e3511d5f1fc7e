"""Pages about statements: begun, followed, read. Words are written in narratives.py, signed in signing.py."""

from flask import Blueprint, Response, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.exceptions import NotFound

from compliance import clock, frameworks
from compliance.assessments.queries import current_period, get_period, periods
from compliance.errors import failed
from compliance.fields import options
from compliance.forms import question
from compliance.guard import requires
from compliance.models import Statement
from compliance.organisations.queries import get_organisation, held_of, holds, visible
from compliance.permissions import Permission
from compliance.rules import faults
from compliance.rules.broken import RuleBroken
from compliance.statements import actions, queries, trace
from compliance.statements.draft import version_of
from compliance.statements.forms import BeginForm
from compliance.statements.kept import document_of, gathered_of, preview_of
from compliance.statements.numbers import REPEATED
from compliance.statements.render import PdfFailed, to_pdf
from compliance.statements.submissions import same_as
from compliance.statements.workspace import sections_of, steps_of
from reports.statement import Statement as Document
from reports.statement import to_docx, to_html, to_json
from reports.statement.files import TABLES

bp = Blueprint("statements", __name__)
P = Permission
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WRITES = (P.STATEMENT_DRAFT, P.STATEMENT_APPROVE, P.STATEMENT_SIGN, P.STATEMENT_PUBLISH)


def file(content: bytes | str, kind: str, name: str, *, inline: bool = False) -> Response:
    """A file to download, or to look at in the browser."""
    answer = Response(content, mimetype=kind)
    answer.headers["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{name}"'
    return answer


@bp.route("/statements")
@requires(P.STATEMENT_VIEW)
def index() -> ResponseReturnValue:
    """The statements of a period, organisation by organisation."""
    known = periods()
    wanted = request.args.get("period", "")
    chosen = get_period(wanted) if wanted else current_period(clock.today())
    return render_template(
        "statements/index.html",
        periods=known,
        period=chosen,
        places=queries.statements_by_organisation(chosen.id, P.STATEMENT_VIEW, by=g.user) if chosen else [],
    )


@bp.route("/statements/new", methods=["GET", "POST"])
@requires(P.STATEMENT_DRAFT)
def begin() -> ResponseReturnValue:
    """Begin a statement: whose, for which period, in which layout."""
    form = BeginForm(request.form or request.args)
    today, known = clock.today(), periods()
    may_draft = visible(P.STATEMENT_DRAFT, by=g.user)
    form.organisation.choices = options(
        [(row.code, row.name_on(today)) for row in may_draft], empty="Choose one"
    )
    form.period.choices = options([(row.key, row.key) for row in known], empty="Choose one")
    form.layout.choices = options([(row.key, row.title) for row in frameworks.layouts().values()])
    if form.submitted_and_valid():
        new = form.answers()
        place = get_organisation(new.organisation, P.STATEMENT_DRAFT, by=g.user)
        try:
            statement = actions.begin(place, get_period(new.period), new.layout, by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return redirect(url_for(".show", reference=statement.reference))
    return question("statements/begin.html", form, back=url_for(".index"))


@bp.route("/statements/<reference>")
@requires(P.STATEMENT_VIEW)
def show(reference: str) -> ResponseReturnValue:
    """The workspace of a draft; of a signed statement, what was signed and what may follow."""
    statement = queries.get_statement(reference, P.STATEMENT_VIEW, by=g.user)
    context = {
        "statement": statement,
        "state": queries.state_of(statement),
        "last": statement.submissions[-1] if statement.submissions else None,
        "recent": queries.recent_changes(reference),
        "can": held_of(statement.organisation, *WRITES, by=g.user),
    }
    if statement.sign_off is None:
        return render_template("statements/show.html", **context, **workspace(statement))
    document = document_of(statement, site=current_app.config["SERVICE_URL"])
    number = version_of(statement)
    return render_template("statements/signed.html", **context, document=document, number=number)


def workspace(statement: Statement) -> dict[str, object]:
    """What the workspace shows of a draft: what stops it, its sections, its figures, who wrote it."""
    gathered = gathered_of(statement, site=current_app.config["SERVICE_URL"])
    written = gathered.written
    return {
        "gathered": gathered,
        "document": gathered.statement,
        "stops": faults.blockers(gathered.readiness),
        "warnings": faults.warnings(gathered.readiness),
        "sections": sections_of(gathered),
        "steps": steps_of(statement, gathered, clock.today()),
        "writers": written.writers,
        "wrote": g.user.id in written.said.writers,
        "known": {row.facts: row for row in written.acknowledgements},
        "edited": bool(statement.submissions) and not same_as(statement.submissions[-1], gathered),
    }


@bp.route("/statements/<reference>/figures/<key>")
@requires(P.STATEMENT_VIEW)
def figure(reference: str, key: str) -> ResponseReturnValue:
    """One figure: what it counts, of what, and the records behind it, those not counted first."""
    statement = queries.get_statement(reference, P.STATEMENT_VIEW, by=g.user, before_board=False)
    traced = trace.of(document_of(statement, site=current_app.config["SERVICE_URL"]), key)
    if traced is None:
        raise NotFound
    draws = statement.sign_off is None and holds(statement.organisation, P.STATEMENT_DRAFT, by=g.user)
    entering = draws and key not in REPEATED
    return render_template("statements/figure.html", statement=statement, traced=traced, entering=entering)


@bp.route("/statements/<reference>/figures/<key>.csv")
@requires(P.STATEMENT_VIEW)
def figure_records(reference: str, key: str) -> ResponseReturnValue:
    """The records behind a figure as CSV, each with whether it is counted."""
    statement = queries.get_statement(reference, P.STATEMENT_VIEW, by=g.user, before_board=False)
    traced = trace.of(document_of(statement, site=current_app.config["SERVICE_URL"]), key)
    if traced is None:
        raise NotFound
    return file(trace.as_csv(traced), "text/csv", f"{reference}-{key}.csv")


def asked_for(reference: str) -> tuple[Statement, Document]:
    """The statement of an address and what it says, in the layout that its query names; raises NotFound."""
    statement = queries.get_statement(reference, P.STATEMENT_VIEW, by=g.user, before_board=False)
    layout, site = request.args.get("layout") or None, current_app.config["SERVICE_URL"]
    return statement, document_of(statement, layout, site=site)


@bp.route("/statements/<reference>/preview")
@requires(P.STATEMENT_VIEW)
def preview(reference: str) -> ResponseReturnValue:
    """The statement as readers will see it; a draft in either layout."""
    statement = queries.get_statement(reference, P.STATEMENT_VIEW, by=g.user, before_board=False)
    site = current_app.config["SERVICE_URL"]
    preview = preview_of(statement, request.args.get("layout") or None, site=site)
    return render_template(
        "statements/preview.html",
        statement=statement,
        document=preview.statement,
        article=Markup(preview.article),  # noqa: S704  (our own template, which escapes)
        layouts=list(frameworks.layouts().values()) if statement.sign_off is None else [],
    )


@bp.route("/statements/<reference>/statement.<any(html, json, docx):kind>")
@requires(P.STATEMENT_VIEW)
def data(reference: str, kind: str) -> ResponseReturnValue:
    """The statement as a page of its own, as data, or as a copy to edit; a draft in either layout."""
    statement, document = asked_for(reference)
    name = f"{reference}{'' if statement.sign_off else '-draft'}-{document.layout}.{kind}"
    if kind == "json":
        return file(to_json(document), "application/json", name)
    if kind == "docx":
        return file(to_docx(document), DOCX, name)
    return file(to_html(document), "text/html", name)


@bp.route("/statements/<reference>/<any(figures, misconduct, projects, approvals, decisions):table>.csv")
@requires(P.STATEMENT_VIEW)
def table(reference: str, table: str) -> ResponseReturnValue:
    """One table of what the statement says, as CSV."""
    statement, document = asked_for(reference)
    _, make = TABLES[f"{table}.csv"]
    draft = "" if statement.sign_off else "-draft"
    return file(make(document), "text/csv", f"{reference}{draft}-{table}.csv")


@bp.route("/statements/<reference>/statement.pdf")
@requires(P.STATEMENT_VIEW)
def pdf(reference: str) -> ResponseReturnValue:
    """The signed document, byte for byte; of a draft, one marked as a draft on every page."""
    statement, document = asked_for(reference)
    if statement.sign_off is not None:
        return file(statement.sign_off.pdf, "application/pdf", f"{reference}.pdf", inline=True)
    try:
        content = to_pdf(to_json(document), current_app.config["INSTANCE_DIR"])
    except PdfFailed as error:
        return failed(503, str(error))
    return file(content, "application/pdf", f"{reference}-draft-{document.layout}.pdf", inline=True)
