"""What we ask about one requirement, as an organisation judges itself."""

from compliance.fields import CheckboxesField, DateField, LongTextField, RadiosField, TextField, choices
from compliance.forms import EvidencedForm, Form
from compliance.rules.assessments import NewReopening
from compliance.rules.checks import SHORT, NewAnswer
from compliance.rules.promises import NewStep
from compliance.terms import ActionState, Standing


class JudgementForm(EvidencedForm):
    """How the organisation stands, why, what will be done, and what supports it."""

    standing = RadiosField(
        "How does the organisation stand?",
        choices=choices(Standing),
        required="Select how the organisation stands",
        hints={
            "partly_met": "Say below what is still missing and what will be done",
            "not_met": "Say below what is missing and what will be done",
            "not_applicable": "Say below why",
            "not_assessed": "The return waits until it is judged",
        },
    )
    note = LongTextField("Reason or note", hint="Needed for not met and not applicable", rows=4)
    fix = LongTextField("What will be done?", label_size="", rows=3)
    fix_owner = TextField("Who will do it?", hint="A post or a name", label_size="")
    fix_due_on = DateField("By when?", subject="Due date", label_size="")

    def answers(self) -> NewAnswer:
        """The judgement; what will be done belongs to a shortfall and is left out of anything else."""
        standing = Standing(self.standing.data)
        if standing not in SHORT:
            return NewAnswer(standing, self.note.data)
        return NewAnswer(standing, self.note.data, self.fix.data, self.fix_owner.data, self.fix_due_on.data)


class EvidenceForm(EvidencedForm):
    """One more piece of evidence, without a new judgement."""


class SendForm(Form):
    """Nothing to fill in: sending is the answer."""


class ReopenForm(Form):
    """Why a return is opened again, and by when it is sent anew."""

    reason = LongTextField(
        "Why is it opened again?",
        hint="The organisation reads this. What it sent counts until it sends again.",
        required="Say why it is opened again",
        rows=4,
        longest=1000,
    )
    due_on = DateField("By when is it sent again?", subject="New date", required="Enter the new date")

    def answers(self) -> NewReopening:
        """What was entered."""
        return NewReopening(self.reason.data, self.due_on.data)


class ConfirmForm(Form):
    """Which answers of last year still hold."""

    codes = CheckboxesField("Which of these still hold?", required="Select the answers that still hold")


class StepForm(Form):
    """What became of what was to be done."""

    state = RadiosField(
        "How far is it?",
        choices=choices(ActionState),
        required="Select how far it is",
        hints={"carried_over": "Enter the new date below", "dropped": "Say why below"},
    )
    due_on = DateField("New date", subject="New date", hint="Only if it is carried over")
    note = LongTextField("Note", hint="Needed if it is dropped", rows=3)

    def answers(self) -> NewStep:
        """What was entered."""
        return NewStep(ActionState(self.state.data), self.note.data, self.due_on.data)
