"""The board: one screen for an organisation and all below it, its heat map in full, its trends as a table."""

from typing import Any

from flask import Blueprint, current_app, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from compliance import clock
from compliance.board import heat, own, picture, queries, scope
from compliance.board.comparison import among
from compliance.board.frame import Frame, NoPeriod, frame_of
from compliance.board.kept import drawn
from compliance.board.links import To
from compliance.board.picture import Board
from compliance.board.scope import Top
from compliance.board.shortfalls import SHOWN, chosen
from compliance.board.shortfalls import shortfalls as shortfalls_of
from compliance.guard import may, requires
from compliance.paging import slice_of
from compliance.permissions import Permission
from compliance.rules.comparison import SMALLEST

bp = Blueprint("board", __name__)

ON_BOARD = 10


@bp.app_template_global()
def address(to: To | None) -> str:
    """The address of the records behind a number; empty for whoever may not open them."""
    if to is None or not may(to.permission) or to.endpoint not in current_app.view_functions:
        return ""
    return url_for(to.endpoint, **to.filter)


@bp.route("/board")
@requires(Permission.BOARD_VIEW)
def show() -> ResponseReturnValue:
    """The board of the organisation where this person's role is held."""
    return board_page(scope.own_top(by=g.user), home=True)


@bp.route("/organisations/<code>/board")
@requires(Permission.BOARD_VIEW)
def organisation(code: str) -> ResponseReturnValue:
    """The board of one organisation and all below it."""
    return board_page(scope.top_of(code, by=g.user), home=False)


def board_page(top: Top, *, home: bool) -> ResponseReturnValue:
    """A board, as it was drawn since something that it shows last changed."""
    key = request.args.get("period", "")
    frame, at, body = drawn(top, key, lambda whose: draw(whose, key))
    return render_template("board/show.html", home=home, frame=frame, now=at, body=Markup(body))  # noqa: S704


def draw(top: Top, key: str) -> tuple[Frame, str]:
    """A board below its heading, with what only that of one force shows of the force itself."""
    board = picture.board_of(top, key)
    more = {} if board.frame.national else own_parts(board, top)
    body = render_template(
        "board/body.html", rows=first_rows(board), **parts(board.frame), **more, board=board
    )
    return board.frame, body


def parts(frame: Frame) -> dict[str, Any]:
    """What every page of a board says of itself."""
    return {"frame": frame, "now": clock.now(), "headings": picture.headings()}


def own_parts(board: Board, top: Top) -> dict[str, Any]:
    """What the board of one force shows of the force itself."""
    return {
        "commitments": own.own_commitments(board),
        "organisation": queries.with_contacts(board.frame.top.id),
        "among": among(top, board.frame.period, board.counts),
        "smallest": SMALLEST,
    }


def first_rows(board: Board) -> list[heat.Row]:
    """The rows that the board itself shows: the most to do, and every missing return that fits."""
    rows = board.covered.heat.rows
    missing = [row for row in rows if row.unknown][:ON_BOARD]
    known = [row for row in rows if not row.unknown]
    return [*known[: ON_BOARD - min(len(missing), ON_BOARD // 2)], *missing][:ON_BOARD]


@bp.route("/board/all")
@requires(Permission.BOARD_VIEW)
def every() -> ResponseReturnValue:
    """The heat map with every organisation, or with those that a filter shows."""
    frame = asked_frame()
    rows = queries.coverage(asked_top())
    counts = picture.counts_of(frame, asked_top())
    covered = picture.covered(frame, rows, frame.period, counts)
    shown = request.args.get("show", "")
    return render_template(
        "board/every.html",
        rows=heat.chosen(shown, covered.heat.rows, covered.top),
        covered=covered,
        show=shown,
        shown=heat.SHOWN,
        **parts(frame),
    )


@bp.route("/board/shortfalls")
@requires(Permission.BOARD_VIEW)
def shortfalls() -> ResponseReturnValue:
    """Requirements not met without an action, or actions past their date, one below the other."""
    frame = asked_frame()
    found = shortfalls_of(asked_top(), frame.period)
    show = chosen(found, request.args.get("show", ""))
    return render_template(
        "board/shortfalls.html",
        page=slice_of(found[show], request.args.get("page", 1, type=int)),
        show=show,
        shown=SHOWN,
        **parts(frame),
    )


@bp.route("/board/trends")
@requires(Permission.BOARD_VIEW)
def trends() -> ResponseReturnValue:
    """The trends of a board as a table."""
    frame = asked_frame()
    series = picture.series_of(frame, queries.coverage(asked_top()))
    return render_template("board/trends.html", series=series, **parts(frame))


def asked_top() -> Top:
    """The organisation that the address names, else this person's own."""
    code = request.args.get("organisation", "")
    return scope.top_of(code, by=g.user) if code else scope.own_top(by=g.user)


def asked_frame() -> Frame:
    """Whose board and which period the address means."""
    return asked_frame_of(asked_top())


def asked_frame_of(top: Top) -> Frame:
    """The period that the address means, on one board."""
    return frame_of(top, request.args.get("period", ""))


@bp.app_errorhandler(NoPeriod)
def none(_error: NoPeriod) -> ResponseReturnValue:
    """What is said before the first reporting period."""
    return render_template("board/none.html")
