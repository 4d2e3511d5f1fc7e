"""Areas of research interest, read: what is published is there for everybody who sees projects."""

from collections.abc import Sequence

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from compliance import clock
from compliance.access import in_force, organisations_above
from compliance.db import db
from compliance.models import AreaOfInterest, Organisation, ProjectArea

# The number of a row has fewer digits.
LONGEST = 10


def all_areas() -> Sequence[AreaOfInterest]:
    """Every area with whose it is: by organisation, the newest edition first, in the order of the sheet."""
    area = AreaOfInterest
    found: Sequence[AreaOfInterest] = (
        db.session.scalars(
            select(area)
            .options(joinedload(area.organisation).joinedload(Organisation.names))
            .order_by(area.organisation_id, area.edition.desc(), area.id)
        )
        .unique()
        .all()
    )
    return found


def offered(organisation_id: int, project_id: int) -> list[tuple[str, str]]:
    """(id, words) of the areas in force today of an organisation and those above it.

    What the project has chosen stands among them also when it has ended.
    """
    area, today = AreaOfInterest, clock.today()
    chosen = select(ProjectArea.area_id).where(ProjectArea.project_id == project_id)
    here = area.organisation_id.in_(organisations_above(organisation_id, today))
    rows = db.session.scalars(
        select(area)
        .where(or_(and_(here, *in_force(area, today)), area.id.in_(chosen)))
        .order_by(area.organisation_id, area.id)
    )
    return [(str(row.id), f"{row.code}: {row.text}") for row in rows]


def area_with(number: str) -> AreaOfInterest | None:
    """The area with this number; None for what is no number of an area."""
    if not (number.isascii() and number.isdigit() and len(number) < LONGEST):
        return None
    found: AreaOfInterest | None = db.session.get(AreaOfInterest, int(number))
    return found


def codes_of(organisation_id: int, edition: str) -> set[str]:
    """The codes that an edition of an organisation has already."""
    area = AreaOfInterest
    found = select(area.code).where(area.organisation_id == organisation_id, area.edition == edition)
    return set(db.session.scalars(found))
