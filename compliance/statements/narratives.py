"""Pages on which the words of a statement are written; every save is a new version."""

from flask import Blueprint, abort, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from compliance import frameworks
from compliance.conflict import Conflict
from compliance.forms import question
from compliance.frameworks.schema import Section
from compliance.guard import may, requires
from compliance.misconduct.queries import lessons_offered
from compliance.models import Narrative, Statement
from compliance.organisations.queries import holds
from compliance.permissions import Permission
from compliance.rules.broken import RuleBroken
from compliance.rules.readiness import words
from compliance.statements import actions, queries
from compliance.statements.discussion import comments_of
from compliance.statements.forms import SectionForm
from compliance.statements.kept import document_of
from compliance.statements.wording import compare, prose
from reports.narrative import ALLOWED

bp = Blueprint("narratives", __name__)
P = Permission
# The sections that say what cases of misconduct taught: 3A of the template, 7 of the government layout.
LEARNED = ("misconduct", "misconduct_processes")


def section_of(statement: Statement, key: str) -> Section:
    """The section of the statement's layout; raises NotFound."""
    found = frameworks.layout(statement.layout).section(key)
    if found is None:
        raise NotFound
    return found


@bp.route("/statements/<reference>/sections/<key>", methods=["GET", "POST"])
@requires(P.STATEMENT_VIEW)
def write(reference: str, key: str) -> ResponseReturnValue:
    """Write one section, with last year's words and this year's figures beside it."""
    if request.method == "POST" and not may(P.STATEMENT_DRAFT):
        abort(403)
    permission = P.STATEMENT_DRAFT if request.method == "POST" else P.STATEMENT_VIEW
    statement = queries.get_statement(reference, permission, by=g.user, before_board=False)
    section, newest = section_of(statement, key), queries.newest_narrative(statement.id, key)
    form = SectionForm(version=newest.number if newest else 0, text=newest.text if newest else "")
    if form.completed.raw_data is None and newest:
        form.completed.data = "yes" if newest.completed else "no"
    if form.submitted_and_valid():
        try:
            _, why_not = actions.write(statement, key, form.answers(), seen=form.seen(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        except Conflict:
            return conflict(statement, section, form)
        else:
            flash(why_not or "Section saved")
            again = url_for(".write", reference=reference, key=key)
            return redirect(again if why_not else url_for("statements.show", reference=reference))
    return asked(statement, section, newest, form)


def open_to(statement: Statement, permission: Permission) -> bool:
    """Whether the person may still do this with the statement: it is not signed, and they hold it there."""
    return statement.sign_off is None and holds(statement.organisation, permission, by=g.user)


def lessons_for(statement: Statement, section: Section) -> list[str]:
    """What the case register offers to a section; nothing to most of them."""
    return lessons_offered(statement.organisation_id, statement.period) if section.key in LEARNED else []


def asked(
    statement: Statement, section: Section, newest: Narrative | None, form: SectionForm
) -> ResponseReturnValue:
    """The page of a section: the form, or the words alone for who may not write or once it is signed."""
    before = queries.texts_of_year_before(statement)
    document = document_of(statement, site=current_app.config["SERVICE_URL"])
    return question(
        "statements/section.html",
        form,
        statement=statement,
        section=section,
        newest=newest,
        allowed=ALLOWED,
        prose=prose,
        number=words(form.text.data or ""),
        before=before.get(section.key)
        or "\n\n".join(before[one] for one in section.draws_on if one in before),
        figures=[row for row in document.figures if row.key in section.figures],
        lessons=lessons_offered(statement.organisation_id, statement.period)
        if section.key in LEARNED
        else [],
        comments=comments_of(statement.id, section.key),
        commenting=open_to(statement, P.STATEMENT_COMMENT),
        writing=open_to(statement, P.STATEMENT_DRAFT),
    )


def conflict(statement: Statement, section: Section, form: SectionForm) -> ResponseReturnValue:
    """Both texts, each compared with the one that both began from, and a way to save."""
    rows = queries.versions_of(statement.id, section.key)
    base = next((row.text for row in rows if row.number == form.seen()), "")
    theirs, mine = rows[0], form.answers()
    form.version.data = str(theirs.number)
    return (
        render_template(
            "statements/conflict.html",
            statement=statement,
            section=section,
            form=form,
            theirs=theirs,
            their_words=compare(base, theirs.text),
            my_words=compare(base, mine.text),
        ),
        409,
    )


@bp.route("/statements/<reference>/sections/<key>/versions")
@requires(P.STATEMENT_VIEW)
def versions(reference: str, key: str) -> ResponseReturnValue:
    """Every version of a section, each compared with the one before."""
    statement = queries.get_statement(reference, P.STATEMENT_VIEW, by=g.user)
    section, rows = section_of(statement, key), queries.versions_of(statement.id, key)
    earlier = [*(row.text for row in rows[1:]), ""]
    return render_template(
        "statements/versions.html",
        statement=statement,
        section=section,
        versions=[(row, compare(before, row.text)) for row, before in zip(rows, earlier, strict=False)],
    )
