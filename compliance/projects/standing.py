"""How the checks of a project stand, and what supports them, now or at the end of a day."""

from datetime import date

from compliance import clock, frameworks
from compliance.checks.queries import standings_as_at
from compliance.frameworks.schema import Heading, Requirement
from compliance.models import Check, Project
from compliance.reviews.queries import marks_of_checks, reviews_of
from compliance.rules.checks import Count, count
from compliance.terms import Standing

# The edition under which every project is asked.
FRAMEWORK = "concordat-2025"


def stands_at(project: Project, as_at: date | None) -> dict[str, Standing]:
    """How each check stands now, or stood at the end of a day, by requirement."""
    if as_at is None:
        return {check.requirement_code: check.standing for check in project.checks}
    known = standings_as_at(project.id, clock.end_of(as_at))
    return {
        check.requirement_code: known.get(check.requirement_code, Standing.NOT_ASSESSED)
        for check in project.checks
    }


def answered_beyond(project: Project, stands: dict[str, Standing]) -> int:
    """How many requirements a project answered without being asked for them, under another framework."""
    return sum(
        check.due_on is None and stands[check.requirement_code] is not Standing.NOT_ASSESSED
        for check in project.checks
    )


def checks_at(project: Project, as_at: date | None) -> dict[str, object]:
    """What the record of a project shows of its checks and their reviews, now or as at the end of a day."""
    stands = stands_at(project, as_at)
    marks = marks_of_checks(project.id)
    moment = clock.end_of(as_at) if as_at else None
    return {
        "as_at": as_at,
        "stands": stands,
        "checks": checks_by_commitment(project, stands),
        "beyond": answered_beyond(project, stands),
        "supported": {row.requirement_code: row.supported(moment) for row in marks},
        **reviews_of(marks, as_at),
    }


def checks_by_commitment(
    project: Project, stands: dict[str, Standing]
) -> list[tuple[Heading, list[tuple[Check, Requirement]], Count]]:
    """(heading, its checks with their requirements, their count) for each commitment that has any.

    Answers under other frameworks stand on the page that shows all of them.
    """
    framework = frameworks.get(FRAMEWORK)
    found = []
    for heading in framework.headings:
        rows = [
            check
            for check in project.checks
            if (check.framework, check.commitment) == (FRAMEWORK, heading.code)
        ]
        if rows:
            pairs = [(check, framework.requirement(check.requirement_code)) for check in rows]
            found.append((heading, pairs, count(stands[check.requirement_code] for check in rows)))
    return found
