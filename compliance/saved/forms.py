"""What we ask about a filter that somebody keeps."""

from compliance.fields import TextField
from compliance.forms import Form


class SaveViewForm(Form):
    """The name of a filter."""

    name = TextField(
        "What do you call it?",
        hint="For example: ending before summer",
        longest=60,
        required="Enter a name for this filter",
    )
