"""What is asked about a sheet of areas of research interest."""

from wtforms import HiddenField

from compliance.fields import SelectField, TextField, UploadField
from compliance.forms import Form


class AreasForm(Form):
    """Whose areas, of which edition, in which file; once looked at the sheet travels along as text."""

    organisation_code = SelectField("Whose areas are they?", required="Select the organisation")
    edition = TextField(
        "Which edition?",
        hint="As it is published, such as its year",
        required="Enter the edition",
        longest=40,
    )
    file = UploadField("Which file?", hint="A CSV file with the columns below")
    sheet = HiddenField()
