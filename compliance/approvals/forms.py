"""What we ask about an approval: which body, the application, the decision, what answers it."""

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import FieldList, FormField, HiddenField
from wtforms import Form as Part

from compliance.fields import (
    CheckboxesField,
    DateField,
    LongTextField,
    RadiosField,
    SelectField,
    TextField,
    UploadField,
    options,
)
from compliance.forms import EvidencedForm, Form, VersionedForm
from compliance.rules.approvals import NewApplication, NewApproval, NewDecision
from compliance.rules.broken import RuleBroken
from compliance.rules.conditions import NewCondition
from compliance.terms import Outcome


def keep_field() -> CheckboxesField:
    """Offered once a reference was found used before."""
    return CheckboxesField(
        "If another approval has the same reference",
        choices=options([("yes", "Keep it all the same: one letter covers both")]),
        label_size="",
    )


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
    keep = keep_field()

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


class ConditionsForm(VersionedForm):
    """A decision that may carry conditions; a button adds a row for one more, without script."""

    conditions = FieldList(FormField(ConditionPart), min_entries=1, max_entries=12)
    more = HiddenField()

    def offer_people(self, people: Sequence[tuple[str, str]], *, one_more: bool) -> None:
        """Offer who may see to a condition, with a row for one more where the button asked for it."""
        if one_more and len(self.conditions) < self.conditions.max_entries:
            self.conditions.append_entry()
        for entry in self.conditions:
            entry.form.owner_id.choices = options(people, empty="The project’s lead")

    def given(self) -> list[Any]:
        """The rows that hold text."""
        return [entry.form for entry in self.conditions if entry.form.text.data]

    def given_conditions(self) -> tuple[NewCondition, ...]:
        """What was entered in them."""
        return tuple(
            NewCondition(
                text=row.text.data,
                before_start="yes" in (row.before_start.data or []),
                due_on=row.due_on.data,
                owner_id=int(row.owner_id.data) if row.owner_id.data else None,
            )
            for row in self.given()
        )

    def refuse(self, broken: RuleBroken) -> None:
        """Show what is wrong with one condition beside its own date."""
        _, _, place = broken.field.partition("conditions/")
        if not place:
            super().refuse(broken)
            return
        field = self.given()[int(place)].due_on
        field.errors = [*field.errors, broken.message]


class DecisionForm(ConditionsForm):
    """What the body decided."""

    outcome = RadiosField("What did the body decide?", required="Select the decision")
    decided_on = DateField(
        "When did it decide?", subject="Date of decision", required="Enter the date of the decision"
    )
    expires_on = DateField(
        "Until when does it hold?", subject="Last day", hint="Leave empty if it has no end"
    )
    note = LongTextField("Anything to add", hint="Optional", rows=3)
    letter = TextField(
        "Address of the decision letter",
        hint="Begins with https://. Optional: you can add the letter as a file afterwards",
        longest=500,
    )

    def offer(self, words: Iterable[tuple[str, str, str]]) -> None:
        """Offer a body's own words, each value holding outcome and word."""
        pairs = [(f"{outcome}|{own}", f"{own} ({label.lower()})") for own, outcome, label in words]
        self.outcome.choices = options(pairs)

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


class MetForm(EvidencedForm):
    """How and when a condition was met, and what shows it."""

    note = LongTextField("How was it met?", required="Say how it was met", rows=4)
    met_on = DateField("When was it met?", subject="Date", required="Enter the date on which it was met")


class ReplaceForm(VersionedForm):
    """Why a new application follows."""

    reason = TextField(
        "Why is a new approval needed?",
        hint="For example: it ends before fieldwork does",
        required="Say why a new approval is needed",
    )


class DocumentForm(EvidencedForm):
    """A letter or another document, as a link, a file or evidence that is kept already."""


class SheetForm(Form):
    """A sheet of approvals; once looked at it travels along as text."""

    file = UploadField("Which file?", hint="A CSV file with the columns below")
    sheet = HiddenField()
