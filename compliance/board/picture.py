"""Everything that a board shows, put together from its questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from compliance import clock, frameworks
from compliance.assessments.queries import FRAMEWORK, standings, standings_with_before
from compliance.board import charts, figures, heat, queries, scope
from compliance.board.charts import Trend
from compliance.board.comparison import Counts, with_others
from compliance.board.decisions import Alarm, Waiting, decisions
from compliance.board.figures import Figure
from compliance.board.frame import Frame, frame_of, plain
from compliance.board.heat import Heat, Row
from compliance.board.links import Links, To
from compliance.board.meetings import LastMeeting, compared
from compliance.board.once import once
from compliance.board.publication import Clocked
from compliance.board.queries import Coverage
from compliance.board.scope import Top, kept_apart
from compliance.board.shortfalls import Shortfall, shortfalls
from compliance.checks.queries import Standings, standing_by_commitment
from compliance.frameworks.schema import Heading
from compliance.misconduct.queries import cases_below
from compliance.models import ReportingPeriod
from compliance.reads import apart
from compliance.rules.board import Ratio
from compliance.rules.checks import Count
from compliance.rules.misconduct import tabulate
from compliance.rules.periods import years

TRENDS = (
    ("Every binding decision before fieldwork", figures.decided, "decided-before-start"),
    ("Protocol public before fieldwork", figures.in_advance, "protocol-in-advance"),
    ("Results public", figures.published, "published"),
)


@dataclass(frozen=True)
class Covered:
    """The organisations of one period: the one whose board it is, and those below asked for a return."""

    top: Row
    heat: Heat

    @property
    def returned(self) -> Ratio:
        """How many returned data, of those asked."""
        return figures.returned(self.heat.rows)

    @property
    def roles(self) -> Ratio:
        """How many have both roles named, the organisation itself among them."""
        return figures.roles([self.top, *self.heat.rows])


def covered(
    frame: Frame, rows: Sequence[Coverage], period: ReportingPeriod, counts: Mapping[int, Mapping[str, Count]]
) -> Covered:
    """The organisations of one period; without counts it still tells returns and roles."""
    today, codes = clock.today(), [row.code for row in headings()]
    nothing = dict.fromkeys(codes, Count())
    found = [
        heat.row_of(
            frame.places[row.organisation_id],
            row,
            counts.get(row.organisation_id, nothing),
            period.returns_due_on,
            today,
        )
        for row in rows
        if row.period_id == period.id
    ]
    top = next(row for row in found if row.place.top)
    return Covered(top, heat.heat([row for row in found if not row.place.top], codes))


def headings() -> tuple[Heading, ...]:
    """The commitments of the edition against which organisations assess themselves."""
    return frameworks.get(FRAMEWORK).headings


@dataclass(frozen=True)
class Series:
    """One figure over the years, the oldest first, and what leads to the records of each year."""

    title: str
    ratios: Sequence[Ratio]
    to: Sequence[To]


def series_of(frame: Frame, rows: Sequence[Coverage]) -> list[Series]:
    """The figures that are followed over the years."""
    shown = list(reversed(frame.all_years))
    links = [Links(frame.top.code, row.period.key) for row in shown]
    found = [
        Series(title, [ratio(row) for row in shown], [one.projects_in_period(show) for one in links])
        for title, ratio, show in TRENDS
    ]
    returned = [queries.returned_in(rows, row.period, frame.top.id) for row in shown]
    if any(ratio.whole for ratio in returned):
        to = [one.organisations("returned") for one in links]
        found.append(Series("Organisations that returned data", returned, to))
    return found


def trends(frame: Frame, rows: Sequence[Coverage]) -> list[Trend]:
    """The same as pictures; none with fewer than two years."""
    labels = [years(row.period) for row in reversed(frame.all_years)]
    if len(labels) < 2:  # noqa: PLR2004  (one point is no trend)
        return []
    return [charts.trend(one.title, labels, one.ratios) for one in series_of(frame, rows)]


def counts_of(frame: Frame, top: Top) -> Counts:
    """How every organisation of a board stands in its period, by commitment."""
    return counts_in(top, frame.period.id)


@kept_apart
def counts_in(top: Top, period: int) -> Counts:
    """The same for a period by its id."""
    return standings(period, scope.scope_of(top.id), **top.given)


@kept_apart
def counts_with_before(
    top: Top, number: int, period: int, before: int | None
) -> tuple[Counts, Mapping[str, Count]]:
    """The same with those beside a force, and how the force itself stood the year before, by commitment."""
    all_of_them = with_others(top.id)
    if before is None:
        return standings(period, all_of_them, **top.given), {}
    periods = (period, before)
    given = {"organisation": number, **top.given}
    now, last = standings_with_before(periods, all_of_them, scope.alone(), **given)
    return now, last.get(number, {})


def counts_of_both(frame: Frame, top: Top) -> tuple[Counts, Mapping[str, Count]]:
    """The same for the period of a board and the one before it."""
    before = frame.before.period.id if frame.before else None
    return counts_with_before(top, frame.top.id, frame.period.id, before)


@kept_apart
def checks_in(top: Top) -> Mapping[str, Standings]:
    """How the checks of projects stand, by commitment."""
    return standing_by_commitment(scope.scope_of(top.id), **top.given)


@dataclass(frozen=True)
class Board:
    """What the page shows."""

    frame: Frame
    covered: Covered
    period_figures: Sequence[Figure]
    today_figures: Sequence[Figure]
    meeting: LastMeeting | None
    alarms: Sequence[Alarm]
    shortfalls: Mapping[str, Sequence[Shortfall]]
    waiting: Sequence[Waiting]
    checks: Sequence[tuple[Heading, Standings, tuple[charts.Segment, ...]]]
    trends: Sequence[Trend]
    publication: Sequence[Clocked]
    # By organisation; on the board of a force also of those beside it, for its place among them alone.
    counts: Counts
    # Of the force itself the year before, by commitment; empty on the council's board.
    before: Mapping[str, Count]


def board_of(top: Top, key: str) -> Board:
    """The board of an organisation; raises NotFound or NoPeriod."""
    frame = frame_of(top, key)
    rows = queries.coverage(top)
    counts, before = (counts_of(frame, top), {}) if frame.national else counts_of_both(frame, top)
    now = covered(frame, rows, frame.period, counts)
    alarms, waiting = decisions(top)
    short, single = shortfalls(top, frame.period), once(top, frame.period, frame.links)
    met = single.meeting
    today = figures.of_today(single.today, alarms[0].of if alarms else 0, frame.links)
    same_year = bool(met and met.period_id == frame.period.id)
    return Board(
        frame=frame,
        covered=now,
        period_figures=compared(period_figures(frame, rows, now), met, comparable=same_year),
        today_figures=compared([*today, *figures.of_shortfalls(short, frame.links)], met),
        meeting=met,
        alarms=alarms,
        shortfalls=short,
        waiting=waiting,
        checks=checks_of(checks_in(top)),
        trends=trends(frame, rows),
        publication=single.publication,
        counts=counts,
        before=before,
    )


def period_figures(frame: Frame, rows: Sequence[Coverage], now: Covered) -> list[Figure]:
    """What is counted in the period, beside the period before."""
    found = figures.of_period(frame.year, frame.before, frame.links)
    before = covered(frame, rows, frame.before.period, {}) if frame.before else None
    if now.heat.rows:
        missing = len([row for row in now.heat.rows if row.unknown])
        found.append(
            figures.of_returns(now.returned, before.returned if before else None, frame.links, missing)
        )
        found.append(figures.of_roles(now.roles, before.roles if before else None, frame.links))
    if frame.national:
        found += misconduct(frame)
    return [*found, *figures.of_statement(frame.year)]


def checks_of(
    found: Mapping[str, Standings],
) -> list[tuple[Heading, Standings, tuple[charts.Segment, ...]]]:
    """How the checks of projects stand, by commitment, each with its bar."""
    return [
        (row, found[row.code], charts.bar(found[row.code].counted)) for row in headings() if row.code in found
    ]


def misconduct(frame: Frame) -> list[Figure]:
    """Totals of the case register, this period and the one before; never a case."""
    cases = apart(cases_below, frame.top.id, min(frame.period.ends_on, clock.today()))
    before = tabulate(cases, plain(frame.before.period)) if frame.before else None
    return figures.of_misconduct(tabulate(cases, plain(frame.period)), before, frame.links)
