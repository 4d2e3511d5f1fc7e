"""What we ask about evidence itself."""

from compliance.fields import DateField, SelectField, TextField, UploadField
from compliance.forms import VersionedForm
from compliance.rules.evidence import NewEvidence


class DescribeForm(VersionedForm):
    """What it is called, who looks after it, when it is looked at again."""

    title = TextField("Title", required="Enter a title")
    owner_id = SelectField("Who looks after it?", required="Select who looks after it")
    review_by_on = DateField(
        "Review it by", subject="Date of review", hint="Leave empty if it needs no review"
    )


class ReplaceForm(VersionedForm):
    """The newer version: an address or a file."""

    evidence_title = TextField("Title", hint="Leave empty to keep the title")
    evidence_address = TextField("New address", hint="Begins with https://", longest=500)
    evidence_file = UploadField("Or a new file")
    evidence_review_by_on = DateField("Review it by", subject="Date of review", hint="Optional")

    def answers(self, title: str) -> NewEvidence:
        """What was entered; the present title when none was."""
        return NewEvidence(
            title=self.evidence_title.data or title,
            address=self.evidence_address.data,
            upload=self.evidence_file.data,
            review_by_on=self.evidence_review_by_on.data,
        )
