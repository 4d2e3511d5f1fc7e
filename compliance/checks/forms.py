"""What we ask about one requirement."""

from compliance.fields import DateField, LongTextField, RadiosField, TextField, choices
from compliance.forms import EvidencedForm, Form
from compliance.rules.checks import SHORT, NewAnswer
from compliance.rules.promises import NewStep
from compliance.terms import ActionState, Standing


class AnswerForm(EvidencedForm):
    """How the project stands, why, and what supports it."""

    standing = RadiosField(
        "How does the project stand?",
        choices=choices(Standing),
        required="Select how the project stands",
        hints={"not_applicable": "Say why below", "not_met": "Say below what is missing"},
    )
    note = LongTextField("Reason or note", hint="Needed for not met and not applicable", rows=4)
    fix = LongTextField("What will be done?", label_size="", rows=3)
    fix_owner = TextField("Who will do it?", hint="A post or a name", label_size="")
    fix_due_on = DateField("By when?", subject="Due date", label_size="")

    def answers(self) -> NewAnswer:
        """The answer; what will be done belongs to a shortfall and is left out of anything else."""
        standing = Standing(self.standing.data)
        if standing not in SHORT:
            return NewAnswer(standing, self.note.data)
        return NewAnswer(standing, self.note.data, self.fix.data, self.fix_owner.data, self.fix_due_on.data)


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
