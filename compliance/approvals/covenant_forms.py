"""What we ask about a principle of the AI Covenant."""

from compliance.fields import LongTextField, RadiosField, choices
from compliance.forms import EvidencedForm
from compliance.rules.covenant import RATINGS, NewRating
from compliance.terms import Principle, Standing


class RatingForm(EvidencedForm):
    """How a project stands to one principle; the evidence is part of the answer."""

    rating = RadiosField(
        "How does the project stand to it?",
        choices=choices(RATINGS),
        required="Select how the project stands to this principle",
    )
    note = LongTextField(
        "How is it met, or what is missing?", required="Say how it is met, or what is missing", rows=4
    )

    def answers(self, principle: Principle) -> NewRating:
        """What was entered."""
        return NewRating(principle, Standing(self.rating.data), self.note.data)
