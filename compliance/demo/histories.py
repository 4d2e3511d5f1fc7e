"""The lives of the demonstration's approvals: each step on its day, each stage as the rules lead there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from compliance.approvals.history import asks_of, moves_of
from compliance.bodies.queries import body_of
from compliance.demo.plans import FC, F, Study
from compliance.models import Approval, ApprovalEvent, Decision, Modification, User
from compliance.rules.approval_life import replay
from compliance.terms import ApprovalStep, ModificationKind, Outcome

S, K = ApprovalStep, ModificationKind

# What is changed: the first modification of a study, the second, the third.
CHANGES = (
    (K.SUBSTANTIAL, "Interview ten more people at a second site", "Too few took part at the first site"),
    (K.IMPORTANT_DETAIL, "A new contact for people who take part", "The analyst has moved to another post"),
    (K.MINOR, "The leaflet is set in larger type", "Two people could not read it"),
)
RESPONSE = "Two of the three points are taken up. The third would tell officers more than they need to know."


@dataclass(frozen=True)
class Told:
    """One step on its day; `order` is that of steps on the same day."""

    on: date
    order: int
    step: ApprovalStep
    decision: Decision | None = None


def tell_life(approval: Approval, study: Study) -> None:
    """Add the events of an approval, and set the stage to which they lead."""
    for told in sorted(steps_of(approval, study), key=lambda row: (row.on, row.order)):
        add_event(approval, told, study.officer)
        if told.step is S.RESPONDED:
            approval.response, approval.responded_at = RESPONSE, moment(told.on)
            approval.responded_by = study.lead
    approval.stage = replay(moves_of(approval), asks_of(body_of(approval))).stage


def steps_of(approval: Approval, study: Study) -> Iterator[Told]:
    """Every step: the application, what the plan tells, and each decision with its effect."""
    plan = study.plan.steps.get(approval.body_key, ())
    if approval.applied_on:
        yield Told(approval.applied_on, 0, S.SENT)
    for step, days in plan:
        if step is not S.SENT:
            yield Told(min(study.on(days), study.today), 1, step)
    for row in approval.decisions:
        corrects = row.corrects_id is not None
        yield Told(row.decided_on, 2 + corrects, S.CORRECTED if corrects else S.DECIDED, row)
    effect = effect_on(approval.decisions[-1]) if approval.decisions else None
    if effect:
        yield Told(effect, 4, S.TOOK_EFFECT)


def effect_on(decision: Decision) -> date | None:
    """When a decision took effect: with it, or once the last condition before the start was met."""
    waits = [row.met_at for row in decision.conditions if row.before_start]
    if decision.outcome not in (F, FC) or None in waits:
        return None
    return max([decision.decided_on, *(met.date() for met in waits if met)])


def add_event(approval: Approval, told: Told, officer: User) -> None:
    """One line of the history, recorded on its own day."""
    about = None
    if told.step in (S.MODIFICATION_SENT, S.MODIFICATION_NOTED):
        approval.modifications.append(modification(approval, told.on, officer))
    if told.step.startswith("modification_"):
        about = approval.modifications[-1]
    approval.events.append(
        ApprovalEvent(
            number=len(approval.events) + 1,
            step=told.step,
            happened_on=told.on,
            decision=told.decision,
            modification=about,
            outcome=Outcome.FAVOURABLE if told.step is S.MODIFICATION_DECIDED else None,
            recorded_at=moment(told.on),
            recorded_by=officer,
        )
    )


def modification(approval: Approval, on: date, officer: User) -> Modification:
    """The next modification of an approval, sent or noted on a day."""
    number = len(approval.modifications)
    kind, description, reason = CHANGES[number]
    return Modification(
        number=number + 1,
        kind=kind,
        description=description,
        reason=reason,
        urgent=False,
        recorded_at=moment(on),
        recorded_by=officer,
    )


def moment(on: date) -> datetime:
    """Half past ten on a day."""
    return datetime.combine(on, time(10, 30), UTC)
