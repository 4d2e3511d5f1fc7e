"""The page that shows one organisation and period under every framework."""

from flask import Blueprint, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from compliance import frameworks
from compliance.assessments.asked import of_funders, pays
from compliance.assessments.derived import columns
from compliance.assessments.queries import FRAMEWORK, get_period
from compliance.days import asked_day
from compliance.expected.queries import wordings
from compliance.frameworks.schema import Subject
from compliance.guard import requires
from compliance.organisations.queries import get_organisation
from compliance.permissions import Permission
from compliance.rules.side_by_side import SHOWN, Cell, table_of

bp = Blueprint("standing", __name__)


@bp.route("/assessment/<organisation>/<period>/standing")
@requires(Permission.ASSESSMENT_VIEW)
def show(organisation: str, period: str) -> ResponseReturnValue:
    """The three frameworks side by side, now or as at the end of a day."""
    place = get_organisation(organisation, Permission.ASSESSMENT_VIEW, by=g.user)
    year = get_period(period)
    asked, show = asked_day("as_at"), request.args.get("show", "").strip()
    found = columns(place.id, year.id, as_at=asked.until)
    everything = frameworks.everything().values()

    def address(cell: Cell) -> str:
        code = cell.requirement.code
        return url_for("assessments.requirement", organisation=organisation, period=period, code=code)

    return render_template(
        "standing/show.html",
        organisation=place,
        period=year,
        columns=found,
        table=table_of(found, FRAMEWORK, frameworks.links(Subject.ORGANISATION), show),
        show=show,
        shown=SHOWN,
        as_at=asked.on,
        days=[asked],
        agreed=wordings(),
        address=address,
        funders=0 if pays(place.id, year.id) else sum(len(of_funders(one)) for one in everything),
    )
