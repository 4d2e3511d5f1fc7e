"""Approvals of the demonstration's projects: what bodies were asked, and what they decided."""

from datetime import date, timedelta

from compliance import clock, frameworks
from compliance.db import db
from compliance.demo.histories import tell_life
from compliance.demo.plans import FC, Decided, Study, morning_of
from compliance.frameworks.body import Body
from compliance.models import Approval, Condition, Decision, Project
from compliance.references import next_reference
from compliance.rules.expected_approvals import Expected, expected
from compliance.terms import ApprovalStep, Outcome

REASONS = {Outcome.NOT_REQUIRED: "No person takes part and no personal data are kept"}
MISTAKE = "The decision was taken from the draft minutes; the letter says otherwise"


def add_approvals(study: Study, project: Project) -> None:
    """Every approval that the answers make needed, with what the plan says was decided."""
    for entry in expected((*study.plan.involves, *study.plan.unsure)):
        approval = add_approval(study, project, entry)
        decided = study.plan.decisions.get(entry.body_key)
        if decided:
            add_decisions(study, approval, decided)
        if entry.body_key in study.plan.decisions:
            tell_life(approval, study)
        db.session.flush()


def add_approval(study: Study, project: Project, entry: Expected) -> Approval:
    """One approval; a body that the plan names was asked, and has a number for it."""
    body = frameworks.body(entry.body_key)
    sent_on = applied_on(study, body)
    number = f"{body.key[:4].strip('-').upper()}/{study.begins.year}/{study.chance.randrange(100, 999)}"
    approval = Approval(
        reference=next_reference(Approval, "APR"),
        project=project,
        organisation_id=study.organisation.id,
        body_key=body.key,
        body_name=body.name,
        binding=body.binding,
        reason=entry.reason,
        rule=entry.rule,
        body_reference=number if sent_on else None,
        applied_on=sent_on,
        created_at=clock.now(),
        created_by=study.lead,
    )
    db.session.add(approval)
    return approval


def applied_on(study: Study, body: Body) -> date | None:
    """When a body was asked: on the day that the plan tells, else well before the decision."""
    if body.key not in study.plan.decisions:
        return None
    steps = study.plan.steps.get(body.key, ())
    told = [days for step, days in steps if step is ApprovalStep.SENT]
    if told or any(step is ApprovalStep.BEGUN for step, _ in steps):
        return study.past(told[0]) if told else None
    decided = study.plan.decisions[body.key]
    return study.past((decided.days if decided else -20) - 25)


def add_decisions(study: Study, approval: Approval, decided: Decided) -> None:
    """The decision of a body, in its own word and ours; after one that was recorded by mistake, if so."""
    found = decision(study, approval.body_key, decided, decided.outcome)
    if decided.mistaken:
        wrong = decision(study, approval.body_key, decided, decided.mistaken)
        approval.decisions.append(wrong)
        db.session.flush()
        found.corrects_id, found.note = wrong.id, MISTAKE
    approval.decisions.append(found)


def decision(study: Study, body_key: str, decided: Decided, outcome: Outcome) -> Decision:
    """One decision with its condition."""
    own = next((word.own for word in frameworks.body(body_key).words if word.outcome == outcome), None)
    decided_on = study.past(decided.days)
    return Decision(
        outcome=outcome,
        own_word=own,
        decided_on=decided_on,
        expires_on=None if decided.expires is None else study.on(decided.expires),
        note=REASONS.get(outcome),
        recorded_at=morning_of(decided_on + timedelta(days=1)),
        recorded_by=study.officer,
        conditions=[condition(study, decided)] if outcome is FC else [],
    )


def condition(study: Study, decided: Decided) -> Condition:
    """One condition, met or still open."""
    met_on = study.past(decided.due - 10) if decided.met else None
    return Condition(
        text=decided.condition,
        before_start=decided.before_start,
        due_on=study.on(decided.due),
        met_on=met_on,
        met_at=morning_of(met_on) if met_on else None,
        met_by=study.officer if met_on else None,
        met_note="Report received" if met_on else None,
    )
