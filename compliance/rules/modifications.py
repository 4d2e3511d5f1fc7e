"""What a modification must hold, and what a body may decide about it (approvals, section 7.3)."""

from dataclasses import dataclass
from datetime import date

from compliance.rules.broken import RuleBroken
from compliance.terms import ModificationKind, Outcome

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

    def check(self, today: date) -> None:
        """Raise RuleBroken for a day in the future, or an urgent measure that is called minor."""
        if self.sent_on > today:
            raise RuleBroken("The date must be today or in the past", field="sent_on")
        if self.urgent and self.kind is not ModificationKind.SUBSTANTIAL:
            raise RuleBroken("An urgent safety measure is a substantial modification", field="kind")


@dataclass(frozen=True)
class NewModificationDecision:
    """What a body decided about a modification; `expires_on` when the approval now holds longer."""

    outcome: Outcome
    own_word: str | None
    decided_on: date
    expires_on: date | None = None
    note: str | None = None

    def check(self, today: date, held_until: date | None) -> None:
        """Raise RuleBroken for a day in the future, or a new end that is not later than the old one."""
        if self.decided_on > today:
            raise RuleBroken("Date of decision must be today or in the past", field="decided_on")
        if self.expires_on is None:
            return
        if held_until is None:
            raise RuleBroken("The approval has no end that could move", field="expires_on")
        if self.expires_on <= held_until:
            raise RuleBroken("The new last day must be later than the present one", field="expires_on")
