"""What we ask on the public pages."""

import re

from compliance.fields import TextField, UploadField
from compliance.forms import Form
from compliance.rules.broken import RuleBroken
from compliance.rules.evidence import Upload

FINGERPRINT = re.compile(r"[0-9a-f]{16,64}")


class CheckForm(Form):
    """A file, or a fingerprint."""

    file = UploadField("A statement as PDF or JSON")
    fingerprint = TextField(
        "Or its fingerprint",
        hint="Printed on its last page; the SHA-256 of the PDF will do too. The first 16 characters are "
        "enough; spaces do not matter.",
        longest=200,
    )

    def answers(self) -> Upload | str:
        """The file, or the fingerprint without spaces in lower case; raises RuleBroken."""
        if self.file.data:
            upload: Upload = self.file.data
            return upload
        text = re.sub(r"\s", "", self.fingerprint.data or "").lower()
        if not text:
            raise RuleBroken("Choose a file, or enter a fingerprint", field="file")
        if not FINGERPRINT.fullmatch(text):
            raise RuleBroken("Enter 16 to 64 characters, digits and the letters a to f", field="fingerprint")
        return text
