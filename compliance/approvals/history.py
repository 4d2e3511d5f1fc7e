"""The life of an approval in rows: the one place that adds to its history and sets where it stands."""

from datetime import date

from compliance import clock
from compliance.bodies.queries import body_of
from compliance.db import db
from compliance.frameworks.body import Body
from compliance.models import Approval, ApprovalEvent, Decision, Modification, User
from compliance.rules.approval_life import Asks, Life, Move, after, refusal, take
from compliance.rules.broken import RuleBroken
from compliance.terms import ApprovalState, ApprovalStep, Outcome

BEFORE_EFFECT = (ApprovalState.FAVOURABLE, ApprovalState.WITH_CONDITIONS)


def asks_of(body: Body | None) -> Asks:
    """What a body asks, as far as the life of its approval depends on it."""
    if body is None:
        return Asks()
    return Asks(body.takes_application, body.asks_final_report, body.hears_of_incidents)


def moves_of(approval: Approval) -> list[Move]:
    """The history of an approval as the rules see it, in the order in which it was recorded."""
    return [Move(row.step, row.happened_on, outcome_of(row)) for row in approval.events]


def outcome_of(row: ApprovalEvent) -> Outcome | None:
    """What was decided by a step, on the approval or on a modification."""
    return row.decision.outcome if row.decision and not row.modification_id else row.outcome


def life_of(approval: Approval, until: date | None = None) -> Life:
    """Where its history leads, or led by the end of a day."""
    asks, life = asks_of(body_of(approval)), Life()
    for move in moves_of(approval):
        if until is None or move.on <= until:
            life = after(life, move, asks)
    return life


def refuse(
    approval: Approval, step: ApprovalStep, on: date, outcome: Outcome | None = None, *, field: str = "on"
) -> Life:
    """Where a step would lead; raises RuleBroken when it may not be taken, with `field` for a wrong date."""
    taken = Move(step, on, outcome)
    try:
        return take(life_of(approval), taken, asks_of(body_of(approval)), clock.today())
    except RuleBroken as broken:
        raise RuleBroken(broken.message, field=field if broken.field else "") from None


def why_not(approval: Approval, step: ApprovalStep) -> str | None:
    """Why a step may not be taken where the approval stands; None when it may."""
    return refusal(life_of(approval), step, asks_of(body_of(approval)), Outcome.FAVOURABLE)


def refuse_now(approval: Approval, step: ApprovalStep) -> None:
    """Raise RuleBroken when a step may not be taken at all where the approval stands."""
    why = why_not(approval, step)
    if why:
        raise RuleBroken(why)


def move(
    approval: Approval,
    step: ApprovalStep,
    on: date,
    *,
    by: User,
    field: str = "on",
    note: str | None = None,
    decision: Decision | None = None,
    modification: Modification | None = None,
    outcome: Outcome | None = None,
    own_word: str | None = None,
    in_use_on: date | None = None,
) -> ApprovalEvent:
    """Take a step; call inside a transaction. Raises RuleBroken, naming `field` for a wrong date."""
    decided = decision.outcome if decision and not modification else outcome
    life = refuse(approval, step, on, decided, field=field)
    event = ApprovalEvent(
        number=len(approval.events) + 1,
        step=step,
        happened_on=on,
        note=note,
        decision=decision,
        modification=modification,
        outcome=outcome,
        own_word=own_word,
        in_use_on=in_use_on,
        recorded_at=clock.now(),
        recorded_by=by,
    )
    approval.events.append(event)
    approval.stage = life.stage
    # A step may leave every column as it is: the version must still move, or a rival edit goes unseen.
    approval.version += 1
    db.session.flush()
    return event


def take_effect(approval: Approval, open_before_start: int, on: date, *, by: User) -> None:
    """Put a favourable decision in force once nothing is to be met before the start (H2)."""
    if approval.stage in BEFORE_EFFECT and not open_before_start:
        move(approval, ApprovalStep.TOOK_EFFECT, on, by=by)
