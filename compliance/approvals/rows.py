"""The rows of an approval: itself, its decisions, their conditions and letters."""

from typing import Any

from compliance import clock, frameworks
from compliance.attach import Prepared, prepare
from compliance.bodies.queries import in_use, standing_for
from compliance.db import db
from compliance.models import Approval, Condition, Decision, OwnBody, Project, User
from compliance.references import next_reference
from compliance.rules import approvals as rules
from compliance.rules.broken import RuleBroken
from compliance.rules.conditions import NewCondition
from compliance.rules.evidence import NewEvidence


def add_row(project: Project, body_key: str, *, reason: str | None, by: User, **parts: Any) -> Approval:
    """One needed approval of a project; call inside a transaction. Raises RuleBroken for an unknown body."""
    own = own_body_for(project, body_key)
    standard = frameworks.bodies().get(own.stands_for or "" if own else body_key)
    if standard is None and own is None:
        raise RuleBroken(f"There is no body with the code {body_key}", field="body_key")
    approval = Approval(
        reference=next_reference(Approval, "APR"),
        project=project,
        organisation_id=project.organisation_id,
        body_key=standard.key if standard else body_key,
        body_name=own.name if own else standard.name if standard else body_key,
        own_body=own,
        binding=own.binding if own else bool(standard and standard.binding),
        reason=reason,
        created_at=clock.now(),
        created_by=by,
        **parts,
    )
    db.session.add(approval)
    db.session.flush()
    return approval


def own_body_for(project: Project, body_key: str) -> OwnBody | None:
    """The own body with this key, or the only one that stands for this body of the catalogue there."""
    named = {row.key: row for row in in_use(project.organisation_id)}
    return named.get(body_key) or standing_for(project.organisation_id).get(body_key)


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
