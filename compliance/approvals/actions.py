"""Approvals, changed: added, applied for, decided, corrected, not required, answered."""

from datetime import date
from typing import Any

from compliance import audit, clock
from compliance.approvals import history, queries
from compliance.approvals.completeness import check_complete
from compliance.approvals.importing import (
    Checked,
    LineBroken,
    Rehearsed,
    decision_of,
    fault_of,
    look_at,
    place,
    used_references,
)
from compliance.approvals.rows import add_row, decision_row, letter_of
from compliance.attach import Prepared, attach, prepare
from compliance.bodies.queries import body_of
from compliance.conflict import refuse_stale
from compliance.db import transaction
from compliance.models import Approval, Decision, Project, User
from compliance.rules import approvals as rules
from compliance.rules.approval_life import check_replace
from compliance.rules.broken import RuleBroken
from compliance.rules.evidence import NewEvidence
from compliance.rules.imports import Line
from compliance.terms import ApprovalStep, Outcome


def add_approval(project: Project, new: rules.NewApproval, *, by: User) -> Approval:
    """Add an approval by hand; raises RuleBroken for an unknown body."""
    with transaction():
        audit.record("approval.added", subject=project.reference, by=by)
        return add_row(project, new.body_key, reason=new.reason, by=by)


def check_sheet(lines: list[Line], *, by: User) -> Checked:
    """Look at every line of a sheet, and try to record all of them without keeping anything."""
    faults = look_at(lines, by=by)
    if not faults:
        try:
            record_sheet(lines, by=by, rehearse=True)
        except Rehearsed:
            return Checked((), tuple(used_references(lines, by)))
        except LineBroken as broken:
            faults.append(broken.fault)
    return Checked(tuple(faults), ())


def record_sheet(lines: list[Line], *, by: User, rehearse: bool = False) -> None:
    """Record every line of a sheet in one transaction. Raises LineBroken or Rehearsed, keeping nothing."""
    with transaction():
        audit.record("approval.imported", subject=f"{len(lines)} lines", by=by)
        for line in lines:
            try:
                record_line(line, by)
            except RuleBroken as broken:
                raise LineBroken(fault_of(line, broken)) from broken
        if rehearse:
            raise Rehearsed


def record_line(line: Line, by: User) -> None:
    """The approval of one line, with its application and its decision; call inside a transaction."""
    project, body, approval = place(line, by)
    if approval is None:
        approval = add_row(project, line.body, reason="Recorded from a sheet", by=by)
    if line.applied_on:
        sent = rules.NewApplication(line.applied_on, line.body_reference, keep_reference=True)
        apply(approval, sent, seen=approval.version, by=by)
    elif line.body_reference:
        approval.body_reference = line.body_reference
    new = decision_of(line, body)
    if new:
        record_decision(approval, new, letter=None, seen=approval.version, by=by)


def replace(approval: Approval, reason: str, *, seen: int, by: User) -> Approval:
    """Begin the approval that renews or replaces this one; raises RuleBroken or Conflict."""
    with transaction():
        audit.record("approval.replaced", subject=approval.reference, by=by)
        refuse_stale(approval, seen)
        check_replace(approval.stage)
        if approval.replaced_by is not None:
            raise RuleBroken(f"{approval.replaced_by.reference} replaces this one already")
        key = approval.own_body.key if approval.own_body else approval.body_key
        parts = {"rule": approval.rule, "rule_version": approval.rule_version}
        successor = add_row(approval.project, key, reason=reason, by=by, replaces=approval, **parts)
        approval.version += 1
    return successor


def apply(approval: Approval, new: rules.NewApplication, *, seen: int, by: User) -> None:
    """Record that the application was sent, or correct it before anything followed.

    Raises RuleBroken or Conflict.
    """
    new.check(clock.today())
    check_reference(approval, new.body_reference, keep=new.keep_reference)
    with transaction():
        audit.record("approval.applied_for", subject=approval.reference, by=by)
        refuse_stale(approval, seen)
        history.move(approval, ApprovalStep.SENT, new.applied_on, by=by, field="applied_on")
        approval.applied_on, approval.body_reference = new.applied_on, new.body_reference


def check_application(approval: Approval, new: rules.NewApplication) -> None:
    """Raise RuleBroken when this application could not be recorded now; nothing is written."""
    new.check(clock.today())
    check_reference(approval, new.body_reference, keep=new.keep_reference)
    history.refuse(approval, ApprovalStep.SENT, new.applied_on, field="applied_on")


def check_reference(approval: Approval, body_reference: str | None, *, keep: bool) -> None:
    """Raise RuleBroken, once, when another approval has the same reference at this body."""
    twin = queries.shares_reference(approval, body_reference) if body_reference else None
    if twin and not keep:
        raise RuleBroken(
            f"{twin} has the same reference at this body. Correct it, or keep it all the same",
            field="body_reference",
        )


def check_decision(
    approval: Approval, new: rules.NewDecision, *, by: User, step: ApprovalStep = ApprovalStep.DECIDED
) -> None:
    """Raise RuleBroken when this person could not record this decision or correction; nothing is written."""
    check_content(approval, new, by=by)
    history.refuse(approval, step, new.decided_on, new.outcome, field="decided_on")


def check_content(approval: Approval, new: rules.NewDecision, *, by: User) -> None:
    """Raise RuleBroken when a decision cannot be as reported, or not by this person (H6, H7)."""
    new.check(clock.today(), approval.applied_on)
    rules.check_residual_risk(approval.details, new.outcome)
    check_complete(approval, new.outcome)
    if new.outcome is Outcome.NOT_REQUIRED:
        rules.check_not_required(by.id, approval.project.lead_id)


def record_decision(
    approval: Approval,
    new: rules.NewDecision,
    *,
    letter: str | None,
    seen: int,
    by: User,
) -> Decision:
    """Record what the body decided, with its conditions; raises RuleBroken or Conflict."""
    check_content(approval, new, by=by)
    kept = letter_of(new, letter)
    with transaction():
        audit.record("approval.decision_recorded", subject=approval.reference, by=by)
        refuse_stale(approval, seen)
        decision = decision_row(approval, new, by=by)
        history.move(
            approval, ApprovalStep.DECIDED, new.decided_on, by=by, field="decided_on", decision=decision
        )
        settle(approval, decision, kept, by=by)
    return decision


def correct_decision(
    approval: Approval,
    new: rules.NewDecision,
    *,
    letter: str | None,
    seen: int,
    by: User,
) -> Decision:
    """Replace a decision that was recorded wrongly; both stay on record. Raises RuleBroken or Conflict."""
    check_content(approval, new, by=by)
    kept = letter_of(new, letter)
    if not new.note:
        raise RuleBroken("Say what was wrong", field="note")
    with transaction():
        audit.record("approval.decision_corrected", subject=approval.reference, by=by)
        refuse_stale(approval, seen)
        wrong = queries.latest(approval)
        if wrong is None:
            raise RuleBroken("There is no decision to correct")
        decision = decision_row(approval, new, by=by, corrects=wrong)
        history.move(
            approval, ApprovalStep.CORRECTED, new.decided_on, by=by, field="decided_on", decision=decision
        )
        settle(approval, decision, kept, by=by)
    return decision


def settle(approval: Approval, decision: Decision, letter: Prepared, *, by: User) -> None:
    """Keep the letter of a decision, and put it in force when nothing is open before the start."""
    attach(letter, approval, by=by)
    missing = sum(row.before_start and row.met_at is None for row in decision.conditions)
    history.take_effect(approval, missing, decision.decided_on, by=by)


def declare_not_required(
    approval: Approval, note: str, *, seen: int, by: User, on: date | None = None
) -> None:
    """Record that an approval is not required, with the reason (H7); raises RuleBroken or Conflict."""
    new = rules.NewDecision(Outcome.NOT_REQUIRED, None, on or clock.today(), note=note)
    record_decision(approval, new, letter=None, seen=seen, by=by)


def respond(approval: Approval, response: str, *, seen: int, by: User) -> None:
    """Record the organisation's answer to advice (H4); raises RuleBroken or Conflict."""
    with transaction():
        audit.record("approval.responded", subject=approval.reference, by=by)
        refuse_stale(approval, seen)
        history.move(approval, ApprovalStep.RESPONDED, clock.today(), by=by, note=response)
        approval.response, approval.responded_at, approval.responded_by = response, clock.now(), by


def add_document(approval: Approval, new: NewEvidence, *, by: User) -> None:
    """Add a letter or another document; raises RuleBroken."""
    if not new.given:
        raise RuleBroken("Give an address, choose a file, or choose kept evidence", field="evidence_address")
    prepared = prepare(new)
    with transaction():
        audit.record("approval.document_added", subject=approval.reference, by=by)
        attach(prepared, approval, by=by)


def save_details(
    approval: Approval,
    details: dict[str, Any],
    *,
    seen: int,
    by: User,
    body_reference: str | None = None,
    keep_reference: bool = False,
) -> None:
    """Save the answers to the body's own questions; raises RuleBroken or Conflict.

    A risk that remains high is recorded as it is, and blocks the start until the ICO was consulted (H6).
    """
    if body_reference != approval.body_reference:
        check_reference(approval, body_reference, keep=keep_reference)
    known = {question.key for question in getattr(body_of(approval), "asked", ())}
    kept = {**approval.details, **{key: value for key, value in details.items() if key in known}}
    given = {key: value for key, value in kept.items() if value not in (None, "")}
    with transaction():
        audit.record("approval.details_saved", subject=approval.reference, by=by)
        refuse_stale(approval, seen)
        approval.details, approval.body_reference = given, body_reference or approval.body_reference
