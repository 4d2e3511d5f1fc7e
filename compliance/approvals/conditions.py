"""Conditions of a decision, shown to be met."""

from datetime import date

from compliance import audit, clock
from compliance.approvals import history, queries
from compliance.attach import attach, prepare
from compliance.db import db, transaction
from compliance.models import Condition, User
from compliance.rules.broken import RuleBroken
from compliance.rules.conditions import check_met
from compliance.rules.evidence import NewEvidence

NOTHING = NewEvidence()


def keeper_of(condition: Condition) -> int | None:
    """Who sees to a condition: whoever was named, else the lead of the project."""
    return condition.owner_id or condition.decision.approval.project.lead_id


def meet_condition(
    condition: Condition, note: str, *, by: User, on: date | None = None, shown_by: NewEvidence = NOTHING
) -> None:
    """Record that a condition is met, today unless a day is given, with what shows it.

    Raises RuleBroken when it is met already, or when this person or this day cannot be.
    """
    approval, met_on = condition.decision.approval, on or clock.today()
    check_met(
        met_on,
        condition.decision.decided_on,
        clock.today(),
        meeter_id=by.id,
        keeper_id=keeper_of(condition),
    )
    prepared = prepare(shown_by)
    with transaction():
        audit.record("condition.met", subject=approval.reference, by=by)
        if condition.met_at is not None:
            raise RuleBroken("This condition is already shown to be met")
        evidence = attach(prepared, approval, by=by)
        condition.met_at, condition.met_by, condition.met_note = clock.now(), by, note
        condition.met_on, condition.met_evidence = met_on, evidence
        db.session.flush()
        last = history.life_of(approval).last_on or met_on
        history.take_effect(approval, queries.facts(approval).open_before_start, max(met_on, last), by=by)
