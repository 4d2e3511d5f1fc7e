"""Pages about the audit trail."""

from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    g,
    render_template,
    request,
    stream_with_context,
    url_for,
)
from flask.typing import ResponseReturnValue

from compliance.audit_log import queries
from compliance.audit_log.queries import Wanted
from compliance.audit_log.reading import Entry, entries, words_of
from compliance.days import AskedDay, asked_day
from compliance.guard import requires
from compliance.permissions import Permission

bp = Blueprint("audit_log", __name__)

# Where the record of a subject is shown, by how its reference begins.
RECORDS = {
    "PRJ": "projects.show",
    "APR": "approvals.show",
    "EVD": "evidence.show",
    "CASE": "cases.show",
    "STM": "statements.show",
}
SHOWN = 25  # transactions on a page
FILTERS = ("subject", "person", "event", "from", "until")


@bp.route("/audit")
@requires(Permission.AUDIT_VIEW)
def index() -> ResponseReturnValue:
    """The trail by filter, the newest first."""
    typed = {name: request.args.get(name, "").strip() for name in FILTERS}
    wanted, days = asked_for(typed)
    before = request.args.get("before", type=int)
    everything = queries.sees_everything(g.user)
    right = not any(asked.wrong for asked in days)
    found = queries.trail(wanted, by=g.user, everything=everything, before=before) if right else ([], False)
    events, more = found
    filters: dict[str, Any] = {name: text for name, text in typed.items() if text}
    shown = entries(events, queries.people_of(events))[:SHOWN]
    last = shown[-1].rows[0].seq if shown else 0
    return render_template(
        "audit_log/index.html",
        entries=shown,
        address_of=address_of,
        places=queries.places_of(events),
        kinds=[(kind, words_of(kind)) for kind in queries.kinds(by=g.user)],
        typed=typed,
        days=days,
        everything=everything,
        export=url_for(".export", **filters),
        newest=url_for(".index", **filters) if before else "",
        older=url_for(".index", **filters, before=last) if events and (more or last > events[-1].seq) else "",
    )


@bp.route("/audit/events.jsonl")
@requires(Permission.AUDIT_VIEW)
def export() -> ResponseReturnValue:
    """The events of a filter as JSON Lines, the oldest first."""
    wanted, days = asked_for({name: request.args.get(name, "").strip() for name in FILTERS})
    if any(asked.wrong for asked in days):
        abort(400)
    lines = stream_with_context(queries.exported(wanted, by=g.user))
    kept = {"Content-Disposition": "attachment; filename=audit-events.jsonl"}
    return Response(lines, mimetype="application/jsonl", headers=kept)


def asked_for(typed: dict[str, str]) -> tuple[Wanted, list[AskedDay]]:
    """What of the trail is wanted, with the days between which it lies."""
    days = [asked_day(name) for name in ("from", "until")]
    return Wanted(typed["subject"], typed["person"], typed["event"], *(asked.on for asked in days)), days


def address_of(entry: Entry) -> str | None:
    """Where the record of an entry is shown; None when it has no page."""
    endpoint = RECORDS.get(entry.subject.partition("-")[0])
    if endpoint is None or endpoint not in current_app.view_functions:
        return None
    return url_for(endpoint, reference=entry.subject)


@bp.route("/audit/<int:seq>")
@requires(Permission.AUDIT_VIEW)
def show(seq: int) -> ResponseReturnValue:
    """Everything that one transaction changed."""
    events = queries.transaction_of(seq, by=g.user)
    entry = entries(events, queries.people_of(events))[0]
    return render_template(
        "audit_log/show.html",
        entry=entry,
        address=address_of(entry),
        places=queries.places_of(events),
    )


@bp.route("/audit/verify", methods=["POST"])
@requires(Permission.AUDIT_VIEW)
def verify() -> ResponseReturnValue:
    """Walk the chain from the first event and say how far it holds."""
    count, broken = queries.walk()
    return render_template(
        "audit_log/verify.html",
        count=count,
        broken=broken,
        around=queries.around(broken.seq) if broken else [],
        head=queries.fingerprint_of(count),
    )
