"""What we ask about a body that an organisation adds."""

from compliance.fields import LongTextField, RadiosField, SelectField, TextField, options
from compliance.forms import VersionedForm
from compliance.rules.bodies import NewBody
from compliance.rules.broken import RuleBroken
from compliance.terms import Outcome

# The decisions for which a body may have its own word, in the order of the form.
WORDED = (
    Outcome.FAVOURABLE,
    Outcome.FAVOURABLE_WITH_CONDITIONS,
    Outcome.PROVISIONAL,
    Outcome.UNFAVOURABLE,
    Outcome.NO_OPINION,
    Outcome.ADVICE,
)


HOLDS = (
    ("open", "No end is usual"),
    ("fixed", "Until a fixed day"),
    ("study", "For the life of the study"),
    ("review", "Until its review"),
    ("annual", "For a year, with a yearly review"),
)


class BodyForm(VersionedForm):
    """A body: its name, whether it binds, and its own words."""

    name = TextField("Name of the body", required="Enter the name of the body")
    stands_for = SelectField(
        "Whose place does it take?",
        hint="Projects that need this body will get yours, when it is the only one",
    )
    binding = RadiosField(
        "Does its decision bind?",
        choices=options([("yes", "Yes: fieldwork waits for it"), ("no", "No: it advises")]),
        required="Select whether its decision binds",
    )
    favourable = TextField(
        "Its word for favourable",
        hint="For example: Approved. Separate several by a semicolon, here and below",
    )
    favourable_with_conditions = TextField("Its word for favourable with conditions", hint="Optional")
    provisional = TextField("Its word for provisional", hint="For example: Revise and resubmit. Optional")
    unfavourable = TextField("Its word for unfavourable", hint="For example: Rejected. Optional")
    no_opinion = TextField("Its word for no opinion", hint="Optional")
    advice = TextField("Its word for advice", hint="Optional")
    usual_days = TextField(
        "Usual days until it decides",
        hint="You are told when it takes longer. A change counts for what is sent from today. Optional",
        classes="govuk-input--width-4",
    )
    validity = RadiosField(
        "How long does a favourable decision hold?",
        choices=options(HOLDS),
        hint="Leave empty for as long as with the body whose place it takes",
    )
    questions = LongTextField("What does it ask besides?", hint="One question on each line. Optional", rows=3)
    note = LongTextField("Anything to know about it", hint="Optional", rows=3)

    def answers(self) -> NewBody:
        """What was entered; raises RuleBroken when the days are no number."""
        days = self.usual_days.data
        if days and not str(days).isdigit():
            raise RuleBroken("Enter a whole number of days, 1 or more", field="usual_days")
        given = {one: self._fields[one.value].data for one in WORDED}
        return NewBody(
            name=self.name.data,
            stands_for=self.stands_for.data or None,
            binding=self.binding.data == "yes",
            words={one: word for one, word in given.items() if word},
            usual_days=int(days) if days else None,
            note=self.note.data,
            validity=self.validity.data or None,
            questions=tuple(filter(None, map(str.strip, (self.questions.data or "").splitlines()))),
        )


class AddBodyForm(BodyForm):
    """A new body, and whose it is."""

    organisation_code = SelectField("Whose body is it?", required="Select the organisation")
