"""What we ask about a statement."""

from collections.abc import Mapping
from typing import Any

from wtforms import HiddenField

from compliance.fields import (
    CheckboxesField,
    DateField,
    LongTextField,
    RadiosField,
    SelectField,
    TextField,
    options,
)
from compliance.forms import Form, VersionedForm
from compliance.rules.broken import RuleBroken
from compliance.rules.statements import (
    NewAcknowledgement,
    NewBoardApproval,
    NewComment,
    NewNarrative,
    NewReplacement,
    NewStatement,
    NewSubmission,
)
from compliance.rules.suppression import NewDecision

WITHHOLD, PRINT = "withhold", "print"


class BeginForm(Form):
    """Whose statement, for which period, in which layout."""

    organisation = SelectField("Whose statement is it?", required="Select the organisation")
    period = SelectField("Which reporting period?", required="Select the reporting period")
    layout = RadiosField(
        "Which layout?",
        required="Select the layout",
        hints={
            "government": "Introduction and the five areas that government bodies report on",
            "rics": "The sector’s template, sections 1A to 3B, as other research organisations print it",
        },
    )

    def answers(self) -> NewStatement:
        """What was entered."""
        return NewStatement(self.organisation.data, self.period.data, self.layout.data)


class SectionForm(VersionedForm):
    """The words of one section, and whether they are complete; carries the version they were written on."""

    text = LongTextField("Your text", label_size="m", rows=18, longest=40_000)
    completed = RadiosField(
        "Have you completed this section?",
        choices=options(
            [("yes", "Yes, I’ve completed this section"), ("no", "No, I’ll come back to it later")]
        ),
        required="Select whether you’ve completed this section",
    )

    def answers(self) -> NewNarrative:
        """What was entered, line ends as one sign."""
        text = (self.text.data or "").replace("\r\n", "\n")
        return NewNarrative(text, completed=self.completed.data == "yes")


class SubmitForm(Form):
    """The meeting at which the governing body is asked about what was shown."""

    meeting_on = DateField(
        "When does the board meet?", subject="Date of the meeting", required="Enter the date of the meeting"
    )
    fingerprint = HiddenField()

    def answers(self) -> NewSubmission:
        """What was entered."""
        return NewSubmission(self.meeting_on.data)


class SendBackForm(Form):
    """What the governing body wants changed."""

    comments = LongTextField(
        "What has to change?",
        hint="Whoever drafts reads this. It stays with the statement.",
        required="Say what has to change",
        rows=6,
        longest=4000,
    )
    fingerprint = HiddenField()


class ApprovalForm(Form):
    """The governing body's approval of what was shown."""

    body = TextField("Which body approved it?", required="Enter the name of the body")
    approved_on = DateField(
        "When did it approve?", subject="Date of approval", required="Enter the date of the approval"
    )
    minute = TextField(
        "Under which minute?", hint="Its number, for example: 7, or 2026/41", required="Enter the minute"
    )
    fingerprint = HiddenField()

    def answers(self) -> NewBoardApproval:
        """What was entered."""
        return NewBoardApproval(self.body.data, self.approved_on.data, self.minute.data)


class SignForm(Form):
    """The signatory's declaration about what was shown."""

    declared = CheckboxesField(
        "Declaration",
        label_size="m",
        choices=options(
            [
                (
                    "yes",
                    "I have read this statement and, to the best of my knowledge, it is a true account",
                )
            ]
        ),
        required="Confirm that you have read the statement",
    )
    fingerprint = HiddenField()


class ReplaceForm(Form):
    """Why a published statement is replaced."""

    reason = LongTextField(
        "Why is it replaced?",
        hint="Everyone can read this beside both versions. Say what was wrong and what was corrected.",
        required="Say why the statement is replaced",
        rows=5,
        longest=1000,
    )

    def answers(self) -> NewReplacement:
        """What was entered."""
        return NewReplacement(self.reason.data)


class CommentForm(Form):
    """Something said about a section."""

    text = LongTextField(
        "Your comment",
        hint="Everyone who may read this draft reads it. It stays with the statement and is never published.",
        required="Enter your comment",
        rows=5,
        longest=4000,
    )

    def answers(self) -> NewComment:
        """What was entered."""
        return NewComment(self.text.data)


class AnswerForm(Form):
    """An answer to a comment, and whether it is settled."""

    text = LongTextField("Your answer", rows=4, longest=4000)
    resolved = RadiosField(
        "Is it settled?",
        choices=options([("no", "No, it stays open"), ("yes", "Yes, it is resolved")]),
        required="Select whether it is settled",
    )

    def answers(self) -> NewComment:
        """What was entered."""
        return NewComment(self.text.data, resolved=self.resolved.data == "yes")


class AcknowledgeForm(Form):
    """Why the statement may go on in spite of a warning; carries the facts as they were shown."""

    reason = LongTextField(
        "Why may the statement go on in spite of it?",
        hint="The board and the signatory read this. It stays with the statement.",
        required="Say why the statement may go on",
        rows=4,
        longest=1000,
    )
    facts = HiddenField()

    def answers(self, warning: str) -> NewAcknowledgement:
        """What was entered about a warning."""
        return NewAcknowledgement(warning, self.facts.data or "", self.reason.data)


class SmallNumbersForm(Form):
    """Whether each small number is withheld or printed; one that is left open stays undecided."""

    # What each number is called, by its key; the fields of a number bear its key.
    asked: Mapping[str, str] = {}

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether every number that was touched is answered wholly; each that is not says so itself."""
        super().validate(extra_validators)
        for key, new in self.answers().items():
            try:
                new.check(key, self.asked[key])
            except RuleBroken as broken:
                self.refuse(broken)
        return not self.wrong

    def answers(self) -> dict[str, NewDecision]:
        """What was entered, by the key of the number; what was left open is not in it."""
        found = {}
        for key in self.asked:
            choice, reason, seen = (self[name].data for name in (key, f"{key}-reason", f"{key}-seen"))
            if choice or reason:
                found[key] = NewDecision({WITHHOLD: True, PRINT: False}.get(choice), reason, seen or "")
        return found

    def show_changed(self, changes: Mapping[str, tuple[str, str]]) -> None:
        """Say beside each number what changed meanwhile, and count it as seen from now on."""
        for key, (message, seen) in changes.items():
            self.refuse(RuleBroken(message, field=key))
            self[f"{key}-seen"].data = seen


def small_numbers_form(asked: Mapping[str, str]) -> type[SmallNumbersForm]:
    """The form that asks about these numbers, each its name by its key."""
    parts: dict[str, Any] = {"asked": asked}
    for key, name in asked.items():
        parts[key] = RadiosField(
            f"{name}: withhold or print it?",
            choices=options([(WITHHOLD, "Withhold"), (PRINT, "Print")]),
            classes="govuk-radios--small govuk-radios--inline",
        )
        parts[f"{key}-reason"] = LongTextField(f"{name}: reason", rows=2, longest=1000, label_size="")
        parts[f"{key}-seen"] = HiddenField()
    return type("SmallNumbersOfStatement", (SmallNumbersForm,), {**parts, "__doc__": "Small numbers."})
