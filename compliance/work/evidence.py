"""Evidence that a person looks after and is to look at again."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from compliance import clock
from compliance.access import organisations_where
from compliance.evidence.queries import review_due
from compliance.models import Evidence, User
from compliance.permissions import Permission
from compliance.terms import Waiting
from compliance.work.items import Item, Pile
from compliance.work.projects import most_urgent


def to_review(by: User) -> Pile:
    """Evidence in use whose review is late or due within 30 days, where this person may open it."""
    today = clock.today()
    rows, total = most_urgent(
        select(Evidence)
        .options(joinedload(Evidence.organisation))
        .where(
            Evidence.owner_id == by.id,
            Evidence.organisation_id.in_(organisations_where(by, Permission.EVIDENCE_VIEW, today)),
            review_due(today),
        )
        .order_by(Evidence.review_by_on, Evidence.id)
    )
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
