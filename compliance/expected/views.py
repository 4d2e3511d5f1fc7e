"""Pages about what is expected: the catalogue, one requirement, editions side by side."""

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from compliance import clock, frameworks
from compliance.expected import actions, catalogue, queries
from compliance.expected.forms import WordingCheckForm
from compliance.forms import question
from compliance.frameworks.schema import Framework, Ref, Requirement
from compliance.guard import requires, signed_in
from compliance.permissions import Permission
from compliance.rules import wording
from compliance.rules.broken import RuleBroken

bp = Blueprint("expected", __name__)

ALL = "all"


def in_force() -> Framework:
    """The edition of the Concordat that holds today, or the last there is."""
    return frameworks.for_date(clock.today()) or list(frameworks.everything().values())[-1]


@bp.route("/expected")
@signed_in
def index() -> ResponseReturnValue:
    """The catalogue: the edition in force, or what the filter asks for."""
    asked = {name: request.args.get(name, "").strip() for name in ("binds", "checked_for", "q")}
    key = request.args.get("framework", "").strip() or in_force().key
    groups = catalogue.groups(catalogue.Wanted(framework="" if key == ALL else key, **asked))
    return render_template(
        "expected/index.html",
        groups=groups,
        total=sum(len(group.rows) for group in groups),
        wanted={"framework": key, **asked},
        everything=frameworks.everything(),
        shown=[row for row in frameworks.everything().values() if key in (ALL, row.key)],
        found=queries.wordings(),
    )


@bp.route("/expected/crosswalk")
@signed_in
def crosswalk() -> ResponseReturnValue:
    """Two frameworks side by side, with what has no counterpart."""
    crosswalks = frameworks.crosswalks()
    key = request.args.get("between", "").strip()
    chosen = crosswalks.get(f"crosswalk-{key}") or next(iter(crosswalks.values()))
    return render_template(
        "expected/crosswalk.html",
        crosswalks=crosswalks.values(),
        chosen=chosen,
        everything=frameworks.everything(),
        old=frameworks.get(chosen.old),
        new=frameworks.get(chosen.new),
        beside=catalogue.side_by_side(chosen),
        gone=catalogue.alone(chosen.without_new),
        added=catalogue.alone(chosen.without_old),
    )


def unknown(code: str) -> ResponseReturnValue:
    """No requirement has this code: the page that names the nearest."""
    return render_template("expected/unknown.html", code=code[:40], nearest=catalogue.nearest(code)), 404


@bp.route("/expected/<code>")
@signed_in
def show(code: str) -> ResponseReturnValue:
    """One requirement: text, source, how sure it is, and its relatives."""
    known = catalogue.canonical(code)
    if known is None:
        return unknown(code)
    if known != code:
        return redirect(url_for(".show", code=known))
    framework, requirement = frameworks.holders()[code]
    found = queries.wordings()
    return render_template(
        "expected/show.html",
        framework=framework,
        requirement=requirement,
        heading=framework.heading(requirement.heading),
        relatives=frameworks.relatives(code),
        checks=queries.wording_checks(code),
        look=found.get(code),
        found=found,
        neighbours=catalogue.neighbours(framework, code),
    )


@bp.route("/expected/<code>/wording", methods=["GET", "POST"])
@requires(Permission.WORDING_CHECK)
def record_wording(code: str) -> ResponseReturnValue:
    """Record what was found at the source of a requirement."""
    framework, requirement = checkable(code)
    form = WordingCheckForm()
    if form.submitted_and_valid():
        try:
            actions.record_wording_check(Ref(framework.key, code), form.answers(), by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash("What you found is recorded")
            return redirect(url_for(".show", code=code))
    return question(
        "expected/record_wording.html",
        form,
        heading="Record what the source says",
        caption=f"{requirement.title} ({code})",
        back=url_for(".show", code=code),
        button="Record what you found",
        framework=framework,
        requirement=requirement,
    )


def checkable(code: str) -> tuple[Framework, Requirement]:
    """The requirement with this code if its wording can be checked at a source; 404 when not."""
    framework, requirement = frameworks.holders().get(code, (None, None))
    if framework is None or requirement is None or requirement.code != code:
        abort(404)
    if not wording.can_be_checked(requirement):
        abort(404)
    return framework, requirement
