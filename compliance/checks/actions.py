"""Checks, answered."""

from compliance import audit, clock
from compliance.attach import attach, prepare
from compliance.conflict import refuse_stale
from compliance.db import db, transaction
from compliance.models import Answer, Check, User
from compliance.rules.checks import NewAnswer
from compliance.rules.evidence import NewEvidence


def answer_check(check: Check, new: NewAnswer, evidence: NewEvidence, *, seen: int, by: User) -> None:
    """Add an answer and set where the check stands; raises RuleBroken or Conflict."""
    new.check()
    prepared = prepare(evidence)
    with transaction():
        audit.record("check.answered", subject=check.project.reference, by=by)
        refuse_stale(check, seen)
        check.standing = new.standing
        db.session.add(
            Answer(check=check, standing=new.standing, note=new.note, answered_at=clock.now(), answered_by=by)
        )
        # A repeated answer changes no column: the version must still move, or a rival edit goes unseen.
        check.version += 1
        attach(prepared, check, by=by)
