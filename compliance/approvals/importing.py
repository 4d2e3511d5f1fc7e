"""Approvals from a sheet: looked at first, then recorded all together or not at all."""

from dataclasses import dataclass

from sqlalchemy import func, select

from compliance import clock, frameworks
from compliance.access import organisations_where
from compliance.approvals.rows import own_body_for
from compliance.bodies.queries import as_body
from compliance.db import db
from compliance.frameworks.body import Body
from compliance.models import Approval, Project, User
from compliance.permissions import Permission
from compliance.rules.approvals import NewApplication, NewDecision
from compliance.rules.broken import RuleBroken
from compliance.rules.conditions import NewCondition
from compliance.rules.imports import Fault, Line
from compliance.terms import ApprovalState, Outcome


class Rehearsed(Exception):
    """Everything could be recorded; it was only tried."""


@dataclass(frozen=True)
class Checked:
    """What a look at a sheet found: nothing is recorded while there is a fault; a warning stops nothing."""

    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]


def look_at(lines: list[Line], *, by: User) -> list[Fault]:
    """What is wrong with each line, as far as it can be seen without recording anything."""
    faults: list[Fault] = []
    seen: dict[tuple[str, str], int] = {}
    for line in lines:
        first = seen.setdefault((line.project, line.body), line.number)
        if first != line.number:
            faults.append(Fault(line.number, "body", f"Line {first} has the same project and body: keep one"))
        try:
            place(line, by)
        except RuleBroken as broken:
            faults.append(fault_of(line, broken))
    return faults


def fault_of(line: Line, broken: RuleBroken) -> Fault:
    """A broken rule as the fault of a line, by the column of the sheet."""
    columns = {"conditions": "condition", "outcome": "decision"}
    return Fault(line.number, columns.get(broken.field, broken.field), broken.message)


class LineBroken(Exception):
    """A line that a rule refused while everything was being recorded."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def place(line: Line, by: User) -> tuple[Project, Body, Approval | None]:
    """The project, the body and the approval that waits there; raises RuleBroken that says what to do."""
    project = db.session.scalar(
        select(Project).where(
            Project.reference == line.project,
            Project.organisation_id.in_(organisations_where(by, Permission.APPROVAL_RECORD, clock.today())),
        )
    )
    if project is None or project.registered_at is None:
        raise RuleBroken(
            f"You keep no registered project {line.project}: look up its reference", field="project"
        )
    own = own_body_for(project, line.body)
    body = as_body(own) if own else frameworks.bodies().get(line.body)
    if body is None:
        raise RuleBroken(
            f"There is no body with the code “{line.body}”: look it up in the list of bodies", field="body"
        )
    if body.takes_application and line.decision and not line.applied_on:
        raise RuleBroken("Enter when the application was sent", field="applied_on")
    new = decision_of(line, body)
    if line.applied_on:
        NewApplication(line.applied_on, None).check(clock.today())
    if new:
        new.check(clock.today(), line.applied_on)
    return project, body, waiting(project, line.body, own.id if own else None)


def waiting(project: Project, key: str, own_body_id: int | None) -> Approval | None:
    """The approval by this body of which nothing is recorded yet; raises RuleBroken for one that lives."""
    mine = [
        row
        for row in project.approvals
        if (row.own_body_id == own_body_id if own_body_id else row.body_key == key)
    ]
    for row in mine:
        if row.stage is ApprovalState.NEEDED:
            return row
    if mine:
        raise RuleBroken(
            f"{mine[-1].reference} is recorded already: leave this line out, and go on with that record",
            field="body",
        )
    return None


def decision_of(line: Line, body: Body) -> NewDecision | None:
    """The decision of a line, if it has one; raises RuleBroken for a word that nobody uses."""
    if line.decision is None or line.decided_on is None:
        return None
    told = line.decision.casefold()
    words = {one.own.casefold(): (Outcome(one.outcome), one.own) for one in body.words}
    ours = {name.casefold(): (one, None) for one in Outcome for name in (one.value, one.label)}
    found = words.get(told) or ours.get(told)
    if found is None:
        known = ", ".join(one.own for one in body.words)
        raise RuleBroken(f"{body.name} does not decide “{line.decision}”. It says: {known}", field="decision")
    outcome, own = found
    condition = NewCondition(line.condition or "", before_start=False, due_on=None)
    return NewDecision(
        outcome=outcome,
        own_word=own,
        decided_on=line.decided_on,
        expires_on=line.expires_on,
        note=line.note,
        conditions=(condition,) if line.condition else (),
    )


def used_references(lines: list[Line], by: User) -> list[Fault]:
    """A reference that the same body gave before, in the records that this person keeps or in the sheet."""
    mine = organisations_where(by, Permission.APPROVAL_RECORD, clock.today())
    held = {
        (row.body_key, row.used): row.reference
        for row in db.session.execute(
            select(
                Approval.body_key, func.lower(Approval.body_reference).label("used"), Approval.reference
            ).where(Approval.body_reference.is_not(None), Approval.organisation_id.in_(mine))
        )
    }
    found = []
    for line in lines:
        key = (line.body, (line.body_reference or "").lower())
        if not line.body_reference:
            continue
        if key in held:
            words = f"{held[key]} has the same reference at this body. One letter may cover both"
            found.append(Fault(line.number, "body_reference", words))
        held.setdefault(key, f"Line {line.number}")
    return found
