"""Areas of research interest, added: all of a sheet or none; what was added never changes."""

from collections.abc import Sequence

from compliance import audit, clock
from compliance.areas.queries import codes_of
from compliance.db import db, transaction
from compliance.models import AreaOfInterest, Organisation, User
from compliance.rules.areas import NewArea
from compliance.rules.imports import Fault


def taken(organisation: Organisation, edition: str, areas: Sequence[NewArea]) -> list[Fault]:
    """The lines whose code this edition has already."""
    held = codes_of(organisation.id, edition)
    message = f"Edition {edition} has this code already: leave the line out, or name another edition"
    return [Fault(one.number, "code", message) for one in areas if one.code in held]


def add_areas(organisation: Organisation, edition: str, areas: Sequence[NewArea], *, by: User) -> list[Fault]:
    """Add every area of a sheet; adds none, and gives the lines back, where a code was taken meanwhile."""
    with transaction():
        audit.record("areas.added", subject=f"{organisation.code} {edition}", by=by)
        if wrong := taken(organisation, edition, areas):
            return wrong
        for one in areas:
            db.session.add(
                AreaOfInterest(
                    organisation_id=organisation.id,
                    edition=edition,
                    code=one.code,
                    grouped_under=one.group,
                    text=one.text,
                    from_on=one.from_on,
                    until_on=one.until_on,
                    added_at=clock.now(),
                    added_by=by,
                )
            )
    return []
