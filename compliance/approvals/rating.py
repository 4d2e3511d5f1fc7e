"""A principle of the AI Covenant, rated."""

from compliance import audit, clock
from compliance.attach import attach, prepare
from compliance.db import db, transaction
from compliance.models import Approval, PrincipleRating, User
from compliance.rules.broken import RuleBroken
from compliance.rules.covenant import COVENANT, NewRating
from compliance.rules.evidence import NewEvidence


def rate(approval: Approval, new: NewRating, evidence: NewEvidence, *, by: User) -> PrincipleRating:
    """Add a rating with its evidence beside earlier ones; raises RuleBroken."""
    if approval.body_key != COVENANT:
        raise RuleBroken("Only the AI Covenant has principles to rate")
    new.check(evidence=evidence.given)
    prepared = prepare(evidence)
    with transaction():
        audit.record("approval.principle_rated", subject=approval.reference, by=by)
        shows = attach(prepared, approval, by=by)
        row = PrincipleRating(
            approval=approval,
            principle=new.principle,
            rating=new.rating,
            note=new.note,
            evidence=shows,
            rated_at=clock.now(),
            rated_by=by,
        )
        db.session.add(row)
    return row
