"""What people do with a statement: begin, write, send, approve, replace, comment, acknowledge."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from compliance.rules.broken import RuleBroken
from compliance.rules.readiness import Finding, words


def check_signatory(signatory_id: int, writers: Collection[int]) -> None:
    """Raise RuleBroken when someone who drafted would sign (separation of duties)."""
    if signatory_id in writers:
        raise RuleBroken("You began this statement or wrote part of it. Someone else must sign it")


def check_approver(approver_id: int, writers: Collection[int]) -> None:
    """Raise RuleBroken when someone who drafted would record the board's approval (separation of duties)."""
    if approver_id in writers:
        raise RuleBroken("You wrote part of this statement. Someone else must record its approval")


@dataclass(frozen=True)
class NewStatement:
    """A statement that someone begins: whose, for which period, in which layout."""

    organisation: str
    period: str
    layout: str


@dataclass(frozen=True)
class NewNarrative:
    """The words of one section, as someone left them."""

    text: str
    completed: bool

    def stands_completed(self, limit: int) -> bool:
        """Whether the section counts as completed: said so, not empty, within the limit of words."""
        return self.completed and bool(self.text) and words(self.text) <= limit

    def why_not(self, limit: int) -> str:
        """Why a text that was called complete is kept as a draft; empty when it is not."""
        if not self.completed or self.stands_completed(limit):
            return ""
        if not self.text:
            return "A section without text cannot be completed"
        number = words(self.text)
        return f"Your text is saved. It has {number} words, the limit is {limit}: shorten it to complete it"


@dataclass(frozen=True)
class NewReplacement:
    """Why a published statement is replaced; the reason is public."""

    reason: str


@dataclass(frozen=True)
class NewSubmission:
    """A statement goes to the governing body for a meeting."""

    meeting_on: date

    def check(self, today: date) -> None:
        """Raise RuleBroken for a meeting that is over."""
        if self.meeting_on < today:
            raise RuleBroken("Date of the meeting must be today or in the future", field="meeting_on")


@dataclass(frozen=True)
class NewBoardApproval:
    """The governing body approved the statement (25-C5-E3, p. 11)."""

    body: str
    approved_on: date
    minute: str

    def check(self, today: date) -> None:
        """Raise RuleBroken for an approval in the future."""
        if self.approved_on > today:
            raise RuleBroken("Date of approval must be today or in the past", field="approved_on")


@dataclass(frozen=True)
class NewOverride:
    """A value entered for a figure, with the reason; without a number, what the records give counts again."""

    number: int | None
    whole: int | None
    reason: str

    def check(self, *, ratio: bool) -> None:
        """Raise RuleBroken for half a ratio, or a part that is more than the whole."""
        if ratio and (self.number is None) is not (self.whole is None):
            raise RuleBroken("Enter both numbers, or neither", field="whole")
        if not ratio and self.whole is not None:
            raise RuleBroken("This figure is one number", field="whole")
        if self.number is not None and self.whole is not None and self.number > self.whole:
            raise RuleBroken("The first number cannot be more than what it is out of", field="number")


@dataclass(frozen=True)
class NewComment:
    """Something said about a section, or in answer to it; whether that settles the matter."""

    text: str | None
    resolved: bool = False

    def check(self, *, answers: bool, is_resolved: bool) -> None:
        """Raise RuleBroken for a comment without words, or an answer that changes nothing."""
        changes = answers and self.resolved is not is_resolved
        if not self.text and not changes:
            raise RuleBroken("Enter your comment", field="text")


@dataclass(frozen=True)
class NewAcknowledgement:
    """Somebody knows of a warning, and says why the statement may go on in spite of it."""

    warning: str
    facts: str
    reason: str

    def check(self, standing: Collection[Finding]) -> None:
        """Raise RuleBroken when the warning does not stand, or its facts are others than those shown."""
        if not any((row.key, row.facts) == (self.warning, self.facts) for row in standing):
            raise RuleBroken("This warning has changed since it was shown. Read it again")
