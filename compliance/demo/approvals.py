"""The lives of the demonstration's approvals: each step on its day, each stage as the rules lead there."""

from datetime import UTC, date, datetime, time, timedelta

from compliance.approvals.history import asks_of, moves_of
from compliance.bodies.queries import body_of
from compliance.models import Approval, ApprovalEvent, Decision, Modification, User
from compliance.rules.approval_life import replay
from compliance.terms import ApprovalStep, ModificationKind, Outcome

S = ApprovalStep
FAVOURABLE = (Outcome.FAVOURABLE, Outcome.FAVOURABLE_WITH_CONDITIONS)
CHANGE = "Interview ten more people at a second site"


def tell_life(
    approval: Approval,
    steps: tuple[tuple[ApprovalStep, int], ...],
    begins: date,
    today: date,
    officer: User,
) -> None:
    """Add the events of an approval, and set the stage to which they lead."""
    told: list[tuple[date, int, ApprovalStep, Decision | None]] = []
    if approval.applied_on:
        told.append((approval.applied_on, 0, S.SENT, None))
    told += [(min(begins + timedelta(days=days), today), 1, step, None) for step, days in steps]
    for decision in approval.decisions:
        told.append((decision.decided_on, 2, S.DECIDED, decision))
        effect = effect_on(decision)
        if effect:
            told.append((effect, 3, S.TOOK_EFFECT, None))
    change = None
    for on, _, step, decided in sorted(told, key=lambda row: row[:2]):
        if step is S.MODIFICATION_SENT:
            change = modification(approval, on, officer)
        add_event(approval, step, on, officer, decided, change)
    approval.stage = replay(moves_of(approval), asks_of(body_of(approval))).stage


def effect_on(decision: Decision) -> date | None:
    """When a decision took effect: with it, or once the last condition before the start was met."""
    waits = [row.met_at for row in decision.conditions if row.before_start]
    if decision.outcome not in FAVOURABLE or None in waits:
        return None
    return max([decision.decided_on, *(met.date() for met in waits if met)])


def modification(approval: Approval, on: date, officer: User) -> Modification:
    """A substantial modification, sent on a day."""
    row = Modification(
        number=1,
        kind=ModificationKind.SUBSTANTIAL,
        description=CHANGE,
        reason="Too few people took part at the first site",
        urgent=False,
        recorded_at=moment(on),
        recorded_by=officer,
    )
    approval.modifications.append(row)
    return row


def add_event(
    approval: Approval,
    step: ApprovalStep,
    on: date,
    officer: User,
    decision: Decision | None,
    change: Modification | None,
) -> None:
    """One line of the history, recorded on its own day."""
    about = change if step.startswith("modification_") else None
    approval.events.append(
        ApprovalEvent(
            number=len(approval.events) + 1,
            step=step,
            happened_on=on,
            decision=decision,
            modification=about,
            outcome=Outcome.FAVOURABLE if step is S.MODIFICATION_DECIDED else None,
            recorded_at=moment(on),
            recorded_by=officer,
        )
    )


def moment(on: date) -> datetime:
    """Half past ten on a day."""
    return datetime.combine(on, time(10, 30), UTC)
