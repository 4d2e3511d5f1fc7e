"""The steps between application and closing, and modifications: each adds to the history, none changes it."""

from datetime import date

from compliance import audit, clock
from compliance.approvals import history, queries
from compliance.conflict import refuse_stale
from compliance.db import db, transaction
from compliance.models import Approval, ApprovalEvent, Decision, Modification, User
from compliance.rules.broken import RuleBroken
from compliance.rules.modifications import NewModification, NewModificationDecision
from compliance.terms import ApprovalStep, ModificationKind, Outcome

S = ApprovalStep
FAVOURABLE = (Outcome.FAVOURABLE, Outcome.FAVOURABLE_WITH_CONDITIONS)


def take_step(
    approval: Approval, step: ApprovalStep, on: date, note: str | None, *, seen: int, by: User
) -> ApprovalEvent:
    """Record a step that carries a day and a note and nothing more; raises RuleBroken or Conflict."""
    with transaction():
        audit.record(f"approval.{step.value}", subject=approval.reference, by=by)
        refuse_stale(approval, seen)
        about = open_modification(approval) if step.value.startswith("modification_") else None
        return history.move(approval, step, on, by=by, note=note, modification=about)


def open_modification(approval: Approval) -> Modification | None:
    """The modification that is with the body; None when there is none."""
    if not history.life_of(approval).modification_open:
        return None
    sent = [row.modification for row in approval.events if row.step is S.MODIFICATION_SENT]
    return sent[-1]


def check_modification(approval: Approval, new: NewModification) -> None:
    """Raise RuleBroken when this modification could not be recorded now; nothing is written."""
    new.check(clock.today())
    history.refuse(approval, step_of(new), new.sent_on, field="sent_on")


def step_of(new: NewModification) -> ApprovalStep:
    """A substantial modification goes to the body, another is noted."""
    substantial = new.kind is ModificationKind.SUBSTANTIAL
    return S.MODIFICATION_SENT if substantial else S.MODIFICATION_NOTED


def send_modification(approval: Approval, new: NewModification, *, seen: int, by: User) -> Modification:
    """Record a modification: sent to the body when substantial, else noted. Raises RuleBroken or Conflict."""
    new.check(clock.today())
    with transaction():
        audit.record("approval.modification_recorded", subject=approval.reference, by=by)
        refuse_stale(approval, seen)
        row = Modification(
            approval=approval,
            number=len(approval.modifications) + 1,
            kind=new.kind,
            description=new.description,
            reason=new.reason,
            urgent=new.urgent,
            body_reference=new.body_reference,
            recorded_at=clock.now(),
            recorded_by=by,
        )
        db.session.add(row)
        history.move(approval, step_of(new), new.sent_on, by=by, field="sent_on", modification=row)
    return row


def decide_modification(approval: Approval, new: NewModificationDecision, *, seen: int, by: User) -> None:
    """Record what the body decided on the open modification; raises RuleBroken or Conflict.

    What was approved before stays as it was: a new last day is a decision of its own beside the old one.
    """
    before = queries.latest(approval)
    new.check(clock.today(), before.expires_on if before else None)
    with transaction():
        audit.record("approval.modification_decided", subject=approval.reference, by=by)
        refuse_stale(approval, seen)
        about = open_modification(approval)
        if about is None:
            raise RuleBroken("No modification is with the body")
        extended = extension(approval, before, new, about.number, by=by)
        history.move(
            approval,
            S.MODIFICATION_DECIDED,
            new.decided_on,
            by=by,
            field="decided_on",
            note=new.note,
            decision=extended,
            modification=about,
            outcome=new.outcome,
            own_word=new.own_word,
        )


def extension(
    approval: Approval, before: Decision | None, new: NewModificationDecision, number: int, *, by: User
) -> Decision | None:
    """The decision with the new last day, when a favourable one set it."""
    if before is None or new.expires_on is None or new.outcome not in FAVOURABLE:
        return None
    row = Decision(
        approval=approval,
        outcome=before.outcome,
        own_word=new.own_word,
        decided_on=new.decided_on,
        expires_on=new.expires_on,
        note=f"Holds longer after modification {number}",
        recorded_at=clock.now(),
        recorded_by=by,
    )
    db.session.add(row)
    db.session.flush()
    return row
