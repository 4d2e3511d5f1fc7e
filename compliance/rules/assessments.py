"""An organisation's assessment of itself for a period, and the return that sends it."""

from dataclasses import dataclass
from datetime import date

from compliance.rules.broken import RuleBroken
from compliance.rules.readiness import Finding
from compliance.terms import ContactRole, ReturnState


def owes_return(returns_from_on: date | None, ends_on: date) -> bool:
    """Whether an organisation owes a return for the period that ends on this day.

    `returns_from_on` is the first day for which returns are asked of it; None means never.
    """
    return returns_from_on is not None and returns_from_on <= ends_on


def return_state(*, sent: bool, due_on: date, on: date) -> ReturnState:
    """Where an owed return stands on a day; the due date is the last day on which it is not late."""
    if sent:
        return ReturnState.SENT
    return ReturnState.MISSING if on > due_on else ReturnState.NOT_DUE


@dataclass(frozen=True)
class ReturnReady:
    """Everything that decides whether a return may be sent."""

    owed: bool
    ends_on: date
    today: date
    to_judge: int
    vacant: tuple[ContactRole, ...] = ()
    without_fix: int = 0
    # Answers of last year that nobody confirmed, under the frameworks that a return does not wait for.
    to_confirm: int = 0


def return_blockers(ready: ReturnReady) -> tuple[str, ...]:
    """What stops a return, in words; a return before the end of its period is refused by our choice."""
    if not ready.owed:
        return ("No return is asked of this organisation for this period",)
    found = []
    if ready.today <= ready.ends_on:
        found.append("The reporting period has not ended")
    if ready.to_judge:
        noun = "requirement is" if ready.to_judge == 1 else "requirements are"
        found.append(f"{ready.to_judge} {noun} still to judge")
    return tuple(found)


def return_warnings(ready: ReturnReady) -> tuple[Finding, ...]:
    """What may go on, and will be asked about; `where` is "contacts" or "assessment"."""
    found = [Finding(f"Nobody is named as {role.label.lower()}", "contacts") for role in ready.vacant]
    if ready.without_fix:
        noun = "shortfall does" if ready.without_fix == 1 else "shortfalls do"
        found.append(Finding(f"{ready.without_fix} {noun} not say what will be done", "assessment"))
    if ready.to_confirm:
        noun = "answer" if ready.to_confirm == 1 else "answers"
        words = f"{ready.to_confirm} {noun} of last year under the other frameworks not confirmed"
        found.append(Finding(words, "assessment"))
    return tuple(found)


def check_sendable(ready: ReturnReady) -> None:
    """Raise RuleBroken with everything that stops the return."""
    blockers = return_blockers(ready)
    if blockers:
        raise RuleBroken(f"The return cannot be sent yet. {'. '.join(blockers)}")


def retired(in_force_until: date | None, starts_on: date) -> bool:
    """Whether an edition ended before a period began: nobody is held to it any more."""
    return in_force_until is not None and in_force_until < starts_on


def why_retired(
    edition: str, in_force_until: date | None, starts_on: date, *, what: str = "this period"
) -> str:
    """Why nothing is answered under an edition for what began later; empty while it is in force then."""
    if in_force_until is None or not retired(in_force_until, starts_on):
        return ""
    last = f"{in_force_until.day} {in_force_until:%B %Y}"
    return f"{edition} ended on {last}, before {what} began. Answer under the edition in force"


def refuse_retired(
    edition: str,
    in_force_until: date | None,
    starts_on: date,
    *,
    what: str = "this period",
    field: str = "standing",
) -> None:
    """Raise RuleBroken when an edition ended before the period, or the project, began."""
    why = why_retired(edition, in_force_until, starts_on, what=what)
    if why:
        raise RuleBroken(why, field=field)


def refuse_unasked(*, asked: bool) -> None:
    """Raise RuleBroken when a requirement does not bind the organisation: a duty of funders."""
    if not asked:
        raise RuleBroken(
            "This binds those who pay for research. Record first that the organisation does", field="standing"
        )


def refuse_locked(*, sent: bool) -> None:
    """Raise RuleBroken once the return is sent: what was sent stays as it was."""
    if sent:
        raise RuleBroken("The return has been sent, so this assessment can no longer be changed")


@dataclass(frozen=True)
class NewReopening:
    """The organisation above opens a return again: why, and by when it is sent anew."""

    reason: str
    due_on: date

    def check(self, today: date, *, sent: bool, above: bool) -> None:
        """Raise RuleBroken when nothing was sent, the day has passed, or who asks is not above."""
        if not above:
            raise RuleBroken("Only somebody who sends returns for the organisation above opens one again")
        if not sent:
            raise RuleBroken("There is no return to open: it is not sent, or is open already")
        if self.due_on < today:
            raise RuleBroken("The new date must be today or in the future", field="due_on")
