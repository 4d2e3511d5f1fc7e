"""Pages on which people decide about single numbers of a statement."""

from flask import Blueprint, current_app, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from compliance import clock
from compliance.forms import question
from compliance.guard import requires
from compliance.organisations.queries import get_organisation
from compliance.permissions import Permission
from compliance.rules.broken import RuleBroken
from compliance.statements import entering, numbers, queries
from compliance.statements.number_forms import CellForm, OverrideForm, PolicyForm
from compliance.statements.signing import gathered_of
from reports.statement.count import Ratio
from reports.statement.model import Figure

bp = Blueprint("numbers", __name__)
P = Permission


@bp.route("/statements/<reference>/figures/<key>/value", methods=["GET", "POST"])
@requires(P.STATEMENT_DRAFT)
def override(reference: str, key: str) -> ResponseReturnValue:
    """Enter another value for a figure, with the reason."""
    statement = queries.get_statement(reference, P.STATEMENT_DRAFT, by=g.user)
    document = queries.document_of(statement, site=current_app.config["SERVICE_URL"])
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


@bp.route("/statements/<reference>/small-numbers")
@requires(P.STATEMENT_DRAFT)
def index(reference: str) -> ResponseReturnValue:
    """The small numbers of the misconduct table: which are withheld, and what is to be decided."""
    statement = queries.get_statement(reference, P.STATEMENT_DRAFT, by=g.user)
    gathered = gathered_of(statement)
    shown, decided = gathered.shown, gathered.draft.decided
    return render_template(
        "statements/small_numbers.html",
        statement=statement,
        shown=shown,
        policy=numbers.policy_of(statement.organisation_id),
        rows=[
            (cell, numbers.name_of(cell), why, numbers.decision_on(cell, shown.numbers, decided))
            for cell, why in shown.proposed.items()
        ],
        exposed=[numbers.name_of(cell) for cell in shown.exposed],
        given_away=gathered.readiness.given_away,
        given_away_above=gathered.readiness.given_away_above,
    )


@bp.route("/statements/<reference>/small-numbers/<cell>", methods=["GET", "POST"])
@requires(P.STATEMENT_DRAFT)
def decide(reference: str, cell: str) -> ResponseReturnValue:
    """Decide whether one small number is withheld."""
    statement = queries.get_statement(reference, P.STATEMENT_DRAFT, by=g.user)
    shown = gathered_of(statement).shown
    found = next((one for one in shown.proposed if one.key == cell), None)
    if found is None or shown.below is None:
        raise NotFound
    form, back = CellForm(), url_for(".index", reference=reference)
    if form.submitted_and_valid():
        number = shown.numbers[found]
        try:
            entering.decide(statement, found, form.answers(), number=number, below=shown.below, by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash("Decision saved")
            return redirect(back)
    intro = [f"The number is {shown.numbers[found]}. Numbers from 1 to {shown.below - 1} are withheld."]
    words = {"heading": numbers.name_of(found), "caption": "Small number", "button": "Save the decision"}
    return question("layouts/ask.html", form, back=back, intro=intro, **words)


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
