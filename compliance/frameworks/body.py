"""What a body that decides or advises is: its words, its clocks with dates in force, what it asks besides."""

from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated, Self

from pydantic import Field, model_validator

from compliance.frameworks.schema import Code, Strict, Sureness, Words


class Route(StrEnum):
    """How a decision comes about."""

    REVIEW = "review"
    SELF_ASSESSMENT = "self_assessment"
    ADVICE = "advice"
    RECORD = "record"
    PERSON = "person"


class Validity(StrEnum):
    """How long a favourable decision holds (approvals, sections 6.1 and 7.5)."""

    OPEN = "open"
    FIXED = "fixed"
    STUDY = "study"
    REVIEW = "review"
    ANNUAL = "annual"


class AnswerKind(StrEnum):
    """What sort of answer a body's own question takes."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    NUMBER = "number"
    YES_NO = "yes_no"
    CHOICE = "choice"


class Question(Strict):
    """Something that a body asks beyond the common record."""

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    label: Words
    kind: AnswerKind = AnswerKind.TEXT
    options: tuple[Words, ...] = ()
    hint: str = ""
    # The outcomes that cannot be recorded while this is not answered.
    needed_for: tuple[Words, ...] = ()

    @model_validator(mode="after")
    def choice_has_options(self) -> Self:
        """Options belong to a choice, and a choice has some."""
        if (self.kind is AnswerKind.CHOICE) != bool(self.options):
            raise ValueError("a choice has options, and nothing else has")
        return self


@cache
def asked_by_all() -> tuple[Question, ...]:
    """What the record of every approval may say, whatever its body asks (approvals, section 6.1)."""
    return (
        Question(key="lead_reviewer", label="Lead reviewer", hint="Post or role, not person"),
        Question(
            key="conflicts_declared", label="Were conflicts of interest declared?", kind=AnswerKind.YES_NO
        ),
        Question(
            key="public_summary",
            label="Summary for the public",
            kind=AnswerKind.LONG_TEXT,
            hint="Safe to print: no personal data",
        ),
        Question(key="is_public", label="Is the decision public?", kind=AnswerKind.YES_NO),
        Question(key="classification", label="Marking of the record", hint="For example OFFICIAL"),
    )


class Word(Strict):
    """A body's own word for a decision, and ours."""

    own: Words
    outcome: Words


class DatedWord(Strict):
    """A word that a body uses between two days."""

    word: Words
    in_force_from: date | None = None
    in_force_until: date | None = None


class Clock(Strict):
    """A period that runs from an event, with the days between which the rule holds.

    `counts_from` names that event as people read it; `repeats` says that it falls due again
    after each further period; `days_to_send` gives a report more days after its period ends.
    """

    id: Code
    event: Words
    days: Annotated[int, Field(ge=1)] | None = None
    months: Annotated[int, Field(ge=1)] | None = None
    counts_from: Words
    rule: Words
    source: Words
    sureness: Sureness
    repeats: bool = False
    days_to_send: Annotated[int, Field(ge=0)] = 0
    where: str = ""
    # Stands still while a request waits for its answer; holds for full reviews only.
    stands_still: bool = False
    full_review_only: bool = False
    in_force_from: date | None = None
    in_force_until: date | None = None

    @model_validator(mode="after")
    def one_length(self) -> Self:
        """Days or months, and dates in their order."""
        if (self.days is None) == (self.months is None):
            raise ValueError("give days or months, one of the two")
        if self.in_force_from and self.in_force_until and self.in_force_until < self.in_force_from:
            raise ValueError("in force until before in force from")
        return self

    def in_force(self, on: date) -> bool:
        """Whether the rule holds on a day."""
        return _between(on, self.in_force_from, self.in_force_until)

    @property
    def length(self) -> str:
        """The period in words: "35 days", "12 months"."""
        number, unit = (self.days, "day") if self.days else (self.months, "month")
        return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def _between(on: date, first: date | None, last: date | None) -> bool:
    return (first is None or on >= first) and (last is None or on <= last)


class Body(Strict):
    """Who decides: binding or advisory, its own words, its clocks."""

    key: Code
    name: Words
    kind: Words
    section: Annotated[str, Field(pattern=r"^[a-o5]$")]
    binding: bool
    sureness: Sureness
    words: tuple[Word, ...]
    words_sureness: Sureness
    route: Route = Route.REVIEW
    validity: Validity = Validity.OPEN
    clocks: tuple[Clock, ...] = ()
    questions: tuple[Question, ...] = ()
    change_words: tuple[DatedWord, ...] = ()
    # It asks for a report at the end without a known time; one with a time is a clock.
    final_report: bool = False
    # It is told of serious breaches and serious adverse events.
    hears_of_incidents: bool = False
    address: str = ""
    note: str = ""

    @property
    def asks_final_report(self) -> bool:
        """Whether a report follows the end of the study."""
        return self.final_report or any(row.event == "final_report" for row in self.clocks)

    @property
    def asked(self) -> tuple[Question, ...]:
        """Its own questions, and those that the record of every approval answers."""
        return (*self.questions, *asked_by_all())

    @property
    def takes_application(self) -> bool:
        """Whether it decides on an application; the others are done in the house."""
        return self.route is Route.REVIEW

    def change_word(self, on: date) -> str:
        """What a change to an approved study is called on a day; modification where nothing else is known."""
        for entry in self.change_words:
            if _between(on, entry.in_force_from, entry.in_force_until):
                return entry.word
        return "modification"

    def clock(self, event: str, on: date) -> Clock | None:
        """The rule for an event that is in force on a day."""
        return next((row for row in self.clocks if row.event == event and row.in_force(on)), None)
