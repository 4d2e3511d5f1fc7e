"""The tables of a board as files to keep."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from compliance.board import heat, picture, queries
from compliance.board.frame import Frame
from compliance.board.shortfalls import Shortfall, chosen, shortfalls
from compliance.board.views import asked_frame, asked_top
from compliance.downloads import KINDS, download
from compliance.guard import requires
from compliance.permissions import Permission

bp = Blueprint("board_sheets", __name__)
SHORTFALLS = ("Requirement", "Code", "Organisation", "What is to be done", "Who", "By when", "How far")


@bp.route(f"/board/all.<{KINDS}:kind>")
@requires(Permission.BOARD_VIEW)
def every(kind: str) -> ResponseReturnValue:
    """The heat map in numbers, with every organisation or those that the filter in the address shows."""
    frame, top = asked_frame(), asked_top()
    covered = picture.covered(frame, queries.coverage(top), frame.period, picture.counts_of(frame, top))
    heads = ["Organisation"]
    for heading in picture.headings():
        heads += [f"{heading.number}: {part}" for part in ("met", "partly met", "not met", "to judge", "of")]
    rows = heat.chosen(request.args.get("show", ""), covered.heat.rows, covered.top)
    return download("commitments", kind, [*heads, "Return", "Return sent on"], map(line, rows))


def line(row: heat.Row) -> list[object]:
    """One organisation; without a return nothing is known, so its cells are empty and not zero."""
    found: list[object] = [row.place.name]
    for heading in picture.headings():
        count = row.counts[heading.code]
        parts = (count.met, count.partly_met, count.not_met, count.not_assessed, count.total)
        found += [None] * len(parts) if row.unknown else parts
    return [*found, row.state.label if row.asked else "Not asked", row.sent_on]


@bp.route(f"/board/shortfalls.<{KINDS}:kind>")
@requires(Permission.BOARD_VIEW)
def short(kind: str) -> ResponseReturnValue:
    """What is not met without an action, or the actions past their date."""
    frame = asked_frame()
    found = shortfalls(asked_top(), frame.period)
    show = chosen(found, request.args.get("show", ""))
    return download(show, kind, SHORTFALLS, (promised(frame, row) for row in found[show]))


def promised(frame: Frame, row: Shortfall) -> tuple[object, ...]:
    """One requirement with its action, if there is one."""
    one = row.promise
    action = (one.answer.fix, one.answer.fix_owner, one.due_on, one.state.label) if one else (None,) * 4
    return (row.requirement.title, row.requirement.code, frame.places[row.organisation_id].name, *action)
