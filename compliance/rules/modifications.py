"""What a modification must hold, and what a body may decide about it (approvals, section 7.3)."""

from dataclasses import dataclass
from datetime import date

from compliance.rules.broken import RuleBroken
from compliance.rules.conditions import NewCondition, check_conditions
from compliance.terms import ModificationKind, Outcome

FAVOURABLE = (Outcome.FAVOURABLE, Outcome.FAVOURABLE_WITH_CONDITIONS)
# What a body may say of a modification, with our words for it.
OUTCOMES = (
    Outcome.FAVOURABLE,
    Outcome.FAVOURABLE_WITH_CONDITIONS,
    Outcome.UNFAVOURABLE,
    Outcome.WITHDRAWN,
    Outcome.INVALID,
)


@dataclass(frozen=True)
class NewModification:
    """A change to what was approved, as it was sent or noted."""

    kind: ModificationKind
    description: str
    reason: str
    urgent: bool
    sent_on: date
    body_reference: str | None = None
    in_use_on: date | None = None
    notify_bodies: str | None = None

    def check(self, today: date) -> None:
        """Raise RuleBroken for a day in the future, or an urgent measure called minor or without its day."""
        if self.sent_on > today:
            raise RuleBroken("The date must be today or in the past", field="sent_on")
        if self.urgent and self.kind is not ModificationKind.SUBSTANTIAL:
            raise RuleBroken("An urgent safety measure is a substantial modification", field="kind")
        if self.urgent and self.in_use_on is None:
            raise RuleBroken("Say since when the urgent safety measure is in use", field="in_use_on")
        if self.in_use_on and self.in_use_on > today:
            raise RuleBroken("The date must be today or in the past", field="in_use_on")


@dataclass(frozen=True)
class NewModificationDecision:
    """What a body decided about a modification; `expires_on` when the approval now holds longer."""

    outcome: Outcome
    own_word: str | None
    decided_on: date
    expires_on: date | None = None
    note: str | None = None
    in_use_on: date | None = None
    conditions: tuple[NewCondition, ...] = ()

    def check(self, today: date, held_until: date | None) -> None:
        """Raise RuleBroken for a day that cannot be, or conditions without their decision or reversed."""
        if self.decided_on > today:
            raise RuleBroken("Date of decision must be today or in the past", field="decided_on")
        with_conditions = self.outcome is Outcome.FAVOURABLE_WITH_CONDITIONS
        if with_conditions and not self.conditions:
            raise RuleBroken("Enter at least one condition", field="conditions")
        if self.conditions and not with_conditions:
            raise RuleBroken("Only a decision with conditions has conditions", field="outcome")
        check_conditions(self.conditions, self.decided_on)
        if self.in_use_on and self.outcome not in FAVOURABLE:
            raise RuleBroken("Only a modification that was agreed comes into use", field="in_use_on")
        if self.expires_on is None:
            return
        if held_until is None:
            raise RuleBroken("The approval has no end that could move", field="expires_on")
        if self.expires_on <= held_until:
            raise RuleBroken("The new last day must be later than the present one", field="expires_on")


def in_its_word(text: str, word: str) -> str:
    """A text of ours about modifications, in the word of the body."""
    article = "an" if word[0] in "aeiou" else "a"
    text = text.replace("a modification", f"{article} {word}").replace("modification", word)
    return text.replace("Modification", word.capitalize())
