"""The misconduct register; nobody without the permission learns that it exists."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from compliance import clock
from compliance.forms import Form, question
from compliance.guard import requires
from compliance.misconduct import actions, queries
from compliance.models import Case, Organisation, ReportingPeriod
from compliance.organisations.queries import get_organisation, held, visible
from compliance.paging import Page, page_of
from compliance.permissions import Permission
from compliance.rules import misconduct as rules
from compliance.rules.broken import RuleBroken
from compliance.templating import day
from compliance.terms import CaseStep

bp = Blueprint("misconduct", __name__)

STAGES = (("", "All stages"), *((step.value, step.label) for step in CaseStep))
ALL_YEARS = "all"


@bp.route("/misconduct")
@requires(Permission.MISCONDUCT_VIEW)
def index() -> ResponseReturnValue:
    """The register of a period, and the table that the statement prints of it; each view leaves an event."""
    _, _, organisation, _, page = register()
    actions.look_through(organisation, page.rows, by=g.user)
    organisations, years, organisation, period, page = register()
    return render_template(
        "misconduct/index.html",
        page=page,
        stands={case.reference: queries.stands(case) for case in page.rows},
        organisation=organisation,
        organisations=organisations,
        names={one.id: one.name_on(clock.today()) for one in organisations},
        years=years,
        period=period,
        stage=request.args.get("stage", ""),
        stages=STAGES,
        **counted(organisation, period),
    )


def register() -> tuple[
    Sequence[Organisation], Sequence[ReportingPeriod], Organisation, ReportingPeriod | None, Page[Case]
]:
    """What can be chosen, what the address chose, and the cases of that; NotFound where it chose nothing."""
    view, stage = Permission.MISCONDUCT_VIEW, request.args.get("stage", "")
    organisations, years = visible(view, by=g.user), queries.periods()
    organisation, period = chosen(organisations, years)
    cases = queries.cases_where(view, by=g.user, organisation=organisation, period=period, stage=stage)
    return organisations, years, organisation, period, page_of(cases, request.args.get("page", 1, type=int))


def chosen(
    organisations: Sequence[Organisation], years: Sequence[ReportingPeriod]
) -> tuple[Organisation, ReportingPeriod | None]:
    """The organisation and period of the address, or this person's own and the latest; None for all years.

    Raises NotFound when the address names others.
    """
    code = request.args.get("organisation")
    own = held(Permission.MISCONDUCT_VIEW, by=g.user)
    key = request.args.get("period") or (years[0].key if years else ALL_YEARS)
    organisation = next((one for one in organisations if (one.code == code if code else one.id in own)), None)
    period = next((year for year in years if year.key == key), None)
    if organisation is None or (period is None and key != ALL_YEARS):
        raise NotFound
    return organisation, period


def counted(organisation: Organisation, period: ReportingPeriod | None) -> dict[str, Any]:
    """Table 3B of a period with what must be said beside it; without a period there is none."""
    if period is None:
        return {"table": None, "faults": (), "warnings": (), "nil": None, "later": 0}
    cases = queries.cases_below(organisation.id, queries.last_day(period))
    table = rules.tabulate(cases, queries.as_period(period))
    return {
        "table": table,
        "faults": rules.faults(table),
        "warnings": rules.warnings(table),
        "nil": queries.nil_year(organisation.id, period.id),
        "later": sum(case.received_on > period.ends_on for case in cases),
    }


@bp.route("/misconduct/nil/<code>/<key>", methods=["GET", "POST"])
@requires(Permission.MISCONDUCT_RECORD)
def confirm_nil(code: str, key: str) -> ResponseReturnValue:
    """Confirm in words that a year had nothing to report."""
    organisation = get_organisation(code, Permission.MISCONDUCT_RECORD, by=g.user)
    period = queries.get_period(key)
    form = Form()
    if form.submitted_and_valid():
        try:
            actions.confirm_nil(organisation, period, by=g.user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash("Nil year confirmed")
            return redirect(url_for(".index", organisation=code, period=key))
    name = organisation.name_on(period.ends_on)
    return question(
        "misconduct/ask.html",
        form,
        heading="Confirm a nil year",
        caption=name,
        back=url_for(".index", organisation=code, period=key),
        button="Confirm a nil year",
        intro=[
            nil_words(name, period),
            "The statement will say so in these words. Your name and the time are kept.",
        ],
    )


def nil_words(name: str, period: ReportingPeriod) -> str:
    """What is confirmed of a nil year, in a sentence."""
    return (
        f"From {day(period.starts_on)} to {day(period.ends_on)}, no allegation of research misconduct was "
        f"reported to {name} or to any organisation below it, and no formal investigation was completed."
    )
