"""Evidence that a person looks after and is to look at again."""

from functools import cache
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from compliance import clock
from compliance.access import ME, TODAY, my_organisations
from compliance.evidence.queries import review_due
from compliance.models import Evidence, Organisation, User
from compliance.permissions import Permission
from compliance.terms import Waiting
from compliance.work.items import Item, Pile
from compliance.work.together import first_of, most_urgent


@cache
def due() -> Select[Any]:
    """Evidence in use of ME whose review is late or due within 30 days."""
    return first_of(
        select(Evidence)
        .options(joinedload(Evidence.organisation).joinedload(Organisation.names))
        .where(
            Evidence.owner_id == ME,
            Evidence.organisation_id.in_(my_organisations(Permission.EVIDENCE_VIEW)),
            review_due(TODAY),
        )
        .order_by(Evidence.review_by_on, Evidence.id)
    )


def to_review(by: User) -> Pile:
    """Evidence in use whose review is late or due within 30 days, where this person may open it."""
    today = clock.today()
    rows, total = most_urgent(due(), by)
    items = tuple(
        Item(
            what="Review the evidence",
            about=one.title,
            reference=one.reference,
            why=one.organisation.name_on(today),
            status=Waiting.LATE if one.review_by_on < today else Waiting.REVIEW_DUE,
            on=one.review_by_on,
            endpoint="evidence.show",
            values={"reference": one.reference},
        )
        for (one,) in rows
    )
    return Pile("evidence to review", items, total, "evidence.index", {"show": "review-due"})
