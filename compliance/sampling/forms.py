"""What we ask about a sample, and of each approval in it."""

from compliance.fields import LongTextField, RadiosField, SelectField, TextField, choices
from compliance.forms import Form
from compliance.rules.broken import RuleBroken
from compliance.rules.sampling import LARGEST, NewResponse, NewSample
from compliance.terms import ConditionsKept, ProtocolKept


class SampleForm(Form):
    """Where to draw, how many, and by which seed."""

    organisation_code = SelectField(
        "From which organisation?",
        hint="Approvals of all organisations below it are drawn from too",
        required="Select the organisation",
    )
    size = TextField("How many approvals?", longest=10, required="Enter how many approvals to draw")
    seed = TextField(
        "Seed",
        hint="Any word or number. The same seed draws the same approvals from the same list again",
        longest=60,
        required="Enter a seed",
    )

    def answers(self) -> NewSample:
        """What was entered; raises RuleBroken when the number is none."""
        typed = self.size.data.strip()
        if not (typed.isascii() and typed.isdigit()):
            raise RuleBroken(f"Enter a number from 1 to {LARGEST}", field="size")
        return NewSample(size=int(typed), seed=self.seed.data)


class ResponseForm(Form):
    """What was found of one approval."""

    protocol = RadiosField(
        "Is the research done as it was approved?",
        choices=choices(ProtocolKept),
        required="Select whether the research is done as it was approved",
    )
    conditions = RadiosField(
        "Are the conditions of the approval met?",
        choices=choices(ConditionsKept),
        required="Select whether the conditions are met",
    )
    note = LongTextField("What did you look at, and what did you find?", hint="Needed for a no", rows=4)

    def answers(self) -> NewResponse:
        """What was entered."""
        return NewResponse(
            ProtocolKept(self.protocol.data), ConditionsKept(self.conditions.data), self.note.data or None
        )
