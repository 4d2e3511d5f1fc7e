"""Exemptions, read: those that count, and when each is looked at again or ends."""

from datetime import date, timedelta

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import aliased, joinedload

from compliance.approvals.queries import in_scope
from compliance.models import Exemption, Project

LATER = aliased(Exemption)


def to_look_at(on: date, days: int) -> Select[Exemption]:
    """Exemptions that are reviewed or end within so many days, or should have been, the earliest first.

    A later exemption of the same project from the same thing takes the place of an earlier one.
    """
    until = on + timedelta(days=days)
    replaced = exists().where(
        LATER.project_id == Exemption.project_id,
        LATER.exempt_from == Exemption.exempt_from,
        LATER.id > Exemption.id,
    )
    return (
        select(Exemption)
        .join(Project, Project.id == Exemption.project_id)
        .where(
            ~replaced.correlate_except(LATER),
            in_scope(),
            or_(Exemption.review_on <= until, Exemption.expires_on <= until),
        )
        .options(joinedload(Exemption.project).joinedload(Project.lead))
        .order_by(Exemption.review_on, Exemption.id)
    )
