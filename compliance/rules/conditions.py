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


def check_met(
    on: date, decided_on: date, today: date, *, meeter_id: int, keeper_id: int | None, before_start: bool
) -> None:
    """Raise RuleBroken for a day that cannot be, or when whoever keeps a condition before the start meets it.

    The start depends on it, so somebody else must have looked (our judgement, after H7 and H9); the keeper
    is its owner, or the project's lead where nobody was named.
    """
    if before_start and meeter_id == keeper_id:
        raise RuleBroken(
            "Fieldwork depends on this condition: someone other than whoever sees to it must confirm it"
        )
    if on > today:
        raise RuleBroken("The date must be today or in the past", field="met_on")
    if on < decided_on:
        raise RuleBroken("The date must not be before the decision that set the condition", field="met_on")
