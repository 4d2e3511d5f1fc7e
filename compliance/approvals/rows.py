"""The rows of a decision: itself, its conditions, its letter."""

from compliance import clock
from compliance.attach import Prepared, prepare
from compliance.db import db
from compliance.models import Approval, Condition, Decision, User
from compliance.rules import approvals as rules
from compliance.rules.broken import RuleBroken
from compliance.rules.conditions import NewCondition
from compliance.rules.evidence import NewEvidence


def decision_row(
    approval: Approval, new: rules.NewDecision, *, by: User, corrects: Decision | None = None
) -> Decision:
    """A decision with its conditions; one that was met before the correction stays met."""
    met = {row.text: row for row in (corrects.conditions if corrects else ()) if row.met_at}
    decision = Decision(
        approval=approval,
        outcome=new.outcome,
        own_word=new.own_word,
        decided_on=new.decided_on,
        expires_on=new.expires_on,
        note=new.note,
        corrects_id=corrects.id if corrects else None,
        recorded_at=clock.now(),
        recorded_by=by,
        conditions=[condition_row(entry, met.get(entry.text)) for entry in new.conditions],
    )
    db.session.add(decision)
    db.session.flush()
    return decision


def condition_row(new: NewCondition, met: Condition | None) -> Condition:
    """A condition, met already when the one that it carries on was."""
    row = Condition(text=new.text, before_start=new.before_start, due_on=new.due_on, owner_id=new.owner_id)
    if met:
        row.met_at, row.met_by_id, row.met_on = met.met_at, met.met_by_id, met.met_on
        row.met_note, row.met_evidence_id = met.met_note, met.met_evidence_id
    return row


def letter_of(new: rules.NewDecision, address: str | None) -> Prepared:
    """The address of the decision letter as evidence; raises RuleBroken."""
    if address and not address.startswith("https://"):
        raise RuleBroken("Enter an address that begins with https://", field="letter")
    title = f"Decision letter of {new.decided_on.day} {new.decided_on:%B %Y}" if address else None
    return prepare(NewEvidence(title, address))
