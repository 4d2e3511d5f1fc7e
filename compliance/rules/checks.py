"""What an answer to a requirement must hold, for a project or for an organisation."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from compliance.rules.broken import RuleBroken
from compliance.terms import Standing

DUE_DAYS = 28  # our choice: a new project's checks are due four weeks after registration


SHORT = frozenset({Standing.PARTLY_MET, Standing.NOT_MET})


@dataclass(frozen=True)
class NewAnswer:
    """How a project or an organisation stands; a shortfall may name its fix, owner and date (UKRIO)."""

    standing: Standing
    note: str | None
    fix: str | None = None
    fix_owner: str | None = None
    fix_due_on: date | None = None

    def check(self, today: date) -> None:
        """Raise RuleBroken when a reason is missing, or a fix lacks its words, owner or date to come."""
        if self.standing is Standing.NOT_APPLICABLE and not self.note:
            raise RuleBroken("Say why this does not apply", field="note")
        if self.standing is Standing.NOT_MET and not self.note:
            raise RuleBroken("Say what is missing", field="note")
        if self.fix or self.fix_owner or self.fix_due_on:
            self.check_fix(today)

    def check_fix(self, today: date) -> None:
        """Raise RuleBroken when what will be done is not told whole, or belongs to no shortfall."""
        if self.standing not in SHORT:
            raise RuleBroken("Only what is partly met or not met has something to put right", field="fix")
        if not self.fix:
            raise RuleBroken("Say what will be done", field="fix")
        if not self.fix_owner:
            raise RuleBroken("Say who will do it", field="fix_owner")
        if not self.fix_due_on:
            raise RuleBroken("Enter the date by which it will be done", field="fix_due_on")
        if self.fix_due_on < today:
            raise RuleBroken("Due date must be today or in the future", field="fix_due_on")


@dataclass(frozen=True)
class Count:
    """How many requirements stand how; what does not apply is left out of the total."""

    met: int = 0
    partly_met: int = 0
    not_met: int = 0
    not_applicable: int = 0
    not_assessed: int = 0

    @property
    def total(self) -> int:
        """Requirements that apply."""
        return self.met + self.partly_met + self.not_met + self.not_assessed

    @property
    def asked(self) -> int:
        """All requirements, those that do not apply included."""
        return self.total + self.not_applicable

    @property
    def judged(self) -> int:
        """Requirements that somebody has judged, those that do not apply included."""
        return self.asked - self.not_assessed

    @property
    def shade(self) -> int:
        """0 all met, 1 some partly met or to judge, 2 one not met, 3 two or more not met."""
        if self.not_met:
            return min(self.not_met, 2) + 1
        return int(self.partly_met + self.not_assessed > 0)

    @property
    def words(self) -> str:
        """What is missing, in words."""
        parts = [(self.not_met, "not met"), (self.partly_met, "partly"), (self.not_assessed, "to judge")]
        missing = ", ".join(f"{count} {word}" for count, word in parts if count)
        return missing or ("all met" if self.total else "none apply")

    @property
    def breakdown(self) -> str:
        """Every count that is not nil, in words; what does not apply is named last."""
        words = ("met", "partly", "not met", "to judge", "not applicable")
        counts = (self.met, self.partly_met, self.not_met, self.not_assessed, self.not_applicable)
        return ", ".join(f"{count} {word}" for count, word in zip(counts, words, strict=True) if count)


def count(standings: Iterable[Standing]) -> Count:
    """The count of these standings."""
    tally = Counter(standings)
    return Count(**{standing.value: tally[standing] for standing in Standing})


def summed(counts: Iterable[Count]) -> Count:
    """Several counts as one, such as those of all commitments."""
    every = [(one.met, one.partly_met, one.not_met, one.not_applicable, one.not_assessed) for one in counts]
    return Count(*(sum(column) for column in zip(*every, strict=True)))
