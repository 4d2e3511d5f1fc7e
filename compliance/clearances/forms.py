"""What we ask about a person's clearance; never what was checked."""

from compliance.fields import DateField, LongTextField, RadiosField, TextField, choices
from compliance.forms import Form, VersionedForm
from compliance.rules.clearances import NewClearance, forces
from compliance.terms import ClearanceLevel

ONE_A_LINE = "One force on each line. Leave empty if none has"


class ClearanceForm(Form):
    """A clearance as the issuing force gave it."""

    person = TextField(
        "Whose clearance is it?",
        hint="A name, or a pseudonym that your vetting unit can resolve. For a renewal use the same",
        required="Enter the person",
    )
    level = RadiosField("Which level?", choices=choices(ClearanceLevel), required="Select the level")
    issuing_force = TextField("Which force issued it?", required="Enter the force that issued it")
    reference = TextField("Its reference", hint="Leave empty if there is none")
    granted_on = DateField(
        "When was it granted?", subject="Date of the clearance", required="Enter the date of the clearance"
    )
    expires_on = DateField(
        "Until when is it valid?",
        subject="Last day",
        hint="As the issuing force gave it: the time differs, so none is assumed",
        required="Enter the last day of the clearance",
    )
    accepted_by = LongTextField("Which forces accepted it as transferred?", hint=ONE_A_LINE, rows=2)

    def answers(self) -> NewClearance:
        """What was entered."""
        return NewClearance(
            person=self.person.data,
            level=ClearanceLevel(self.level.data),
            issuing_force=self.issuing_force.data,
            reference=self.reference.data,
            granted_on=self.granted_on.data,
            expires_on=self.expires_on.data,
            accepted_by=forces(self.accepted_by.data),
        )


class ChangeForm(VersionedForm):
    """What may change about a clearance: who accepted it, and whether it is still needed."""

    accepted_by = LongTextField("Which forces accepted it as transferred?", hint=ONE_A_LINE, rows=2)
    left_on = DateField(
        "Since when does the person need no access?",
        subject="Day",
        hint="Leave empty while they take part. The record stays, the reminders end",
    )
