"""Clearances of people that have ended or end soon."""

from functools import cache
from typing import Any

from sqlalchemy import Select

from compliance import clock
from compliance.clearances.queries import ending_for_me
from compliance.models import User
from compliance.rules.clearances import access
from compliance.terms import Access
from compliance.work.items import Item, Pile
from compliance.work.projects import first_of, most_urgent


@cache
def rows_ending() -> Select[Any]:
    """The first of them."""
    return first_of(ending_for_me())


def ending(by: User) -> Pile:
    """Whose access ends within 30 days, or has ended with their clearance (H8)."""
    today = clock.today()
    rows, total = most_urgent(rows_ending(), by)
    items = []
    for (row,) in rows:
        status = access(row.expires_on, today)
        ended = status is Access.BLOCKED
        items.append(
            Item(
                what=f"{row.person}: the clearance {'has ended, no access' if ended else 'ends'}",
                about=row.project.title,
                reference=row.project.reference,
                status=status,
                on=row.expires_on,
                why=f"{row.level.label}, {row.issuing_force}. Record the renewal, or that it is not needed",
                endpoint="projects.show",
                values={"reference": row.project.reference, "_anchor": "clearances"},
            )
        )
    return Pile("clearances that end", tuple(items), total, "projects.index", {"show": "clearance-ends"})
