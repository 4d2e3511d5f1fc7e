"""What a project must hold before it is registered, and where it stands."""

from dataclasses import dataclass
from datetime import date

from compliance.rules.broken import RuleBroken
from compliance.terms import ProjectState, ScopeDecision, ScopeReason


@dataclass(frozen=True)
class NewProject:
    """The start of a registration."""

    title: str
    organisation_code: str


@dataclass(frozen=True)
class NewScope:
    """Whether the work is research in scope; out or partly needs a reason (approvals, section 2)."""

    decision: ScopeDecision
    reason: ScopeReason | None
    note: str | None

    def check(self) -> None:
        """Raise RuleBroken when out or partly in scope without a reason."""
        if self.decision is not ScopeDecision.IN_SCOPE and self.reason is None:
            raise RuleBroken("Select the reason", field="scope_reason")


def check_dates(starts_on: date | None, ends_on: date | None) -> None:
    """Raise RuleBroken when the end lies before the start."""
    if starts_on and ends_on and ends_on < starts_on:
        raise RuleBroken("End must be on or after the start", field="expected_end_on")


# Why no start is planned or recorded. A draft has no approvals yet that could stand in the way (H1).
NO_START = {
    ProjectState.DRAFT: "Register the project first: until then nobody knows which approvals it needs",
    ProjectState.OUT_OF_SCOPE: "The project is out of scope, so no fieldwork is recorded for it",
    ProjectState.NOT_KNOWN: "Only public facts are kept of this project, so no fieldwork is recorded for it",
    ProjectState.FIELDWORK: "The start of fieldwork is recorded already",
    ProjectState.ENDED: "The start of fieldwork is recorded already",
}


def check_may_start(state: ProjectState) -> None:
    """Raise RuleBroken unless the project is registered, in scope at least partly, and has not begun."""
    if state in NO_START:
        raise RuleBroken(NO_START[state])


def check_end(ended_on: date, started_on: date | None, recorded_on: date | None, today: date) -> None:
    """Raise RuleBroken when a project cannot have ended on this day, or its end is recorded already."""
    if started_on is None:
        raise RuleBroken("Record first when fieldwork began", field="ended_on")
    if recorded_on is not None:
        raise RuleBroken("The end of the research is recorded already", field="ended_on")
    if ended_on < started_on:
        raise RuleBroken("The end must not be before the start", field="ended_on")
    if ended_on > today:
        raise RuleBroken("The end must be today or in the past", field="ended_on")


def state(
    *,
    registered: bool,
    scope: ScopeDecision | None,
    started_on: date | None,
    ended_on: date | None,
    on: date,
    listed: bool = False,
) -> ProjectState:
    """Where a project stands in its own life on a day; of one that is only listed that is not known."""
    if listed:
        return ProjectState.NOT_KNOWN
    if not registered:
        return ProjectState.DRAFT
    if scope is ScopeDecision.OUT_OF_SCOPE:
        return ProjectState.OUT_OF_SCOPE
    if ended_on and ended_on <= on:
        return ProjectState.ENDED
    return ProjectState.FIELDWORK if started_on and started_on <= on else ProjectState.PLANNED
