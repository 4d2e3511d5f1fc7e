"""Rows of an assessment, begun and repeated inside a transaction of its actions."""

from compliance import clock, frameworks
from compliance.db import db
from compliance.models import Assessment, AssessmentAnswer, Organisation, ReportingPeriod, User
from compliance.terms import Standing


def begin(organisation: Organisation, period: ReportingPeriod, code: str, standing: Standing) -> Assessment:
    """The row of a requirement that nobody has touched in this period; call inside a transaction."""
    framework, requirement = frameworks.holders()[code]
    row = Assessment(
        organisation_id=organisation.id,
        period_id=period.id,
        framework=framework.key,
        requirement_code=code,
        commitment=requirement.heading,
        standing=standing,
    )
    db.session.add(row)
    db.session.flush()
    return row


def repeated(
    answer: AssessmentAnswer, row: Assessment, *, carried_from: AssessmentAnswer | None, by: User
) -> AssessmentAnswer:
    """The same answer once more, given now."""
    return AssessmentAnswer(
        assessment=row,
        standing=answer.standing,
        note=answer.note,
        fix=answer.fix,
        fix_owner=answer.fix_owner,
        fix_due_on=answer.fix_due_on,
        carried_from_id=carried_from.id if carried_from else None,
        answered_at=clock.now(),
        answered_by=by,
    )
