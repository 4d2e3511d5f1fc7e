"""What we ask about single numbers."""

from compliance.fields import LongTextField, TextField
from compliance.forms import Form
from compliance.rules.broken import RuleBroken
from compliance.rules.statements import NewOverride
from compliance.rules.suppression import NewPolicy

NARROW = "govuk-input--width-5"


def whole(field: TextField) -> int | None:
    """What was entered as a whole number, None when nothing was; raises RuleBroken."""
    text = field.data or ""
    if text and not (text.isascii() and text.isdigit()):
        raise RuleBroken("Enter a whole number, or leave it empty", field=field.name)
    return int(text) if text else None


class OverrideForm(Form):
    """Another value for a figure, and why."""

    number = TextField(
        "Which number is printed?",
        hint="Leave it empty to print what the records give",
        longest=9,
        classes=NARROW,
    )
    whole = TextField("Out of how many?", longest=9, classes=NARROW)
    reason = LongTextField(
        "Why is it not what the records give?",
        hint="Printed beside both values, in the document and in its data.",
        required="Say why",
        rows=4,
        longest=1000,
    )

    def answers(self) -> NewOverride:
        """What was entered; raises RuleBroken."""
        out_of = whole(self.whole) if "whole" in self else None
        return NewOverride(whole(self.number), out_of, self.reason.data)


class PolicyForm(Form):
    """Below which number counts of misconduct are withheld."""

    below = TextField(
        "Below which number are counts of misconduct withheld?",
        hint="From 3 to 20, often 5. Leave it empty to print every number. A true 0 is always printed.",
        longest=2,
        classes="govuk-input--width-2",
    )
    reason = LongTextField(
        "Who decided this, and why?", required="Say who decided it and why", rows=3, longest=1000
    )

    def answers(self) -> NewPolicy:
        """What was entered; raises RuleBroken."""
        return NewPolicy(whole(self.below), self.reason.data)
