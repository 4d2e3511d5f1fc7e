"""Pages of a review: send answers, read one, accept it or send it back."""

from collections.abc import Sequence

from flask import Blueprint, flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from compliance import frameworks
from compliance.assessments.queries import get_period
from compliance.conflict import Conflict, Difference
from compliance.expected.queries import wordings
from compliance.forms import question
from compliance.guard import requires
from compliance.models import Assessment, Check
from compliance.organisations.queries import get_organisation
from compliance.permissions import Permission
from compliance.projects.queries import get_project
from compliance.reviews import actions, queries
from compliance.reviews.forms import CommentForm, ReviewForm
from compliance.rules.broken import RuleBroken

bp = Blueprint("reviews", __name__)


@bp.route("/assessment/<organisation>/<period>/send-for-review", methods=["POST"])
@requires(Permission.ASSESSMENT_ANSWER)
def send_assessment(organisation: str, period: str) -> ResponseReturnValue:
    """Send every new or changed judgement of a period for review."""
    place = get_organisation(organisation, Permission.ASSESSMENT_ANSWER, by=g.user)
    year = get_period(period)
    sent(queries.assessments_of(place.id, year.id), f"{place.code} {year.key}")
    return redirect(url_for("assessments.show", organisation=organisation, period=period))


@bp.route("/projects/<reference>/checks/send-for-review", methods=["POST"])
@requires(Permission.CHECK_ANSWER)
def send_checks(reference: str) -> ResponseReturnValue:
    """Send every new or changed answer of a project for review."""
    project = get_project(reference, Permission.CHECK_ANSWER, by=g.user)
    sent(queries.checks_of(project.id), reference)
    return redirect(url_for("projects.show", reference=reference))


def sent(rows: Sequence[Check | Assessment], subject: str) -> None:
    """Send what is ready and say how many, or why none."""
    try:
        number = actions.send(rows, subject=subject, by=g.user)
    except RuleBroken as broken:
        flash(broken.message)
    else:
        flash(f"{number} {'answer' if number == 1 else 'answers'} sent for review")


@bp.route("/assessment/<organisation>/<period>/<code>/review", methods=["GET", "POST"])
@requires(Permission.ANSWER_REVIEW)
def review_assessment(organisation: str, period: str, code: str) -> ResponseReturnValue:
    """Read one judgement of an organisation and say what you think of it."""
    place = get_organisation(organisation, Permission.ANSWER_REVIEW, by=g.user)
    year = get_period(period)
    row = queries.one_of(queries.assessments_of(place.id, year.id, code), code)
    back = url_for("assessments.requirement", organisation=organisation, period=period, code=code)
    return reviewed(row, f"{place.code} {year.key} {code}", back)


@bp.route("/projects/<reference>/checks/<code>/review", methods=["GET", "POST"])
@requires(Permission.ANSWER_REVIEW)
def review_check(reference: str, code: str) -> ResponseReturnValue:
    """Read one answer of a project and say what you think of it."""
    project = get_project(reference, Permission.ANSWER_REVIEW, by=g.user)
    row = queries.one_of(queries.checks_of(project.id, code), code)
    return reviewed(row, reference, url_for("checks.show", reference=reference, code=code))


@bp.route("/projects/<reference>/checks/<code>/comment", methods=["GET", "POST"])
@requires(Permission.CHECK_ANSWER)
def comment_on_check(reference: str, code: str) -> ResponseReturnValue:
    """Say something about an answer without reviewing it, such as a reply to the reviewer."""
    project = get_project(reference, Permission.CHECK_ANSWER, by=g.user)
    row = queries.one_of(queries.checks_of(project.id, code), code)
    return reviewed(row, reference, url_for("checks.show", reference=reference, code=code), CommentForm)


def reviewed(
    row: Check | Assessment, subject: str, back: str, asks: type[ReviewForm | CommentForm] = ReviewForm
) -> ResponseReturnValue:
    """The page of whoever reviews or comments, and what happens with what is sent."""
    latest = row.answers[0] if row.answers else None
    form = asks(version=latest.id if latest else 0)
    if form.submitted_and_valid():
        try:
            actions.say(row, form.answers(), seen=form.seen(), subject=subject, by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        except Conflict as stale:
            theirs = f"{row.answers[0].standing.label}. {row.answers[0].note or ''}"
            yours = f"{form.answers().kind.label}. {form.comment.data or ''}"
            raise stale.showing((Difference("The answer, and your review of it", theirs, yours),)) from None
        else:
            flash(form.answers().kind.label)
            return redirect(back)
    framework = frameworks.get(row.framework)
    return question(
        "reviews/review.html",
        form,
        requirement=framework.requirement(row.requirement_code),
        framework=framework,
        row=row,
        agrees=wordings().get(row.requirement_code),
        step=queries.latest_step_of(row),
        state=queries.state_of(row),
        changed=queries.changed_since_review(row),
        back=back,
    )
