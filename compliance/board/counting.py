"""Which organisations count in which period: those below unless their return is missing."""

from functools import cache

from sqlalchemy import CTE, or_, select

from compliance.access import TODAY
from compliance.assessments.queries import return_missing
from compliance.board.scope import Whose, scope_of
from compliance.models import Organisation, ReportingPeriod


@cache
def counting(whose: Whose) -> CTE:
    """A row for each organisation and period that counts in it, with the days of the period.

    Found before the projects are read: asked of each of ten thousand, it took longer than to count them.
    """
    missing = return_missing(Organisation.id, ReportingPeriod, TODAY)
    return (
        select(
            ReportingPeriod.id.label("period_id"),
            ReportingPeriod.starts_on,
            ReportingPeriod.ends_on,
            Organisation.id.label("organisation_id"),
        )
        .join_from(Organisation, ReportingPeriod, or_(Organisation.id == whose, ~missing))
        .where(Organisation.id.in_(scope_of(whose)))
        .cte("counting")
        .prefix_with("MATERIALIZED")
    )
