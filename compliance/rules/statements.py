"""What stops a statement from being signed, and what a reader may ask."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from compliance.rules.broken import RuleBroken

PLACEHOLDER = re.compile(r"\[\s*(insert|add|name|date|tbc)|\bTBC\b|\bTBD\b|lorem ipsum|xxx", re.IGNORECASE)


@dataclass(frozen=True)
class SectionState:
    """One section as the checks see it."""

    key: str
    name: str
    required: bool
    words: int
    limit: int
    completed: bool
    text: str


@dataclass(frozen=True)
class Readiness:
    """Everything that decides whether a statement may be signed."""

    period_ends_on: date
    today: date
    sections: tuple[SectionState, ...]
    not_assessed: int
    misconduct_faults: tuple[str, ...]
    nil_to_confirm: bool
    approved_on: date | None
    senior_lead_named: bool
    first_contact_named: bool
    liaison_named: bool
    missing_returns: tuple[str, ...]
    misconduct_warnings: tuple[str, ...] = ()
    shortfalls_without_fix: int = 0
    changed_since_approval: bool = False
    # A sentence when the edition was not in force on the last day of the period.
    edition_note: str = ""


@dataclass(frozen=True)
class Finding:
    """One thing to mend: what, and where (a page of the statement, or empty)."""

    message: str
    where: str = ""


def words(text: str) -> int:
    """How many words a text holds."""
    return len(text.split())


def blockers(ready: Readiness) -> tuple[Finding, ...]:
    """Everything that stops sign-off, in order (annual statement, sections 5 and 10.2)."""
    found: list[Finding] = []
    if ready.today <= ready.period_ends_on:
        found.append(Finding("The reporting period has not ended"))
    for section in ready.sections:
        found += section_blockers(section)
    if ready.not_assessed:
        count = ready.not_assessed
        found.append(
            Finding(
                f"{count} {'requirement is' if count == 1 else 'requirements are'} not assessed", "assessment"
            )
        )
    found += [Finding(fault, "misconduct") for fault in ready.misconduct_faults]
    if ready.nil_to_confirm:
        found.append(Finding("Nobody has confirmed that the year had no allegation", "misconduct"))
    if not ready.senior_lead_named:
        found.append(Finding("No senior lead for research integrity is named", "contacts"))
    if not ready.first_contact_named:
        found.append(Finding("No first point of contact is named", "contacts"))
    if ready.approved_on is None:
        found.append(Finding("The governing body has not approved it", "approve"))
    elif ready.changed_since_approval:
        found.append(Finding("It has changed since the governing body approved it", "changes"))
    return tuple(found)


def section_blockers(section: SectionState) -> list[Finding]:
    """What one section lacks."""
    where = f"section:{section.key}"
    if not section.text:
        return [Finding(f"{section.name} has no text", where)] if section.required else []
    found = []
    if not section.completed:
        found.append(Finding(f"{section.name} is not marked as completed", where))
    if section.words > section.limit:
        found.append(
            Finding(f"{section.name} has {section.words} words, the limit is {section.limit}", where)
        )
    if PLACEHOLDER.search(section.text):
        found.append(Finding(f"{section.name} still holds placeholder text", where))
    return found


def warnings(ready: Readiness) -> tuple[Finding, ...]:
    """What may go on, and will be asked about."""
    found: list[Finding] = []
    if ready.missing_returns:
        names, count = ", ".join(ready.missing_returns), len(ready.missing_returns)
        verb = "organisation has" if count == 1 else "organisations have"
        found.append(Finding(f"{count} {verb} not sent a return: {names}", "returns"))
    if not ready.liaison_named:
        found.append(Finding("No confidential liaison is named", "contacts"))
    if ready.shortfalls_without_fix:
        found.append(
            Finding(
                f"{ready.shortfalls_without_fix} shortfalls have no fix with an owner and a date",
                "assessment",
            )
        )
    if ready.approved_on and ready.approved_on <= ready.period_ends_on:
        found.append(Finding("The approval is dated before the end of the period"))
    found += [Finding(warning, "misconduct") for warning in ready.misconduct_warnings]
    if ready.edition_note:
        found.append(Finding(f"The edition was not in force. {ready.edition_note}"))
    return tuple(found)


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


def before_approval(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """What must be mended before the board is asked: all that stops a signature but its own approval."""
    return tuple(row for row in found if row.where not in ("approve", "changes"))
