"""How organisations stand in a period, by commitment: what lists and boards count."""

from sqlalchemy import Select

from compliance import frameworks
from compliance.assessments.asked import FRAMEWORK, counted, judged_in, judged_with_before
from compliance.db import db
from compliance.rules.checks import Count


def standings(
    period_id: int, organisations: Select[int], framework: str = FRAMEWORK, **given: object
) -> dict[int, dict[str, Count]]:
    """How organisations stand in a period, as organisation id → commitment code → Count, in one statement.

    Every organisation of the subquery is there; a requirement that nobody has judged is not assessed.
    `given` is what the subquery needs to be executed.
    """
    rows = db.session.execute(judged_in(organisations, framework), {"period": period_id, **given}).all()
    return counted(frameworks.get(framework), (tuple(row) for row in rows))


def standings_with_before(
    periods: tuple[int, int], organisations: Select[int], whose: Select[int], **given: object
) -> tuple[dict[int, dict[str, Count]], dict[int, dict[str, Count]]]:
    """The same in one period, and of one organisation in the period before it, in one statement."""
    asked = judged_with_before(organisations, whose, FRAMEWORK)
    rows = db.session.execute(asked, {"period": periods[0], "before": periods[1], **given}).all()
    framework = frameworks.get(FRAMEWORK)
    now, before = (
        counted(framework, (tuple(row[1:]) for row in rows if row[0] == which)) for which in (False, True)
    )
    return now, before
