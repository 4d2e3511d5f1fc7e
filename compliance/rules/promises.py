"""What answers of a project or an organisation say will be done, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from compliance.rules.broken import RuleBroken
from compliance.rules.checks import SHORT
from compliance.terms import ActionState

CLOSED = frozenset({ActionState.DONE, ActionState.DROPPED})


@dataclass(frozen=True)
class Promise:
    """Something that answers to one requirement say will be done, in the same words, and what became of it.

    It stays until somebody records that it is done or dropped: a later answer alone never closes it.
    """

    code: str
    # From 1 among what was promised for the requirement.
    number: int
    # Those that say it, of each year that does, and the steps recorded of it; the oldest first.
    answers: Sequence[Any]
    steps: Sequence[Any]
    # The latest answer to the requirement is no shortfall any more.
    met_since: bool

    @property
    def answer(self) -> Any:
        """The latest answer that says it: it names who does it, and by when."""
        return self.answers[-1]

    @property
    def step(self) -> Any:
        """The latest that was recorded of it; None when nothing was."""
        return self.steps[-1] if self.steps else None

    @property
    def state(self) -> ActionState:
        """What became of it; nothing recorded means not begun."""
        return self.steps[-1].state if self.steps else ActionState.NOT_BEGUN

    @property
    def due_on(self) -> date | None:
        """By when; the new date when it was carried over after the answer was given."""
        step, answer = self.step, self.answer
        moved = step is not None and step.due_on and step.recorded_at >= answer.answered_at
        found: date | None = step.due_on if moved else answer.fix_due_on
        return found

    @property
    def is_open(self) -> bool:
        """Whether it is neither done nor dropped."""
        return self.state not in CLOSED

    def closed_before(self, moment: datetime) -> bool:
        """Whether it was done or dropped before a moment, and so was told already."""
        return not self.is_open and bool(self.step.recorded_at < moment)


def promises_of(
    code: str, answers: Sequence[Any], steps: Mapping[int, Sequence[Any]], record: str
) -> list[Promise]:
    """What the answers to one requirement, the oldest first, say will be done: one for each wording.

    `steps` are those of each answer by its id, `record` names the attribute of the row that an answer belongs
    to. Words that are put otherwise on the same record before anybody followed them up are only corrected.
    """
    runs: list[list[Any]] = []
    for answer in answers:
        if not answer.fix:
            continue
        same = next((run for run in runs if run[0].fix == answer.fix), None)
        if same:
            same.append(answer)
            continue
        if runs and all(
            getattr(one, record) == getattr(answer, record) and one.id not in steps for one in runs[-1]
        ):
            runs.pop()
        runs.append([answer])
    met = bool(answers) and answers[-1].standing not in SHORT
    return [
        Promise(code, number, run, sorted_steps(run, steps), met) for number, run in enumerate(runs, start=1)
    ]


def sorted_steps(run: Sequence[Any], steps: Mapping[int, Sequence[Any]]) -> list[Any]:
    """The steps of these answers, the oldest first."""
    return sorted((step for answer in run for step in steps.get(answer.id, ())), key=lambda step: step.id)


@dataclass(frozen=True)
class NewStep:
    """What became of what an answer said would be done."""

    state: ActionState
    note: str | None
    due_on: date | None

    def check(self, today: date) -> None:
        """Raise RuleBroken when a date or a reason is missing, or the date has passed."""
        if self.state is ActionState.CARRIED_OVER and self.due_on is None:
            raise RuleBroken("Enter the new date", field="due_on")
        if self.state is ActionState.CARRIED_OVER and self.due_on is not None and self.due_on < today:
            raise RuleBroken("The new date must be today or in the future", field="due_on")
        if self.state is ActionState.DROPPED and not self.note:
            raise RuleBroken("Say why it is dropped", field="note")
