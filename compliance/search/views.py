"""The page of search: what was found in each kind of record, or one kind page by page."""

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from compliance.guard import granted, signed_in
from compliance.paging import Page, place_of
from compliance.rules.searching import LONGEST, terms_of
from compliance.search import queries
from compliance.search.queries import MANY, Hit, Search
from compliance.terms import Found

bp = Blueprint("search", __name__)

# The page of each kind of record, and what of its address the record fills.
ADDRESSES = {
    Found.PROJECT: ("projects.show", "reference"),
    Found.APPROVAL: ("approvals.show", "reference"),
    Found.STATEMENT: ("statements.show", "reference"),
    Found.PERSON: ("people.show", "number"),
    Found.REQUIREMENT: ("expected.show", "code"),
}


@bp.route("/search")
@signed_in
def show() -> ResponseReturnValue:
    """The first records of every kind, or those of the kind in the address page by page."""
    typed, kinds = request.args.get("q", "").strip(), queries.kinds_for(granted())
    terms = terms_of(typed)
    search = queries.Search(terms, kinds, by=g.user)
    chosen = next((kind for kind in kinds if kind == request.args.get("kind")), None)
    return render_template(
        "search/show.html",
        typed=typed[:LONGEST],
        cut=len(typed) > LONGEST,
        asked=bool(terms),
        kinds=kinds,
        counts=search.counts,
        total=sum(search.counts.values()),
        chosen=chosen,
        page=page_of(search, chosen) if chosen else None,
        groups=[] if chosen else [(kind, search.some(kind)) for kind in kinds if search.counts[kind]],
        addresses=ADDRESSES,
    )


def page_of(search: Search, kind: Found) -> Page[Hit]:
    """One page of the records of a kind; a number beyond the end gives the last page."""
    total = search.counts[kind]
    number, pages = place_of(request.args.get("page", 1, type=int), total, MANY)
    return Page(search.some(kind, (number - 1) * MANY, MANY), number, pages, total)
