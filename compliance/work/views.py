"""The home of people who do the work: what needs them today."""

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue

from compliance import clock
from compliance.guard import granted, requires
from compliance.permissions import Permission
from compliance.work import queries
from compliance.work.items import in_order

bp = Blueprint("work", __name__)


@bp.route("/my-work")
@requires(Permission.WORK_VIEW)
def show() -> ResponseReturnValue:
    """What waits for this person, the most urgent first, then what waits for others."""
    (piles, others), period = queries.waiting(by=g.user, granted=granted())
    return render_template(
        "work/show.html",
        items=in_order(piles, clock.today()),
        total=sum(pile.total for pile in piles),
        more=[pile for pile in piles if pile.more],
        others=others,
        period=period,
    )
