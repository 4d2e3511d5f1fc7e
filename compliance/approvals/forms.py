"""What we ask about an approval: which body, the application, the decision, what answers it."""

from collections.abc import Iterable, Sequence

from wtforms import FieldList, FormField, HiddenField
from wtforms import Form as Part

from compliance.fields import (
    CheckboxesField,
    DateField,
    LongTextField,
    RadiosField,
    SelectField,
    TextField,
    options,
)
from compliance.forms import EvidencedForm, Form, VersionedForm
from compliance.rules.approvals import NewApplication, NewApproval, NewCondition, NewDecision
from compliance.terms import Outcome


class ApprovalForm(Form):
    """Which body, and why."""

    body_key = SelectField("Which body?", required="Select the body")
    reason = TextField("Why is it needed?", required="Say why it is needed")

    def answers(self) -> NewApproval:
        """What was entered."""
        return NewApproval(body_key=self.body_key.data, reason=self.reason.data)


class ApplicationForm(VersionedForm):
    """When the application was sent."""

    applied_on = DateField(
        "When was it sent?", subject="Date of application", required="Enter the date of application"
    )
    body_reference = TextField("The body’s own reference", hint="Leave empty if there is none yet")
    keep = CheckboxesField(
        "If another approval has the same reference",
        choices=options([("yes", "Keep it all the same: one letter covers both")]),
        label_size="",
    )

    def answers(self) -> NewApplication:
        """What was entered."""
        return NewApplication(
            applied_on=self.applied_on.data,
            body_reference=self.body_reference.data,
            keep_reference="yes" in (self.keep.data or []),
        )


class ConditionPart(Part):
    """One condition of a decision."""

    text = LongTextField("What must be done?", label_size="", rows=2)
    before_start = CheckboxesField(
        "When", choices=options([("yes", "Before fieldwork begins")]), label_size="", required=""
    )
    due_on = DateField(
        "By when?", subject="Date of the condition", hint="Leave empty if no date was set", label_size=""
    )
    owner_id = SelectField("Who sees to it?", label_size="")


class DecisionForm(VersionedForm):
    """What the body decided; a button adds a row for one more condition, without script."""

    outcome = RadiosField("What did the body decide?", required="Select the decision")
    decided_on = DateField(
        "When did it decide?", subject="Date of decision", required="Enter the date of the decision"
    )
    expires_on = DateField(
        "Until when does it hold?", subject="Last day", hint="Leave empty if it has no end"
    )
    conditions = FieldList(FormField(ConditionPart), min_entries=1, max_entries=12)
    note = LongTextField("Anything to add", hint="Optional", rows=3)
    letter = TextField(
        "Address of the decision letter",
        hint="Begins with https://. Optional: you can add the letter as a file afterwards",
        longest=500,
    )
    more = HiddenField()

    def offer(self, words: Iterable[tuple[str, str, str]], people: Sequence[tuple[str, str]] = ()) -> None:
        """Offer a body's own words, each value holding outcome and word, and who may see to a condition."""
        pairs = [(f"{outcome}|{own}", f"{own} ({label.lower()})") for own, outcome, label in words]
        self.outcome.choices = options(pairs)
        self.people = people
        for entry in self.conditions:
            entry.form.owner_id.choices = options(people, empty="The project’s lead")

    def one_more(self) -> None:
        """Add a row for one more condition."""
        if len(self.conditions) < self.conditions.max_entries:
            entry = self.conditions.append_entry()
            entry.form.owner_id.choices = options(self.people, empty="The project’s lead")

    def given_conditions(self) -> tuple[NewCondition, ...]:
        """The rows that hold text."""
        return tuple(
            NewCondition(
                text=entry.form.text.data,
                before_start="yes" in (entry.form.before_start.data or []),
                due_on=entry.form.due_on.data,
                owner_id=int(entry.form.owner_id.data) if entry.form.owner_id.data else None,
            )
            for entry in self.conditions
            if entry.form.text.data
        )

    def answers(self) -> NewDecision:
        """What was entered."""
        outcome, _, own = self.outcome.data.partition("|")
        return NewDecision(
            outcome=Outcome(outcome),
            own_word=own or None,
            decided_on=self.decided_on.data,
            expires_on=self.expires_on.data,
            note=self.note.data,
            conditions=self.given_conditions(),
        )


class NotRequiredForm(VersionedForm):
    """Why an approval is not required after all."""

    note = LongTextField("Why is it not required?", required="Say why it is not required", rows=4)


class ResponseForm(VersionedForm):
    """How the organisation answers advice."""

    response = LongTextField("What is your answer to the advice?", required="Enter your answer", rows=6)


class MetForm(Form):
    """How a condition was met."""

    note = LongTextField("How was it met?", required="Say how it was met", rows=4)
    address = TextField("Where is it shown?", hint="Begins with https://. Optional", longest=500)


class ReplaceForm(VersionedForm):
    """Why a new application follows."""

    reason = TextField(
        "Why is a new approval needed?",
        hint="For example: it ends before fieldwork does",
        required="Say why a new approval is needed",
    )


class DocumentForm(EvidencedForm):
    """A letter or another document, as a link, a file or evidence that is kept already."""
