"""What we ask about an organisation."""

from compliance.fields import DateField, RadiosField, SelectField, TextField, choices
from compliance.forms import Form, VersionedForm
from compliance.rules.organisations import NewContact, NewDetails, NewName, NewOrganisation, NewParent
from compliance.terms import ContactRole, OrganisationKind

ENDS = "The first day on which it no longer holds."


class OrganisationForm(Form):
    """An organisation that joins the tree."""

    name = TextField("What is it called?", required="Enter its name")
    code = TextField(
        "Code",
        hint="Part of its addresses, and never changed. For example: south-wolds",
        required="Enter a code",
        longest=40,
    )
    kind = RadiosField("What is it?", choices=choices(OrganisationKind), required="Select what it is")
    parent = SelectField("Below which organisation?", required="Select the organisation above it")
    from_on = DateField("From when?", subject="First day", required="Enter the first day")
    returns_from_on = DateField(
        "From when is a yearly return asked of it?",
        subject="First day of returns",
        hint="Leave empty if it sends none",
    )

    def answers(self) -> NewOrganisation:
        """What was entered, as the rule knows it."""
        return NewOrganisation(
            code=self.code.data,
            kind=OrganisationKind(self.kind.data),
            name=self.name.data,
            from_on=self.from_on.data,
            returns_from_on=self.returns_from_on.data,
        )


class NameForm(Form):
    """A name from a day on."""

    name = TextField("What will it be called?", required="Enter the new name")
    from_on = DateField("From when?", subject="First day", required="Enter the first day of the new name")

    def answers(self) -> NewName:
        """What was entered, as the rule knows it."""
        return NewName(self.name.data, self.from_on.data)


class ParentForm(Form):
    """A place in the tree from a day on."""

    parent = SelectField("Below which organisation?", required="Select the organisation above it")
    from_on = DateField("From when?", subject="First day", required="Enter the first day of the new place")

    def answers(self) -> NewParent:
        """What was entered, as the rule knows it."""
        return NewParent(self.from_on.data)


class DetailsForm(VersionedForm):
    """What a statement prints about the organisation itself."""

    governing_body = TextField(
        "Which body governs it?",
        hint="It approves the annual statement. For example: Chief officer group. Optional",
    )
    integrity_page = TextField(
        "Address of its public page about research integrity", hint="Begins with https://. Optional"
    )
    funds_from_on = DateField(
        "From when does it pay for research?",
        subject="First day",
        hint="It then answers the duties of funders too. Leave empty if it never has",
    )
    funds_until_on = DateField(
        "Until when?", subject="The end", hint=f"{ENDS} Leave empty while there is no end"
    )

    def answers(self) -> NewDetails:
        """What was entered, as the rule knows it."""
        return NewDetails(
            self.governing_body.data,
            self.integrity_page.data,
            self.funds_from_on.data,
            self.funds_until_on.data,
        )


class ContactForm(VersionedForm):
    """Who is named, in which role, from when."""

    role = RadiosField(
        "Which role?", choices=choices(ContactRole), required="Select the role of this person or mailbox"
    )
    person = TextField("Name of the person", hint="Leave empty for a shared mailbox")
    post = TextField(
        "Post or purpose",
        hint="For example: Assistant Chief Constable (Local Policing), or: Research integrity mailbox",
        required="Enter the post",
    )
    email = TextField("Email address", required="Enter an email address")
    from_on = DateField("From", subject="First day", required="Enter the first day in this role")
    until_on = DateField("Until", subject="The end", hint=f"{ENDS} Leave empty while there is no end")

    def answers(self) -> NewContact:
        """What was entered, as the rule knows it."""
        return NewContact(
            role=ContactRole(self.role.data),
            person=self.person.data,
            post=self.post.data,
            email=self.email.data,
            from_on=self.from_on.data,
            until_on=self.until_on.data,
        )


class EndForm(VersionedForm):
    """When the time in a role ends."""

    until_on = DateField("Until when?", subject="The end", hint=ENDS, required="Enter the end")
