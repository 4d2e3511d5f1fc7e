"""What is counted for a draft: whose records, of which year, against which framework; as plain values."""

from datetime import date
from typing import NamedTuple

from compliance.models import Organisation, ReportingPeriod
from compliance.rules.periods import Period


class Year(NamedTuple):
    """A reporting period."""

    id: int
    key: str
    starts_on: date
    ends_on: date
    returns_due_on: date

    @property
    def span(self) -> Period:
        """The period as the rules see it."""
        return Period(self.key, self.starts_on, self.ends_on)


class Basis(NamedTuple):
    """An organisation, by its id and its code, a year, and the key of a framework."""

    organisation_id: int
    code: str
    year: Year
    framework: str


def year_of(row: ReportingPeriod) -> Year:
    """A reporting period as a value."""
    return Year(row.id, row.key, row.starts_on, row.ends_on, row.returns_due_on)


def basis_of(organisation: Organisation, period: ReportingPeriod, framework: str) -> Basis:
    """What is counted for a statement of an organisation on a period."""
    return Basis(organisation.id, organisation.code, year_of(period), framework)
