"""Pages on the meetings of a board, and on how organisations are compared."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from compliance.board import actions, meetings, scope
from compliance.board.comparison import policy_of
from compliance.board.forms import ComparisonForm, MeetingForm
from compliance.board.views import asked_frame_of, parts
from compliance.forms import question
from compliance.guard import requires
from compliance.organisations.queries import get_organisation
from compliance.permissions import Permission
from compliance.rules.broken import RuleBroken

bp = Blueprint("board_keeping", __name__)


@bp.route("/organisations/<code>/board/meetings")
@requires(Permission.BOARD_VIEW)
def index(code: str) -> ResponseReturnValue:
    """The newest meetings of a board with what it saw at each."""
    top = scope.top_of(code, by=g.user)
    frame = asked_frame_of(top)
    found = meetings.meetings_of(top)
    return render_template(
        "board/meetings.html", meetings=found, figures=meetings.side_by_side(found), **parts(frame)
    )


@bp.route("/organisations/<code>/board/meetings/new", methods=["GET", "POST"])
@requires(Permission.BOARD_KEEP)
def record(code: str) -> ResponseReturnValue:
    """Record that the board met, with the figures that stand there now."""
    place = get_organisation(code, Permission.BOARD_KEEP, by=g.user)
    form, back = MeetingForm(), url_for(".index", code=code)
    if form.submitted_and_valid():
        try:
            actions.record_meeting(place, form.answers(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash("Meeting saved with its figures")
            return redirect(back)
    intro = ["The board then says of each figure what became of it since this meeting."]
    return question("layouts/ask.html", form, heading="Record a meeting", intro=intro, back=back)


@bp.route("/organisations/<code>/board/comparison", methods=["GET", "POST"])
@requires(Permission.BOARD_KEEP)
def comparison(code: str) -> ResponseReturnValue:
    """Say how the organisations below see each other on their boards."""
    place = get_organisation(code, Permission.BOARD_KEEP, by=g.user)
    held, form, back = policy_of(place.id), ComparisonForm(), url_for("board.organisation", code=code)
    if form.submitted_and_valid():
        actions.set_comparison(place, form.answers(), by=g.user)
        flash("Policy saved")
        return redirect(back)
    now = f"Now: {held.comparison.label}. Set by {held.set_by.name}: {held.reason}" if held else ""
    intro = [
        now or "Nobody has decided this yet, so they see each other without names.",
        "Without names, an organisation sees how many others lie in each tenth, and no number of another.",
    ]
    return question("layouts/ask.html", form, heading="Comparing organisations", intro=intro, back=back)
