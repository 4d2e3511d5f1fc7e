"""How the checks of a project stand, and what supports them, now or at the end of a day."""

from collections.abc import Sequence
from datetime import date

from compliance import clock, frameworks
from compliance.checks.queries import Checked, checked, standings_as_at
from compliance.frameworks.schema import Heading, Requirement
from compliance.reviews.queries import marks_of_checks, reviews_of
from compliance.rules.checks import Count, count
from compliance.terms import Standing

# The edition under which every project is asked.
FRAMEWORK = "concordat-2025"


def stands_at(project_id: int, checks: Sequence[Checked], as_at: date | None) -> dict[str, Standing]:
    """How each of the checks of a project stands now, or stood at the end of a day, by requirement."""
    if as_at is None:
        return {check.requirement_code: check.standing for check in checks}
    known = standings_as_at(project_id, clock.end_of(as_at))
    return {
        check.requirement_code: known.get(check.requirement_code, Standing.NOT_ASSESSED) for check in checks
    }


def answered_beyond(checks: Sequence[Checked], stands: dict[str, Standing]) -> int:
    """How many requirements a project answered without being asked for them, under another framework."""
    return sum(
        check.due_on is None and stands[check.requirement_code] is not Standing.NOT_ASSESSED
        for check in checks
    )


def checks_at(project_id: int, as_at: date | None) -> dict[str, object]:
    """What the record of a project shows of its checks and their reviews, now or as at the end of a day."""
    checks, marks = checked(project_id), marks_of_checks(project_id)
    stands = stands_at(project_id, checks, as_at)
    moment = clock.end_of(as_at) if as_at else None
    return {
        "as_at": as_at,
        "stands": stands,
        "checks": checks_by_commitment(checks, stands),
        "beyond": answered_beyond(checks, stands),
        "supported": {row.requirement_code: row.supported(moment) for row in marks},
        **reviews_of(marks, as_at),
    }


def checks_by_commitment(
    checks: Sequence[Checked], stands: dict[str, Standing]
) -> list[tuple[Heading, list[tuple[Checked, Requirement]], Count]]:
    """(heading, its checks with their requirements, their count) for each commitment that has any.

    Answers under other frameworks stand on the page that shows all of them.
    """
    framework = frameworks.get(FRAMEWORK)
    rows: dict[str, list[Checked]] = {}
    for check in checks:
        if check.framework == FRAMEWORK:
            rows.setdefault(check.commitment, []).append(check)
    return [
        (
            heading,
            [(check, framework.requirement(check.requirement_code)) for check in rows[heading.code]],
            count(stands[check.requirement_code] for check in rows[heading.code]),
        )
        for heading in framework.headings
        if heading.code in rows
    ]
