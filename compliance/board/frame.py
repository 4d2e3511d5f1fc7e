"""What every board page stands on: whose board it is, which period, which others there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from werkzeug.exceptions import NotFound

from compliance import clock
from compliance.board import scope
from compliance.board.links import Links
from compliance.board.scope import Place, Top
from compliance.board.years import Year, every_year
from compliance.models import ReportingPeriod
from compliance.rules.periods import Period, being_prepared
from compliance.terms import OrganisationKind


@dataclass(frozen=True)
class Frame:
    """What every board page stands on: whose, which period, which others there are."""

    top: Place
    places: Mapping[int, Place]
    all_years: Sequence[Year]
    year: Year
    before: Year | None

    @property
    def period(self) -> ReportingPeriod:
        """The period shown."""
        return self.year.period

    @property
    def periods(self) -> list[ReportingPeriod]:
        """Every period there is, the newest first."""
        return [year.period for year in self.all_years]

    @property
    def national(self) -> bool:
        """Whether this is the council's board."""
        return self.top.kind is OrganisationKind.COUNCIL

    @property
    def links(self) -> Links:
        """The addresses of the records behind the figures."""
        return Links(self.top.code, self.period.key)


class NoPeriod(Exception):
    """No reporting period has begun, so nothing can be counted yet."""


def frame_of(top: Top, key: str) -> Frame:
    """Whose board and which period; raises NotFound or NoPeriod."""
    all_years = every_year(top)
    periods = [row.period for row in all_years]
    wanted = being_prepared(periods, clock.today())
    if key:
        wanted = next((row for row in periods if row.key == key), None)
        if wanted is None:
            raise NotFound
    on = min(clock.today(), wanted.ends_on) if wanted else clock.today()
    places = {row.id: row for row in scope.places(top, on)}
    if wanted is None:
        raise NoPeriod
    place = periods.index(wanted)
    before = all_years[place + 1] if place + 1 < len(all_years) else None
    whose = next(row for row in places.values() if row.top)
    return Frame(whose, places, all_years, all_years[place], before)


def plain(period: ReportingPeriod) -> Period:
    """A stored period as the rules know it."""
    return Period(period.key, period.starts_on, period.ends_on)
