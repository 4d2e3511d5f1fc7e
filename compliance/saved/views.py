"""Pages about saved filters; each list shows those of its reader above itself."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from compliance.forms import Form, question
from compliance.guard import signed_in
from compliance.models import SavedView
from compliance.rules.broken import RuleBroken
from compliance.rules.saved import LISTS, NewView, canonical, divided, whole
from compliance.saved import actions, queries
from compliance.saved.forms import SaveViewForm

bp = Blueprint("saved", __name__, url_prefix="/saved-filters")


@bp.app_context_processor
def above_lists() -> dict[str, Any]:
    """What the line above a list needs; nothing is asked of the database on other pages."""
    return {"saved_here": saved_here, "address_of": address_of, "filter_now": filter_now}


def saved_here() -> Sequence[SavedView]:
    """The reader's filters of the list that is being shown."""
    return queries.saved_for(request.endpoint or "", by=g.user)


def filter_now() -> str:
    """The filter in the address, as it would be kept; empty when there is none."""
    within = urlencode(request.view_args or {})
    return canonical(f"{within}&{request.query_string.decode('utf-8', 'replace')}")


def address_of(endpoint: str, query: str) -> str:
    """A list with a filter."""
    within, rest = divided(endpoint, query)
    address = url_for(endpoint, **within)  # type: ignore[arg-type]
    return f"{address}?{rest}" if rest else address


@bp.route("")
@signed_in
def index() -> ResponseReturnValue:
    """One's saved filters, list by list."""
    rows = [row for row in queries.all_saved(by=g.user) if row.endpoint in LISTS]
    return render_template("saved/index.html", rows=rows, lists=LISTS)


@bp.route("/<page>/new", methods=["GET", "POST"])
@signed_in
def add(page: str) -> ResponseReturnValue:
    """Name the filter in the address and keep it."""
    query = canonical(request.args.get("query", ""))
    if page not in LISTS or not whole(page, query):
        abort(404)
    form = SaveViewForm()
    if form.submitted_and_valid():
        try:
            actions.save_view(NewView(page, form.name.data, query), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash("Filter saved")
            return redirect(address_of(page, query))
    return question(
        "layouts/ask.html",
        form,
        heading="Save this filter",
        caption=LISTS[page],
        back=address_of(page, query),
        button="Save the filter",
        intro=["Only you see it. It shows what fits the filter on the day you open it."],
    )


@bp.route("/<int:number>/delete", methods=["GET", "POST"])
@signed_in
def delete(number: int) -> ResponseReturnValue:
    """No longer keep a filter."""
    view, form = queries.get_saved(number, by=g.user), Form()
    if form.submitted_and_valid():
        actions.delete_view(view, by=g.user)
        flash("Filter deleted")
        return redirect(url_for(".index"))
    return question(
        "layouts/ask.html",
        form,
        heading=f"Delete the filter “{view.name}”",
        caption=LISTS.get(view.endpoint, ""),
        back=url_for(".index"),
        button="Delete the filter",
        intro=["The records that it shows stay as they are."],
    )
