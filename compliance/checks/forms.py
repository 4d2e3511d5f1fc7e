"""What we ask about one requirement."""

from compliance.fields import LongTextField, RadiosField, choices
from compliance.forms import EvidencedForm
from compliance.rules.checks import NewAnswer
from compliance.terms import Standing


class AnswerForm(EvidencedForm):
    """How the project stands, why, and what supports it."""

    standing = RadiosField(
        "How does the project stand?",
        choices=choices(Standing),
        required="Select how the project stands",
        hints={"not_applicable": "Say why below", "not_met": "Say below what is missing"},
    )
    note = LongTextField("Reason or note", hint="Needed for not met and not applicable", rows=4)

    def answers(self) -> NewAnswer:
        """The answer."""
        return NewAnswer(Standing(self.standing.data), self.note.data)
