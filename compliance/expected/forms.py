"""What we ask whoever held a wording against its source."""

from compliance.fields import LongTextField, RadiosField, TextField, options
from compliance.forms import Form
from compliance.rules.wording import NewWordingCheck


class WordingCheckForm(Form):
    """Whether the source says it, and where it stands."""

    agrees = RadiosField(
        "Does the source say this, as strongly as we do?",
        choices=options([("yes", "Yes, it says the same"), ("no", "No, it says something else, or nothing")]),
        required="Select yes if the source says the same",
    )
    address = TextField(
        "Address of the page you read",
        hint="Begins with https://",
        required="Enter the address of the page you read",
        longest=500,
    )
    note = LongTextField(
        "What you found",
        hint="In your own words, not a quotation. Needed when the source says something else",
        longest=2_000,
        rows=4,
    )

    def answers(self) -> NewWordingCheck:
        """What was entered."""
        return NewWordingCheck(
            agrees=self.agrees.data == "yes", address=self.address.data, note=self.note.data
        )
