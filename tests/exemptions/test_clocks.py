"""How protocols and results stand to their clocks: to the day, and with what exempts them that day."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from compliance.db import db
from compliance.exemptions.queries import PROTOCOLS, RESULTS, against_clock
from compliance.models import Exemption, Project
from compliance.terms import ExemptFrom, ExemptionKind, ExemptionReason, Role
from tests.conftest import TODAY
from tests.factories import added, changed
from tests.kept import kept

ON = TODAY.date()
WEEKS = timedelta(weeks=12)
DAY = timedelta(days=1)


@kept
def project(make):
    """A project that is not a draft."""
    force = make.organisation("northmoor")
    return make.project(force, make.user(Role.RESEARCH_LEAD, force))


def standing(project: Project, shows) -> list[str]:
    """Every filter that shows the project today."""
    mine = Project.id == project.id
    return [
        show for show in shows if db.session.scalar(select(Project.id).where(mine, against_clock(show, ON)))
    ]


def exempt(project: Project, what: ExemptFrom, kind: ExemptionKind, until: date | None) -> None:
    """An exemption that was decided in March."""
    decided = date(2026, 3, 1)
    added(
        Exemption(
            project_id=project.id,
            organisation_id=project.organisation_id,
            exempt_from=what,
            code=ExemptionReason.X2,
            kind=kind,
            reason="Tactics",
            approver="Head of research",
            decided_on=decided,
            review_on=decided + timedelta(days=300),
            expires_on=until,
            recorded_at=datetime(2026, 3, 1, tzinfo=UTC),
            recorded_by_id=project.created_by_id,
        )
    )


def test_results_are_in_time_for_twelve_weeks_and_late_a_day_after(project):
    assert standing(project, RESULTS) == []
    ended = date(2026, 1, 1)
    for published, stands in (
        (ended + WEEKS, "results-in-time"),
        (ended + WEEKS + DAY, "results-after-clock"),
    ):
        changed(project, started_on=ended, ended_on=ended, results_published_on=published)
        assert standing(project, RESULTS) == [stands]
    for ended, stands in ((ON - WEEKS, "results-due"), (ON - WEEKS - DAY, "results-overdue")):
        changed(project, ended_on=ended, results_published_on=None)
        assert standing(project, RESULTS) == [stands]


def test_an_exemption_counts_while_it_holds_for_what_it_is_about_and_a_part_excuses_no_rest(project):
    changed(project, started_on=date(2026, 1, 1), ended_on=date(2026, 1, 10))
    whole, delay = ExemptionKind.WITHHOLD, ExemptionKind.DELAY
    exempt(project, ExemptFrom.PROTOCOL, whole, None)
    assert standing(project, (*PROTOCOLS, *RESULTS)) == ["protocol-exempt", "results-overdue"]
    # Each takes the place of the one before.
    for kind, until, stands in (
        (delay, ON, "results-exempt"),
        (ExemptionKind.PARTIAL, None, "results-overdue"),
        (whole, None, "results-exempt"),
        (delay, ON - DAY, "results-overdue"),
    ):
        exempt(project, ExemptFrom.RESULTS, kind, until)
        assert standing(project, RESULTS) == [stands]


def test_a_protocol_must_be_public_before_the_day_of_the_start(project):
    assert standing(project, PROTOCOLS) == []
    start = date(2026, 1, 10)
    for published, found in (
        (None, ["protocol-missing"]),
        (start, ["protocol-after-start"]),
        (start - DAY, []),
    ):
        changed(project, started_on=start, protocol_published_on=published)
        assert standing(project, PROTOCOLS) == found
