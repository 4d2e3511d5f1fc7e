"""What need not be published, or not yet (government guidance, section 6), and who may say so (H9)."""

from dataclasses import dataclass
from datetime import date

from compliance.rules.broken import RuleBroken
from compliance.terms import ExemptFrom, ExemptionKind, ExemptionReason

# These put off and never excuse.
DELAYS = frozenset({ExemptionReason.X7, ExemptionReason.X8, ExemptionReason.X9})


@dataclass(frozen=True)
class NewExemption:
    """An exemption as it was approved."""

    exempt_from: ExemptFrom
    code: ExemptionReason
    kind: ExemptionKind
    reason: str
    approver: str
    decided_on: date
    review_on: date
    expires_on: date | None = None
    public_summary: str | None = None

    def check(self, today: date, *, recorder_id: int, lead_id: int | None) -> None:
        """Raise RuleBroken for a reason that only delays, dates in no order, or the lead's own word (H9)."""
        if recorder_id == lead_id:
            raise RuleBroken("Someone other than the project’s lead must approve and record an exemption")
        if self.code in DELAYS and self.kind is not ExemptionKind.DELAY:
            raise RuleBroken("This reason can only delay", field="kind")
        if self.kind is ExemptionKind.DELAY and self.expires_on is None:
            raise RuleBroken("Enter until when it is delayed", field="expires_on")
        if self.decided_on > today:
            raise RuleBroken("Date of the approval must be today or in the past", field="decided_on")
        if self.review_on < self.decided_on:
            raise RuleBroken("The review must not be before the approval", field="review_on")
        if self.expires_on and self.expires_on < self.decided_on:
            raise RuleBroken("The end must not be before the approval", field="expires_on")
