"""The page that says what changed since last year, and the choice whether the document prints it."""

from flask import Blueprint, abort, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from compliance.forms import Form
from compliance.guard import may, requires
from compliance.models import Statement
from compliance.organisations.queries import holds
from compliance.permissions import Permission
from compliance.rules.broken import RuleBroken
from compliance.statements import actions, queries
from compliance.statements.kept import before_of_shown, preview_of
from reports.statement.since import changed_figures, since_last_year

bp = Blueprint("years", __name__)
P = Permission


@bp.route("/statements/<reference>/since-last-year", methods=["GET", "POST"])
@requires(P.STATEMENT_VIEW)
def since(reference: str) -> ResponseReturnValue:
    """What changed since last year; who drafts says whether the document prints it as an annex."""
    if request.method == "POST" and not may(P.STATEMENT_DRAFT):
        abort(403)
    permission = P.STATEMENT_DRAFT if request.method == "POST" else P.STATEMENT_VIEW
    statement = queries.get_statement(reference, permission, by=g.user, before_board=False)
    form = Form()
    if form.submitted_and_valid():
        try:
            actions.choose_annex(statement, printed="print" in request.form, by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return redirect(url_for(".since", reference=reference))
    return page(statement, form)


def page(statement: Statement, form: Form) -> ResponseReturnValue:
    """Figures, standings and words of both years."""
    site = current_app.config["SERVICE_URL"]
    shown = preview_of(statement, site=site)
    document, before = shown.statement, before_of_shown(shown, statement, site=site)
    found = document.since or since_last_year(before.standings, before.last, document)
    return render_template(
        "statements/since.html",
        statement=statement,
        document=document,
        form=form,
        since=found,
        figures=changed_figures(document),
        choosing=statement.sign_off is None and holds(statement.organisation, P.STATEMENT_DRAFT, by=g.user),
    ), (400 if form.wrong else 200)
