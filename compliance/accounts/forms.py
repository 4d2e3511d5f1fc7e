"""What we ask about people and their roles."""

from compliance.fields import DateField, RadiosField, SelectField, TextField, choices
from compliance.forms import Form
from compliance.rules.accounts import NewMembership, NewPerson
from compliance.terms import Role

ENDS = "The first day on which it no longer holds."


class RoleForm(Form):
    """Which role, where, from when, until when."""

    organisation = SelectField(
        "In which organisation?",
        hint="The role holds there and in all below it.",
        required="Select the organisation",
    )
    role = RadiosField("As what?", choices=choices(Role), required="Select the role")
    from_on = DateField("From when?", subject="First day", required="Enter the first day")
    until_on = DateField("Until when?", subject="The end", hint=f"{ENDS} Leave empty while there is no end")

    def membership(self) -> NewMembership:
        """The role that was entered, as the rule knows it."""
        return NewMembership(Role(self.role.data), self.from_on.data, self.until_on.data)


class PersonForm(RoleForm):
    """Someone who gets an account and a first role."""

    name = TextField("Name", required="Enter the name")
    email = TextField("Email address at work", required="Enter an email address")
    post = TextField("Post", hint="Optional. For example: Research analyst")

    def person(self) -> NewPerson:
        """The person that was entered, as the rule knows it."""
        return NewPerson(self.email.data.lower(), self.name.data, self.post.data)


class EndRoleForm(Form):
    """When a role ends."""

    until_on = DateField("Until when?", subject="The end", hint=ENDS, required="Enter the end")
