"""How the checks of a project stand, now or at the end of a day."""

from datetime import date

from compliance import clock, frameworks
from compliance.checks.queries import standings_as_at
from compliance.models import Project
from compliance.rules.checks import count
from compliance.terms import Standing

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


def checks_by_commitment(
    project: Project, stands: dict[str, Standing]
) -> list[tuple[object, list[object], object]]:
    """(heading, its checks with their requirements, their count) for each commitment that has any."""
    framework = frameworks.get(FRAMEWORK)
    found: list[tuple[object, list[object], object]] = []
    for heading in framework.headings:
        rows = [check for check in project.checks if check.commitment == heading.code]
        if rows:
            pairs: list[object] = [(check, framework.requirement(check.requirement_code)) for check in rows]
            found.append((heading, pairs, count(stands[check.requirement_code] for check in rows)))
    return found
