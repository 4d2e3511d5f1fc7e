"""Pages about areas of research interest: all of them, and the sheet from which they come."""

from itertools import groupby

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from compliance import clock
from compliance.areas import actions, queries
from compliance.areas.forms import AreasForm
from compliance.fields import options
from compliance.forms import question
from compliance.guard import requires, takes_files
from compliance.organisations.queries import get_organisation, visible
from compliance.permissions import Permission
from compliance.rules.areas import COLUMNS, NewArea, read_areas
from compliance.rules.broken import RuleBroken
from compliance.rules.imports import Fault, text_of

bp = Blueprint("areas", __name__)
KEEP = Permission.AREA_KEEP


@bp.route("/areas")
@requires(Permission.PROJECT_VIEW)
def index() -> ResponseReturnValue:
    """Every area that was added, by organisation and edition."""
    today = clock.today()
    together = groupby(queries.all_areas(), key=lambda row: (row.organisation.name_on(today), row.edition))
    return render_template("areas/index.html", editions=[(key, list(rows)) for key, rows in together])


@bp.route("/areas/import", methods=["GET", "POST"])
@requires(KEEP)
@takes_files
def sheet() -> ResponseReturnValue:
    """Look at a sheet: every fault with its line, nothing added; then add all of it."""
    form = AreasForm()
    places = [(one.code, one.name_on(clock.today())) for one in visible(KEEP, by=g.user)]
    form.organisation_code.choices = options(places, empty="Choose an organisation")
    if form.submitted_and_valid():
        try:
            text = form.sheet.data or text_of(form.file.data.content if form.file.data else b"")
            areas, faults = read_areas(text)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return looked_at(form, text, areas, faults)
    return question("areas/import.html", form, columns=COLUMNS)


def looked_at(form: AreasForm, text: str, areas: list[NewArea], faults: list[Fault]) -> ResponseReturnValue:
    """Add what was looked at and is right, or say what was found."""
    place = get_organisation(form.organisation_code.data, KEEP, by=g.user)
    wrong = [*faults, *actions.taken(place, form.edition.data, areas)]
    if not wrong and "record" in request.form:
        wrong = actions.add_areas(place, form.edition.data, areas, by=g.user)
        if not wrong:
            flash(f"{len(areas)} areas added" if len(areas) > 1 else "1 area added")
            return redirect(url_for(".index"))
    form.sheet.data = "" if wrong else text
    wrong.sort(key=lambda one: one.line)
    page = render_template("areas/imported.html", form=form, areas=areas, wrong=wrong, place=place)
    return page, 400 if wrong else 200
