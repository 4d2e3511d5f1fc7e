"""The life of every approval once more, from the audit trail alone, held against what is stored."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from compliance.approvals.history import asks_of
from compliance.bodies.queries import body_of
from compliance.db import db
from compliance.models import Approval, ApprovalEvent, AuditEvent, Condition, Decision, Modification
from compliance.redaction import shown
from compliance.rules.approval_life import Move, replay
from compliance.rules.broken import RuleBroken
from compliance.terms import ApprovalStep, Outcome

MODELS = (Approval, ApprovalEvent, Condition, Decision, Modification)
# Numbers that the database gives and nobody enters.
GIVEN = ("id", "version")
Rows = dict[str, dict[str, Any]]


def told() -> Rows:
    """Every row of these tables as the trail leads to it, by its name there, such as "decision 7"."""
    rows: Rows = {}
    mine = or_(*(AuditEvent.row.like(f"{model.__tablename__} %") for model in MODELS))
    events = db.session.execute(
        select(AuditEvent.row, AuditEvent.change).where(mine).order_by(AuditEvent.seq)
    )
    for name, change in events:
        after = {column: values[1] for column, values in json.loads(change).items()}
        rows.setdefault(name, {}).update(after)
    return rows


def stored() -> Rows:
    """Every row of these tables as it is stored, in the words of the trail."""
    rows: Rows = {}
    for model in MODELS:
        for row in db.session.scalars(select(model)).unique():
            columns = [one.key for one in model.__mapper__.column_attrs]
            rows[f"{model.__tablename__} {row.id}"] = {
                key: shown(model, key, getattr(row, key)) for key in columns
            }
    return rows


def faults() -> Iterator[str]:
    """Where the trail and what is stored differ, and where the trail's steps lead to another stage."""
    trail, kept = told(), stored()
    for name in sorted(trail.keys() ^ kept.keys()):
        yield f"{name} is {'not stored' if name in trail else 'not in the audit trail'}"
    for name in sorted(trail.keys() & kept.keys()):
        for column, value in trail[name].items():
            if column not in GIVEN and kept[name].get(column) != value:
                yield f"{name}: the trail says {column} {value}, stored is {kept[name].get(column)}"
    for approval in db.session.scalars(select(Approval).order_by(Approval.id)).unique():
        try:
            stage = replay(moves(trail, approval.id), asks_of(body_of(approval))).stage
        except RuleBroken as broken:
            yield f"{approval.reference}: {broken.message}"
        else:
            if stage is not approval.stage:
                yield f"{approval.reference} is recorded as {approval.stage}, its trail leads to {stage}"


def moves(trail: Rows, approval_id: int) -> list[Move]:
    """The steps of an approval as the trail tells them, in their order."""
    events = [
        row
        for name, row in trail.items()
        if name.startswith("approval_event ") and row["approval_id"] == approval_id
    ]
    return [move(trail, row) for row in sorted(events, key=lambda row: row["number"])]


def move(trail: Rows, row: dict[str, Any]) -> Move:
    """One step, with the outcome of its decision."""
    outcome = row.get("outcome")
    if row.get("decision_id") and not row.get("modification_id"):
        outcome = trail[f"decision {row['decision_id']}"]["outcome"]
    on = date.fromisoformat(row["happened_on"])
    return Move(ApprovalStep(row["step"]), on, Outcome(outcome) if outcome else None)
