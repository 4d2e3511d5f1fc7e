"""Pages about approvals that only read: the register as a file, a record to print, what is needed and why."""

from collections.abc import Collection

from flask import Blueprint, abort, g, render_template
from flask.typing import ResponseReturnValue

from compliance import clock, frameworks
from compliance.approvals import queries, words
from compliance.approvals.dates import dues_of
from compliance.approvals.story import story
from compliance.approvals.views import wanted_now
from compliance.bodies.queries import body_of
from compliance.downloads import KINDS, download
from compliance.guard import requires
from compliance.models import Approval
from compliance.permissions import Permission
from compliance.rules.approvals import state
from compliance.rules.expected_approvals import ALWAYS, AT_THE_END, RULES, VERSION
from compliance.terms import Involvement

bp = Blueprint("reading", __name__)
VIEW = Permission.APPROVAL_VIEW
# The columns of the register, each cell of them that holds several things in as many.
HEADS = (
    "Body",
    "Reference",
    "Project",
    "Organisation",
    "Stands at",
    "Effect",
    "Next date",
    "What is due",
    "Why this date",
)


@bp.route(f"/approvals.<{KINDS}:kind>")
@requires(VIEW)
def register(kind: str) -> ResponseReturnValue:
    """Exactly the approvals of the filter in the address, on every page, with the columns of the page."""
    wanted, before = wanted_now()
    if before.wrong:
        abort(400)
    found = queries.approvals_where(VIEW, by=g.user, before=before.on, **wanted)
    return download("approvals", kind, HEADS, map(cells, queries.everything(found, by=g.user)))


def cells(approval: Approval) -> tuple[object, ...]:
    """One approval as a row of the sheet: what the register shows of it."""
    today = clock.today()
    due = queries.next_due(approval, today)
    return (
        approval.body_name,
        approval.reference,
        approval.project.title,
        approval.project.organisation.name_on(today),
        state(queries.facts(approval), today).label,
        "Binding" if approval.binding else "Advisory",
        due.on if due else None,
        due.what if due else "Nothing is due",
        due.why if due else None,
    )


@bp.route("/approvals/<reference>/record")
@requires(VIEW)
def record(reference: str) -> ResponseReturnValue:
    """Everything about one approval on one page, to be printed for an inspector."""
    approval = queries.get_approval(reference, VIEW, by=g.user)
    body, today = body_of(approval), clock.today()
    return render_template(
        "approvals/record.html",
        approval=approval,
        latest=queries.latest(approval),
        state=state(queries.facts(approval), today),
        body=body,
        details=words.details(approval, body),
        ratings=queries.ratings_of(approval.project_id).get(approval.id, {}),
        sort_of=words.sort_of,
        dues=dues_of(approval, today),
        lines=[line for line in story(approval, body, today) if not line.kind],
    )


def any_of(answers: Collection[Involvement]) -> str:
    """Several answers, of which one is enough, in words."""
    first, *others = (one.label for one in Involvement if one in answers)
    return " or ".join([first, *(label[0].lower() + label[1:] for label in others)])


@bp.route("/approvals/needed")
@requires(VIEW)
def needed() -> ResponseReturnValue:
    """Which answers make which approval needed, as the service works it out."""
    bodies = frameworks.bodies()
    rows = [
        ("Always, for a project in scope", bodies[ALWAYS.body_key], ALWAYS.rule),
        ("Once the research has ended", bodies[AT_THE_END.body_key], AT_THE_END.rule),
    ]
    rows += [(any_of(rule.involvement), bodies[rule.body_key], rule.id) for rule in RULES]
    return render_template(
        "approvals/needed.html",
        rows=rows,
        version=VERSION,
    )
