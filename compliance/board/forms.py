"""What we ask about the meetings of a board, and about comparing organisations."""

from compliance.fields import DateField, LongTextField, RadiosField, options
from compliance.forms import Form
from compliance.rules.board import NewComparison, NewMeeting
from compliance.terms import Comparison


class MeetingForm(Form):
    """The day on which the board met."""

    held_on = DateField(
        "When did the board meet?",
        subject="Date of the meeting",
        hint="Today, or up to 7 days ago. The figures are kept as they stand now.",
        required="Enter the date of the meeting",
    )

    def answers(self) -> NewMeeting:
        """What was entered."""
        return NewMeeting(self.held_on.data)


class ComparisonForm(Form):
    """How organisations see each other."""

    comparison = RadiosField(
        "How do the organisations below see each other on their boards?",
        choices=options([(one.value, one.label) for one in Comparison]),
        required="Select how they see each other",
    )
    reason = LongTextField(
        "Who decided this, and why?", required="Say who decided it and why", rows=3, longest=1000
    )

    def answers(self) -> NewComparison:
        """What was entered."""
        return NewComparison(Comparison(self.comparison.data), self.reason.data)
