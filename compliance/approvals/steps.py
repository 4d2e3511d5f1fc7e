"""The steps between application and closing, and modifications: each adds to the history, none changes it."""

from datetime import date

from compliance import audit, clock
from compliance.approvals import history, queries
from compliance.approvals.rows import decision_row
from compliance.conflict import refuse_stale
from compliance.db import db, transaction
from compliance.models import Approval, ApprovalEvent, Decision, Modification, User
from compliance.rules.approval_transitions import INCIDENTS
from compliance.rules.approvals import NewDecision
from compliance.rules.broken import RuleBroken
from compliance.rules.modifications import FAVOURABLE, NewModification, NewModificationDecision
from compliance.terms import ApprovalStep, ModificationKind, Outcome

S = ApprovalStep


def take_step(
    approval: Approval, step: ApprovalStep, on: date, note: str | None, *, seen: int, by: User
) -> ApprovalEvent:
    """Record a step that carries a day and a note and nothing more; raises RuleBroken or Conflict."""
    check_step(step, note)
    with transaction():
        audit.record(f"approval.{step.value}", subject=approval.reference, by=by)
        refuse_stale(approval, seen)
        about = open_modification(approval) if step.value.startswith("modification_") else None
        return history.move(approval, step, on, by=by, note=note, modification=about)


def check_step(step: ApprovalStep, note: str | None) -> None:
    """Raise RuleBroken when a step needs words that it lacks."""
    if step in INCIDENTS and not note:
        raise RuleBroken("Say what happened, without names", field="note")


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
            notify_bodies=new.notify_bodies,
            recorded_at=clock.now(),
            recorded_by=by,
        )
        db.session.add(row)
        history.move(
            approval,
            step_of(new),
            new.sent_on,
            by=by,
            field="sent_on",
            modification=row,
            in_use_on=new.in_use_on,
        )
    return row


def check_modification_decision(approval: Approval, new: NewModificationDecision) -> None:
    """Raise RuleBroken when this decision on a modification could not be recorded now; nothing is written."""
    before = queries.latest(approval)
    new.check(clock.today(), before.expires_on if before else None)
    history.refuse(approval, S.MODIFICATION_DECIDED, new.decided_on, new.outcome, field="decided_on")


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
        extended = extension(approval, before, new, f"After modification {about.number}", by=by)
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
            in_use_on=new.in_use_on,
        )


def extension(
    approval: Approval, before: Decision | None, new: NewModificationDecision, note: str, *, by: User
) -> Decision | None:
    """The decision with the new last day or the further conditions, when a favourable one set them."""
    moves = new.expires_on is not None or new.conditions
    if before is None or not moves or new.outcome not in FAVOURABLE:
        return None
    outcome = Outcome.FAVOURABLE_WITH_CONDITIONS if new.conditions else before.outcome
    last_day = new.expires_on or before.expires_on
    decided = NewDecision(outcome, new.own_word, new.decided_on, last_day, note, new.conditions)
    return decision_row(approval, decided, by=by)
