"""What a decision requires, and who may say that it is met, when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from compliance.rules.broken import RuleBroken


@dataclass(frozen=True)
class NewCondition:
    """Something a decision requires."""

    text: str
    before_start: bool
    due_on: date | None
    owner_id: int | None = None


def check_conditions(conditions: Sequence[NewCondition], decided_on: date) -> None:
    """Raise RuleBroken, naming the date that is wrong, for one due before the decision that set it."""
    for place, row in enumerate(conditions):
        if row.due_on and row.due_on < decided_on:
            raise RuleBroken("A condition must not be due before the decision", field=f"conditions/{place}")


OWN = "You see to this condition: someone else must confirm that it is met"


def check_met(on: date, decided_on: date, today: date, *, meeter_id: int, keeper_id: int | None) -> None:
    """Raise RuleBroken for a day that cannot be, or when whoever sees to a condition says that it is met.

    Somebody else must have looked (our judgement, after H7 and H9); the keeper is its owner, or the
    project's lead where nobody was named.
    """
    if meeter_id == keeper_id:
        raise RuleBroken(OWN)
    if on > today:
        raise RuleBroken("The date must be today or in the past", field="met_on")
    if on < decided_on:
        raise RuleBroken("The date must not be before the decision that set the condition", field="met_on")
