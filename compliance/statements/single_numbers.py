"""Pages on which people decide about single numbers of a statement."""

from collections.abc import Sequence

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from compliance import clock
from compliance.forms import question
from compliance.guard import requires
from compliance.models import Statement
from compliance.organisations.queries import get_organisation
from compliance.permissions import Permission
from compliance.rules.broken import RuleBroken
from compliance.statements import entering, numbers, queries, withholding
from compliance.statements.forms import PRINT, WITHHOLD, SmallNumbersForm, small_numbers_form
from compliance.statements.gather import Gathered
from compliance.statements.kept import document_of, gathered_of
from compliance.statements.number_forms import OverrideForm, PolicyForm
from compliance.statements.withholding import Changed, Row
from compliance.templating import plural
from reports.statement.count import Ratio
from reports.statement.model import Figure

bp = Blueprint("numbers", __name__)
P = Permission


@bp.route("/statements/<reference>/figures/<key>/value", methods=["GET", "POST"])
@requires(P.STATEMENT_DRAFT)
def override(reference: str, key: str) -> ResponseReturnValue:
    """Enter another value for a figure, with the reason."""
    statement = queries.get_statement(reference, P.STATEMENT_DRAFT, by=g.user)
    document = document_of(statement, site=current_app.config["SERVICE_URL"])
    figure = next((row for row in document.figures if row.key == key), None)
    if figure is None:
        raise NotFound
    form = OverrideForm(**begun_with(figure))
    if not isinstance(figure.from_records, Ratio):
        del form.whole
    back = url_for("statements.figure", reference=reference, key=key)
    if form.submitted_and_valid():
        try:
            entering.override(statement, figure, form.answers(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash("Value saved")
            return redirect(back)
    intro = [f"The records give {figure.from_records.text}. {figure.definition}"]
    words = {"heading": figure.title, "caption": "Enter another value", "button": "Save the value"}
    return question("layouts/ask.html", form, back=back, intro=intro, **words)


def begun_with(figure: Figure) -> dict[str, str]:
    """What the form begins with: the value that was entered before, with its reason."""
    if figure.override is None:
        return {}
    value = figure.value
    parts = (value.part, value.whole) if isinstance(value, Ratio) else (value,)
    typed = [str(getattr(one, "value", "")) for one in parts]
    return {**dict(zip(("number", "whole"), typed, strict=False)), "reason": figure.override.reason}


@bp.route("/statements/<reference>/small-numbers", methods=["GET", "POST"])
@requires(P.STATEMENT_DRAFT)
def index(reference: str) -> ResponseReturnValue:
    """Decide about the small numbers of the misconduct table: one, some or all of them at once."""
    statement = queries.get_statement(reference, P.STATEMENT_DRAFT, by=g.user)
    site = current_app.config["SERVICE_URL"]
    gathered = gathered_of(statement, site=site)
    form = form_about(withholding.rows_of(gathered.shown, numbers.decided_about(statement)))
    if form.submitted_and_valid():
        try:
            count = withholding.decide(statement, gathered.shown, form.answers(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        except Changed as error:
            form.show_changed(error.changes)
            return small_numbers(statement, gathered_of(statement, site=site), form), 409
        else:
            if count:
                flash(f"{plural(count, 'decision')} saved")
            else:
                flash("Nothing was changed", "unchanged")
            return redirect(url_for(".index", reference=reference))
    return small_numbers(statement, gathered, form), 400 if form.wrong else 200


def form_about(rows: Sequence[Row]) -> SmallNumbersForm:
    """The form about these numbers, filled with what was decided before, or only with what was sent."""
    held: dict[str, str] = {}
    for row in rows:
        key = row.cell.key
        held |= {f"{key}-seen": row.seen, f"{key}-reason": row.own_words}
        if row.made:
            held[key] = WITHHOLD if row.made.withheld else PRINT
    asked = {row.cell.key: row.name for row in rows}
    # A row that was sent open must stay open, though somebody else may have decided about it meanwhile.
    return small_numbers_form(asked)(data={} if request.method == "POST" else held)


def small_numbers(statement: Statement, gathered: Gathered, form: SmallNumbersForm) -> str:
    """The page that asks, with what can be worked out in spite of what was decided."""
    shown, ready = gathered.shown, gathered.readiness
    return render_template(
        "statements/small_numbers.html",
        form=form,
        statement=statement,
        shown=shown,
        rows=withholding.rows_of(shown, numbers.decided_about(statement)),
        policy=numbers.policy_of(statement.organisation_id),
        exposed=ready.exposed,
        given_away=ready.given_away,
        given_away_above=ready.given_away_above,
    )


@bp.route("/organisations/<code>/small-numbers", methods=["GET", "POST"])
@requires(P.STATEMENT_DRAFT)
def policy(code: str) -> ResponseReturnValue:
    """Set below which number an organisation withholds counts of misconduct."""
    place = get_organisation(code, P.STATEMENT_DRAFT, by=g.user)
    held = numbers.policy_of(place.id)
    form, back = PolicyForm(), url_for("statements.index")
    if form.submitted_and_valid():
        try:
            entering.set_policy(place, form.answers(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash("Policy saved")
            return redirect(back)
    now = f"Counts below {held.below} are withheld." if held and held.below else "Every number is printed."
    by = f" Set by {held.set_by.name}: {held.reason}" if held else ""
    intro = [now + by, "No source sets a threshold: this is the organisation’s own policy."]
    words = {"caption": place.name_on(clock.today()), "button": "Save the policy"}
    return question("layouts/ask.html", form, heading="Small numbers", intro=intro, back=back, **words)
