"""What we ask about a step of an approval, about a modification, and about what a body asks besides."""

from datetime import date
from typing import Any

from compliance.approvals.forms import ConditionsForm, keep_field
from compliance.fields import (
    Asked,
    CheckboxesField,
    DateField,
    LongTextField,
    RadiosField,
    TextField,
    options,
)
from compliance.forms import VersionedForm
from compliance.rules.modifications import OUTCOMES, NewModification, NewModificationDecision
from compliance.terms import ModificationKind, Outcome


class StepForm(VersionedForm):
    """A step: its day, and a note."""

    on = DateField("When was it?", subject="Date", required="Enter the date")
    note = LongTextField("Anything to add", hint="Optional", rows=3)


class ModificationForm(VersionedForm):
    """A change to what was approved."""

    kind = RadiosField(
        "What sort of change is it?",
        required="Select what sort of change it is",
        hints={
            "substantial": "May affect safety or rights of people, or the data. The body decides",
            "important_detail": "The body is told and does not decide",
            "minor": "Kept here for the record",
        },
    )
    description = LongTextField("What changes?", required="Say what changes", rows=4)
    reason = LongTextField("Why?", required="Say why it changes", rows=3)
    urgent = CheckboxesField(
        "Urgency",
        choices=options([("yes", "It is an urgent safety measure, in use already")]),
        label_size="s",
    )
    in_use_on = DateField(
        "Since when is it in use?", subject="Date of use", hint="Leave empty if it waits for the decision"
    )
    notify_bodies = LongTextField("Which other bodies are told?", hint="One a line. Optional", rows=2)
    sent_on = DateField(
        "When was it sent or decided?", subject="Date of the modification", required="Enter the date"
    )
    body_reference = TextField("The body’s own reference", hint="Leave empty if there is none yet")

    def answers(self) -> NewModification:
        """What was entered."""
        return NewModification(
            kind=ModificationKind(self.kind.data),
            description=self.description.data,
            reason=self.reason.data,
            urgent="yes" in (self.urgent.data or []),
            sent_on=self.sent_on.data,
            body_reference=self.body_reference.data,
            in_use_on=self.in_use_on.data,
            notify_bodies=self.notify_bodies.data,
        )


class ModificationDecisionForm(ConditionsForm):
    """What the body decided about a modification."""

    outcome = RadiosField(
        "What did the body decide?",
        choices=options([(one.value, one.label) for one in OUTCOMES]),
        required="Select the decision",
    )
    own_word = TextField("In the body’s own words", hint="Optional")
    decided_on = DateField(
        "When did it decide?", subject="Date of decision", required="Enter the date of the decision"
    )
    expires_on = DateField(
        "Until when does the approval hold now?",
        subject="Last day",
        hint="Leave empty if its end stays as it is",
    )
    in_use_on = DateField("From when is it in use?", subject="Date of use", hint="Leave empty if not known")
    note = LongTextField("Anything to add", hint="Optional", rows=3)

    def answers(self) -> NewModificationDecision:
        """What was entered."""
        return NewModificationDecision(
            outcome=Outcome(self.outcome.data),
            own_word=self.own_word.data,
            decided_on=self.decided_on.data,
            expires_on=self.expires_on.data,
            note=self.note.data,
            in_use_on=self.in_use_on.data,
            conditions=self.given_conditions(),
        )


class NumberField(TextField):
    """A whole number; None when empty."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        text = str((valuelist or [""])[0]).strip().replace(",", "")
        self.data = None
        if text and not text.isdigit():
            raise ValueError("Enter a whole number")
        self.data = int(text) if text else None

    def _value(self) -> str:
        return (self.raw_data or [""])[0] if self.raw_data else str("" if self.data is None else self.data)


def field_for(label: str, kind: str, hint: str, answers: tuple[str, ...]) -> Asked | DateField:
    """The field for one question of a body, by the kind of its answer."""
    if kind == "long_text":
        return LongTextField(label, hint=hint, rows=3)
    if kind == "date":
        return DateField(label, subject=label, hint=hint)
    if kind == "number":
        return NumberField(label, hint=hint, classes="govuk-input--width-5")
    if kind in ("choice", "yes_no"):
        offered = answers or ("Yes", "No")
        inline = len(offered) < 4  # noqa: PLR2004
        return RadiosField(label, hint=hint, choices=options([(one, one) for one in offered]), inline=inline)
    return TextField(label, hint=hint, longest=500)


class DetailsForm(VersionedForm):
    """What a body asks besides: drawn from its own questions."""

    body_reference = TextField("The body’s own reference", hint="Leave empty if there is none")
    keep = keep_field()

    def fill(self, details: dict[str, Any]) -> None:
        """Show what is known, on the first look."""
        for field in self.shown():
            if field.name in details and field.raw_data is None:
                value = details[field.name]
                field.data = date.fromisoformat(value) if isinstance(field, DateField) else value

    def details(self) -> dict[str, Any]:
        """What was entered, as it is stored: dates as text."""
        ours = ("body_reference", "keep")
        given = {field.name: field.data for field in self.shown() if field.name not in ours}
        return {
            name: value.isoformat() if isinstance(value, date) else value for name, value in given.items()
        }


def details_form(questions: list[tuple[str, str, str, str, tuple[str, ...]]]) -> type[DetailsForm]:
    """A form for these questions: key, label, kind, hint and options of each."""
    fields = {key: field_for(label, kind, hint, answers) for key, label, kind, hint, answers in questions}
    return type("DetailsOfBody", (DetailsForm,), {**fields, "__doc__": "What a body asks besides."})
