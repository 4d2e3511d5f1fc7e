"""The audit trail of the national data: a chain that verifies, event by event."""

from collections.abc import Iterator
from datetime import timedelta

from bench.national import TODAY, Row, moment, place_of
from compliance.audit import START, account, chained


def events(count: int, projects: int) -> Iterator[tuple[str, Row]]:
    """A number of events over the projects, one after the other."""
    previous, begins = START, moment(TODAY - timedelta(days=1500))
    for seq in range(1, count + 1):
        project = seq % projects + 1
        values: Row = {
            "seq": seq,
            "at": begins + timedelta(seconds=seq * 30),
            "actor_id": place_of(project),
            "actor": account(place_of(project)),
            "event": "check.answered",
            "subject": f"PRJ-{project:04d}",
            "row": f"check {seq}",
            "change": '{"standing": ["not_assessed", "met"]}',
            "organisation_id": place_of(project),
            "previous": previous,
        }
        values["hash"] = previous = chained(previous, values)
        yield "audit_event", values
