"""What we ask about an exemption."""

from compliance.fields import DateField, LongTextField, RadiosField, SelectField, TextField, choices, options
from compliance.forms import Form
from compliance.rules.exemptions import NewExemption
from compliance.terms import ExemptFrom, ExemptionKind, ExemptionReason


class ExemptionForm(Form):
    """An exemption, as somebody other than the lead approved it."""

    exempt_from = RadiosField(
        "What is exempt?", choices=choices(ExemptFrom), required="Select what is exempt", inline=True
    )
    code = SelectField(
        "By which reason?",
        choices=options([(one.value, one.label) for one in ExemptionReason], empty="Choose a reason"),
        required="Select the reason",
    )
    kind = RadiosField("How far?", choices=choices(ExemptionKind), required="Select how far it goes")
    reason = LongTextField("Why?", hint="Not printed", required="Say why", rows=4)
    approver = TextField(
        "Who approved it?",
        hint="Post, not person; never the project’s lead",
        required="Enter who approved it",
    )
    decided_on = DateField(
        "When was it approved?", subject="Date of the approval", required="Enter the date of the approval"
    )
    review_on = DateField(
        "When is it looked at again?", subject="Date of the review", required="Enter the date of the review"
    )
    expires_on = DateField(
        "Until when does it hold?", subject="Last day", hint="Needed for a delay. Else leave empty for no end"
    )
    public_summary = LongTextField("What may be said in public?", hint="Optional. Safe to print", rows=3)

    def answers(self) -> NewExemption:
        """What was entered."""
        return NewExemption(
            exempt_from=ExemptFrom(self.exempt_from.data),
            code=ExemptionReason(self.code.data),
            kind=ExemptionKind(self.kind.data),
            reason=self.reason.data,
            approver=self.approver.data,
            decided_on=self.decided_on.data,
            review_on=self.review_on.data,
            expires_on=self.expires_on.data,
            public_summary=self.public_summary.data,
        )
