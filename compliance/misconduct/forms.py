"""What we ask about a misconduct case: never who."""

from collections.abc import Iterable, Sequence

from wtforms import HiddenField

from compliance.fields import (
    CheckboxesField,
    DateField,
    LongTextField,
    RadiosField,
    SelectField,
    TextField,
    choices,
)
from compliance.forms import Form, VersionedForm
from compliance.rules.anonymity import name_like
from compliance.rules.misconduct import NewCase, NewClass, NewStage
from compliance.terms import AllegationKind, CaseClass, CaseStep, Finding

NOBODY = "Describe the matter, never a person: no names, no posts that only one person holds."
LESSONS = "What the organisation learned, in words that may be printed. " + NOBODY


class AnonymousForm(Form):
    """A form whose text should name nobody: words like a name are shown once before they are kept."""

    warned = HiddenField()

    def names(self) -> tuple[str, ...]:
        """The words in its text that look like the name of a person."""
        found = [part for field in self if isinstance(field, TextField) for part in name_like(field.data)]
        return tuple(dict.fromkeys(found))

    def submitted_and_anonymous(self) -> bool:
        """Whether it may be kept: valid, and nothing looks like a name that was not shown before."""
        if not self.submitted_and_valid():
            return False
        shown, now = self.warned.data or "", "; ".join(self.names())
        self.warned.data = now
        return not now or shown == now

    @property
    def warning(self) -> tuple[str, ...]:
        """The words to look at again before they are kept; none while anything else is to be mended."""
        return () if self.wrong or not self.warned.data else self.names()


class CaseForm(AnonymousForm):
    """A matter that was received."""

    organisation = SelectField(
        "Which organisation does it concern?", required="Select the organisation it concerns"
    )
    received_on = DateField(
        "When was it received?", subject="Date received", required="Enter the date it was received"
    )
    case_class = RadiosField(
        "What is it taken to be for now?",
        hint="It can be taken to be something else later, with a reason.",
        choices=choices(CaseClass),
        hints={
            CaseClass.ALLEGED_MISCONDUCT: "Counted in the table of the statement",
            CaseClass.QUESTIONABLE_PRACTICE: "Counted apart",
            CaseClass.HONEST_ERROR: "Not counted",
        },
        required="Select what it is taken to be",
    )
    kinds = CheckboxesField(
        "What is alleged?",
        hint=(
            "One allegation for each kind you select. Where a single allegation covers several, "
            "select “Multiple areas of concern” alone."
        ),
        choices=choices(AllegationKind),
        required="Select at least one kind",
    )
    other_text = TextField("If other, what is it?", hint=f"A few words that may be printed. {NOBODY}")

    def answers(self) -> NewCase:
        """What was entered, as the rule knows it."""
        return NewCase(
            received_on=self.received_on.data,
            case_class=CaseClass(self.case_class.data),
            kinds=tuple(AllegationKind(kind) for kind in self.kinds.data or ()),
            other_text=self.other_text.data,
        )


class StageForm(VersionedForm, AnonymousForm):
    """What became of a case that was received."""

    step = RadiosField("What happened?", required="Select what happened")
    on = DateField("When?", subject="The day", required="Enter the day")
    lessons = LongTextField("Lessons", hint=f"Optional. {LESSONS}", rows=4)

    def offer(self, steps: Iterable[CaseStep]) -> None:
        """Offer the stages that can come next."""
        self.step.choices = choices(steps)

    def answers(self) -> NewStage:
        """What was entered, as the rule knows it."""
        return NewStage(CaseStep(self.step.data), self.on.data, lessons=self.lessons.data)


class CompletedForm(VersionedForm, AnonymousForm):
    """The end of a formal investigation; `completed_form` adds a question for each allegation."""

    on = DateField(
        "When was it completed?",
        subject="Date of completion",
        required="Enter the date on which it was completed",
    )

    def answers(self) -> NewStage:
        """What was entered, as the rule knows it."""
        findings = tuple(Finding(field.data) for field in self if field.name.startswith("finding_"))
        return NewStage(CaseStep.FORMAL_COMPLETED, self.on.data, findings, self["lessons"].data)


def completed_form(kinds: Sequence[AllegationKind]) -> type[CompletedForm]:
    """The form that asks for a finding on each of these allegations, in their order."""
    questions = {
        f"finding_{number}": RadiosField(
            f"What was found on: {kind.label}?",
            choices=choices(Finding),
            required=f"Select what was found on: {kind.label}",
        )
        for number, kind in enumerate(kinds, 1)
    }
    lessons = LongTextField("Lessons", hint=f"Optional. {LESSONS}", rows=4)
    return type("CompletedCaseForm", (CompletedForm,), {**questions, "lessons": lessons})


class ClassForm(VersionedForm, AnonymousForm):
    """What a case turns out to be."""

    case_class = RadiosField(
        "What is it taken to be from now on?",
        choices=choices(CaseClass),
        required="Select what it is taken to be",
    )
    reason = LongTextField("Why?", hint=NOBODY, required="Say why", rows=4)

    def answers(self) -> NewClass:
        """What was entered, as the rule knows it."""
        return NewClass(CaseClass(self.case_class.data), self.reason.data)


class WordsForm(VersionedForm, AnonymousForm):
    """The words kept about a case."""

    other_text = TextField("What is “Other”?", hint=f"A few words that may be printed. {NOBODY}")
    lessons = LongTextField("Lessons", hint=LESSONS, rows=6)


class LessonForm(AnonymousForm):
    """What a case taught, in words that the statement may use."""

    text = LongTextField("What did it teach?", hint=LESSONS, required="Say what it taught", rows=4)
