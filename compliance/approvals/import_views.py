"""The page on which a sheet of approvals is looked at, and then recorded as a whole."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from compliance.approvals import actions
from compliance.approvals.forms import SheetForm
from compliance.approvals.importing import LineBroken
from compliance.forms import question
from compliance.guard import requires, takes_files
from compliance.permissions import Permission
from compliance.rules.broken import RuleBroken
from compliance.rules.imports import COLUMNS, Fault, Line, read_sheet, text_of

bp = Blueprint("importing", __name__)


@bp.route("/approvals/import", methods=["GET", "POST"])
@requires(Permission.APPROVAL_RECORD)
@takes_files
def sheet() -> ResponseReturnValue:
    """Look at a sheet: every fault with its line, nothing recorded; then record all of it."""
    form = SheetForm()
    if form.submitted_and_valid():
        try:
            text = form.sheet.data or text_of(form.file.data.content if form.file.data else b"")
            lines, faults = read_sheet(text)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return looked_at(form, text, lines, faults)
    return question("approvals/import.html", form, columns=COLUMNS)


def looked_at(form: SheetForm, text: str, lines: list[Line], faults: list[Fault]) -> ResponseReturnValue:
    """Record what was looked at and is right, or say what was found."""
    checked = actions.check_sheet(lines, by=g.user)
    wrong = sorted([*faults, *checked.faults], key=lambda one: one.line)
    if not wrong and "record" in request.form:
        try:
            actions.record_sheet(lines, by=g.user)
        except LineBroken as broken:
            wrong = [broken.fault]
        else:
            flash(f"{len(lines)} approvals recorded" if len(lines) > 1 else "1 approval recorded")
            return redirect(url_for("approvals.index"))
    form.sheet.data = "" if wrong else text
    page = render_template(
        "approvals/imported.html", form=form, lines=lines, wrong=wrong, warnings=checked.warnings
    )
    return page, 400 if wrong else 200
