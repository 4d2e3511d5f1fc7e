"""The life of an approval: the steps that its table permits, taken one after the other.

Pure and complete: a page, an address and a command all go through `take`, and `replay` leads from
the recorded steps back to where an approval stands.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from compliance.rules.approval_transitions import (
    ABOUT_MODIFICATION,
    AFTER_DECISION,
    BEFORE,
    DECISION_STEPS,
    INCIDENTS,
    NO_INCIDENT,
    NO_MODIFICATION,
    NOT_TOLD_HERE,
    OVER,
    REPLACEABLE,
    RUNNING,
    TRANSITIONS,
)
from compliance.rules.broken import RuleBroken
from compliance.terms import ApprovalState, ApprovalStep, Outcome

S, T = ApprovalStep, ApprovalState


@dataclass(frozen=True)
class Asks:
    """What a body asks, as far as its life depends on it."""

    application: bool = True
    final_report: bool = False
    incidents: bool = False


@dataclass(frozen=True)
class Move:
    """A step that was taken, on a day; a decision names its outcome."""

    step: ApprovalStep
    on: date
    outcome: Outcome | None = None


@dataclass(frozen=True)
class Life:
    """Where an approval stands, and what else decides which step may follow."""

    stage: ApprovalState = T.NEEDED
    modification_open: bool = False
    # Serious breaches and adverse events of which the body has not been told; it is told of the oldest first.
    incidents_open: int = 0
    last_on: date | None = None
    last_step: ApprovalStep | None = None


def refusal(life: Life, step: ApprovalStep, asks: Asks, outcome: Outcome | None = None) -> str | None:
    """Why a step may not be taken now, fit to show; None when it may."""
    transition = TRANSITIONS[step]
    if life.stage not in transition.sources:
        return transition.otherwise
    if step is S.CORRECTED and life.last_step not in DECISION_STEPS:
        return transition.otherwise
    if step is S.MODIFICATION_SENT and life.modification_open:
        return "A modification is with the body already: record its decision first"
    if step in ABOUT_MODIFICATION and not life.modification_open:
        return NO_MODIFICATION
    if step in INCIDENTS and not asks.incidents:
        return NOT_TOLD_HERE
    if step is S.INCIDENT_TOLD and not life.incidents_open:
        return NO_INCIDENT
    if step is S.DECIDED:
        return decision_refusal(life, asks, outcome)
    if step is S.CLOSED and life.stage in OVER and asks.final_report:
        return "This body asks for a final report: tell it of the end, then send the report"
    if step is S.TOLD and life.stage in OVER and not asks.final_report:
        return "This body asks for no declaration: close the approval"
    return None


def decision_refusal(life: Life, asks: Asks, outcome: Outcome | None) -> str | None:
    """Why this decision cannot follow; what is withdrawn or not required may be said at any open stage."""
    if outcome is Outcome.NOT_REQUIRED:
        return None
    if life.stage in BEFORE | {T.INVALID} and (asks.application or outcome is Outcome.WITHDRAWN):
        return "Record first when the application was sent"
    if outcome is Outcome.WITHDRAWN:
        return None
    if life.stage is T.PROVISIONAL:
        return "Record first that you answered, or that the review went on"
    if life.stage is T.NO_OPINION:
        return "No opinion leads to a full review: record first that it began"
    if outcome is Outcome.INVALID and life.stage is not T.SUBMITTED:
        return "Only an application that was just sent can be found not valid"
    return None


def take(life: Life, move: Move, asks: Asks, today: date | None = None) -> Life:
    """The life after a step; raises RuleBroken when the step may not be taken, or not on that day."""
    why = refusal(life, move.step, asks, move.outcome)
    if why:
        raise RuleBroken(why)
    if today and move.on > today:
        raise RuleBroken("The date must be today or in the past", field="on")
    corrects = move.step is S.CORRECTED or (move.step is S.SENT and life.stage is T.SUBMITTED)
    if life.last_on and move.on < life.last_on and not corrects:
        last = f"{life.last_on.day} {life.last_on:%B %Y}"
        raise RuleBroken(f"The date must not be before what was recorded last, {last}", field="on")
    return after(life, move, asks)


def after(life: Life, move: Move, asks: Asks) -> Life:
    """Where a permitted step leads."""
    opened = life.modification_open
    if move.step is S.MODIFICATION_SENT:
        opened = True
    elif move.step in (S.MODIFICATION_DECIDED, S.STOPPED, S.ENDED):
        opened = False
    return replace(
        life,
        stage=stage_after(life, move, asks, opened=opened),
        modification_open=opened,
        incidents_open=life.incidents_open + (move.step in INCIDENTS) - (move.step is S.INCIDENT_TOLD),
        last_on=move.on,
        last_step=move.step,
    )


def stage_after(life: Life, move: Move, asks: Asks, *, opened: bool) -> ApprovalState:
    """The stage that a permitted step leads to."""
    running = T.MODIFICATION_PENDING if opened else T.ACTIVE
    if move.step in (S.DECIDED, S.CORRECTED) and move.outcome:
        return AFTER_DECISION[move.outcome]
    if move.step is S.RESUMED:
        return running
    if move.step in (S.MODIFICATION_SENT, S.MODIFICATION_DECIDED) and life.stage in RUNNING:
        return running
    if move.step is S.TOLD and life.stage in OVER and asks.final_report:
        return T.FINAL_REPORT_DUE
    return TRANSITIONS[move.step].to or life.stage


def replay(moves: Iterable[Move], asks: Asks) -> Life:
    """The life that a history leads to; raises RuleBroken where a step could not have been taken.

    What a body was told stands, also where its rules no longer ask for it.
    """
    life, asks = Life(), replace(asks, incidents=True)
    for move in moves:
        life = take(life, move, asks)
    return life


def open_steps(life: Life, asks: Asks) -> tuple[ApprovalStep, ...]:
    """Every step that may be taken now, in the order of the terms."""
    return tuple(step for step in S if refusal(life, step, asks, Outcome.FAVOURABLE) is None)


def check_replace(stage: ApprovalState) -> None:
    """Raise RuleBroken when a new application cannot replace an approval at this stage."""
    if stage not in REPLACEABLE:
        raise RuleBroken("A new application can follow only once this one is decided, lapsed or over")
