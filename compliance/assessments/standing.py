"""The page that shows one organisation and period under every framework."""

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue

from compliance.assessments.derived import columns
from compliance.assessments.queries import get_period
from compliance.guard import requires
from compliance.organisations.queries import get_organisation
from compliance.permissions import Permission

bp = Blueprint("standing", __name__)


@bp.route("/assessment/<organisation>/<period>/standing")
@requires(Permission.ASSESSMENT_VIEW)
def show(organisation: str, period: str) -> ResponseReturnValue:
    """The three frameworks side by side."""
    place = get_organisation(organisation, Permission.ASSESSMENT_VIEW, by=g.user)
    year = get_period(period)
    return render_template(
        "standing/show.html", organisation=place, period=year, columns=columns(place.id, year.id)
    )
