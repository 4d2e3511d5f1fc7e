"""Checks, answered."""

from compliance import audit, clock
from compliance.attach import attach, prepare
from compliance.checks.queries import promised_for
from compliance.conflict import refuse_stale
from compliance.db import db, transaction
from compliance.models import ActionStep, Answer, Check, User
from compliance.rules.checks import NewAnswer
from compliance.rules.evidence import NewEvidence
from compliance.rules.promises import NewStep
from compliance.terms import ActionState


def answer_check(check: Check, new: NewAnswer, evidence: NewEvidence, *, seen: int, by: User) -> None:
    """Add an answer and set where the check stands; raises RuleBroken or Conflict."""
    new.check(clock.today())
    prepared = prepare(evidence)
    with transaction():
        audit.record("check.answered", subject=check.project.reference, by=by)
        refuse_stale(check, seen)
        check.standing = new.standing
        db.session.add(
            Answer(
                check=check,
                standing=new.standing,
                note=new.note,
                fix=new.fix,
                fix_owner=new.fix_owner,
                fix_due_on=new.fix_due_on,
                answered_at=clock.now(),
                answered_by=by,
            )
        )
        # A repeated answer changes no column: the version must still move, or a rival edit goes unseen.
        check.version += 1
        attach(prepared, check, by=by)


def record_step(check: Check, number: int | None, new: NewStep, *, by: User) -> None:
    """Record what became of what an answer said would be done; raises RuleBroken or NotFound."""
    new.check(clock.today())
    with transaction():
        audit.record("action.followed_up", subject=check.project.reference, by=by)
        db.session.add(
            ActionStep(
                answer=promised_for(check, number).answer,
                state=new.state,
                note=new.note,
                due_on=new.due_on if new.state is ActionState.CARRIED_OVER else None,
                recorded_at=clock.now(),
                recorded_by=by,
            )
        )
