"""Every organisation that a person sees, with how far it has judged itself and where its return stands."""

from dataclasses import dataclass

from compliance import clock
from compliance.access import asked_by, my_organisations
from compliance.assessments import queries
from compliance.assessments.queries import OwedReturn
from compliance.assessments.standings import standings
from compliance.models import Organisation, ReportingPeriod, User
from compliance.organisations.queries import visible
from compliance.permissions import Permission
from compliance.rules.checks import Count, summed
from compliance.terms import ReturnState


@dataclass(frozen=True)
class Place:
    """One organisation; `owed` is None when no return is asked of it."""

    organisation: Organisation
    count: Count
    owed: OwedReturn | None


def places(period: ReportingPeriod, *, by: User) -> list[Place]:
    """Every organisation where this person reads assessments: missing returns first, then by name."""
    today, permission = clock.today(), Permission.ASSESSMENT_VIEW
    scope = my_organisations(permission)
    counts = standings(period.id, scope, **asked_by(by))
    returns = queries.returns_within(period, today, scope, **asked_by(by))
    owed = {row.organisation.id: row for row in returns}
    found = [
        Place(one, summed(counts[one.id].values()), owed.get(one.id)) for one in visible(permission, by=by)
    ]
    return sorted(found, key=lambda row: not (row.owed and row.owed.state is ReturnState.MISSING))
