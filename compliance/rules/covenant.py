"""The AI Covenant: six principles, each rated and each with evidence (approvals, section 8.1)."""

from collections.abc import Collection
from dataclasses import dataclass

from compliance.rules.broken import RuleBroken
from compliance.terms import Principle, Standing

# The key of its body in the catalogue.
COVENANT = "ai-covenant"
# The source asks for ratings and names no scale: these three are our judgement.
RATINGS = (Standing.MET, Standing.PARTLY_MET, Standing.NOT_MET)


@dataclass(frozen=True)
class NewRating:
    """How a project stands to one principle, and why."""

    principle: Principle
    rating: Standing
    note: str

    def check(self, *, evidence: bool) -> None:
        """Raise RuleBroken for a rating outside the scale, without its note or without evidence."""
        if self.rating not in RATINGS:
            raise RuleBroken("Select how the project stands to this principle", field="rating")
        if not self.note.strip():
            raise RuleBroken("Say how it is met, or what is missing", field="note")
        if not evidence:
            raise RuleBroken(
                "Give an address, choose a file, or choose kept evidence", field="evidence_address"
            )


def not_rated(rated: Collection[Principle]) -> tuple[Principle, ...]:
    """The principles that nobody has rated, in the order of the Covenant."""
    return tuple(one for one in Principle if one not in rated)
