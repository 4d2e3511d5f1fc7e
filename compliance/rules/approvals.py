"""What an approval permits: states, hard checks, what a decision must hold."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from compliance.rules.approval_transitions import AFTER_DECISION
from compliance.rules.broken import RuleBroken
from compliance.rules.conditions import NewCondition, check_conditions
from compliance.rules.due import day
from compliance.terms import ApprovalState, Outcome

FAVOURABLE = frozenset({Outcome.FAVOURABLE, Outcome.FAVOURABLE_WITH_CONDITIONS})
SOON = timedelta(days=30)


@dataclass(frozen=True)
class Facts:
    """What is known of one approval: its latest decision, where it stands and what is still open.

    `number` tells approvals apart, `replaces` is the number of the one before it.
    """

    reference: str
    body: str
    binding: bool
    applied_on: date | None = None
    outcome: Outcome | None = None
    decided_on: date | None = None
    expires_on: date | None = None
    open_before_start: int = 0
    stage: ApprovalState | None = None
    number: int | None = None
    replaces: int | None = None
    high_risk: bool = False


class Mend(StrEnum):
    """What puts right that something is missing."""

    DECISION = "decision"
    CONDITION = "condition"
    RENEWAL = "renewal"
    DETAILS = "details"
    NOTHING = ""


@dataclass(frozen=True)
class Blocker:
    """Why fieldwork may not begin: the approval, what is missing, in words, and what puts it right."""

    reference: str
    message: str
    mend: Mend = Mend.NOTHING


IN_FORCE = frozenset({ApprovalState.FAVOURABLE, ApprovalState.WITH_CONDITIONS, ApprovalState.ACTIVE})
PAUSED = {
    ApprovalState.HALTED: "the study is halted",
    ApprovalState.SUSPENDED: "the body has suspended its approval",
    ApprovalState.TERMINATED: "the study was stopped early",
    ApprovalState.ENDED: "the study was ended at this body",
    ApprovalState.FINAL_REPORT_DUE: "the study was ended at this body",
    ApprovalState.CLOSED: "the approval is closed",
}


def stands(facts: Facts, on: date) -> bool:
    """Whether a favourable decision is in force on a day; an expiry date is its last day."""
    paused = facts.stage in PAUSED
    return facts.outcome in FAVOURABLE and not paused and (facts.expires_on is None or facts.expires_on >= on)


def state(facts: Facts, on: date) -> ApprovalState:
    """Where an approval stands on a day; one in force is told by its decision, or by its end when near."""
    stage = facts.stage
    if stage in (None, ApprovalState.NEEDED):
        sent = ApprovalState.UNDER_REVIEW if facts.applied_on else ApprovalState.NEEDED
        stage = AFTER_DECISION[facts.outcome] if facts.outcome else sent
    if stage not in IN_FORCE and stage is not ApprovalState.MODIFICATION_PENDING:
        return stage
    if facts.expires_on and facts.expires_on < on:
        return ApprovalState.EXPIRED
    if stage is ApprovalState.MODIFICATION_PENDING:
        return stage
    if facts.expires_on and facts.expires_on <= on + SOON:
        return ApprovalState.EXPIRES_SOON
    with_conditions = facts.outcome is Outcome.FAVOURABLE_WITH_CONDITIONS
    return ApprovalState.WITH_CONDITIONS if with_conditions else ApprovalState.FAVOURABLE


def start_blockers(approvals: Sequence[Facts], start_on: date) -> tuple[Blocker, ...]:
    """What stands in the way of a start on a day; advice never does (hard checks H1 to H4).

    An approval that another replaced is judged by its successor; until the successor is decided,
    the one before it still counts.
    """
    replaced = {facts.replaces for facts in approvals if facts.replaces}
    before = {facts.number: facts for facts in approvals if facts.number}
    found: list[Blocker] = []
    for facts in approvals:
        missing = list(blockers(facts, start_on))
        if not facts.binding or facts.number in replaced or not missing:
            continue
        undecided = facts.outcome is None or (facts.decided_on and facts.decided_on > start_on)
        earlier = before.get(facts.replaces or 0) if undecided else None
        if earlier is None or earlier.outcome not in FAVOURABLE or any(blockers(earlier, start_on)):
            found += missing
    return tuple(found)


def blockers(facts: Facts, start_on: date) -> Iterator[Blocker]:
    """Everything that one binding approval lacks for a start on a day."""
    for words, mend in lacking(facts, start_on):
        yield Blocker(facts.reference, f"{facts.body}: {words}", mend)


def lacking(facts: Facts, start_on: date) -> Iterator[tuple[str, Mend]]:
    """What is missing, in words, with what puts it right; only a decision that stands has conditions."""
    late = facts.decided_on is not None and facts.decided_on > start_on
    if facts.outcome is Outcome.NOT_REQUIRED:
        if late:
            yield "found not to be required only after this start", Mend.NOTHING
    elif facts.outcome is Outcome.UNFAVOURABLE:
        yield "the decision is unfavourable", Mend.NOTHING
    elif facts.outcome not in FAVOURABLE:
        yield "no favourable decision yet", Mend.DECISION
    elif late:
        yield "decided only after this start", Mend.NOTHING
    else:
        yield from not_standing(facts, start_on)


def not_standing(facts: Facts, start_on: date) -> Iterator[tuple[str, Mend]]:
    """What a favourable decision lacks on a day, likewise."""
    if facts.stage in PAUSED:
        yield PAUSED[facts.stage], Mend.NOTHING
    if facts.expires_on and facts.expires_on < start_on:
        yield f"the approval holds only until {day(facts.expires_on)}", Mend.RENEWAL
    if facts.open_before_start:
        count = "a condition" if facts.open_before_start == 1 else f"{facts.open_before_start} conditions"
        yield f"{count} to meet before the start", Mend.CONDITION
    if facts.high_risk:
        yield "high risk remains, and the ICO was not consulted", Mend.DETAILS


def check_planned_start(approvals: Sequence[Facts], start_on: date) -> None:
    """Raise RuleBroken when something binding is missing for a planned start (H1 to H3)."""
    missing = start_blockers(approvals, start_on)
    if len(missing) == 1:
        one = f"{missing[0].message} ({missing[0].reference})"
        raise RuleBroken(f"Fieldwork cannot be planned for this day yet. {one}", field="start_on")
    if missing:
        raise RuleBroken(
            f"Fieldwork cannot be planned for this day yet: {len(missing)} things are missing, "
            "listed above the date",
            field="start_on",
        )


def check_actual_start(approvals: Sequence[Facts], start_on: date, today: date, reason: str | None) -> None:
    """A start that has happened is recorded truthfully; something missing needs a reason."""
    if start_on > today:
        raise RuleBroken("The start must be today or in the past", field="start_on")
    if start_blockers(approvals, start_on) and not reason:
        raise RuleBroken("Say why fieldwork began without what was binding", field="reason")


@dataclass(frozen=True)
class NewApproval:
    """An approval that someone adds by hand."""

    body_key: str
    reason: str | None


@dataclass(frozen=True)
class NewApplication:
    """An application was sent to the body; a reference used before is kept only on purpose."""

    applied_on: date
    body_reference: str | None
    keep_reference: bool = False

    def check(self, today: date) -> None:
        """Raise RuleBroken for a date in the future."""
        if self.applied_on > today:
            raise RuleBroken("Date of application must be today or in the past", field="applied_on")


@dataclass(frozen=True)
class NewDecision:
    """A body's decision, as someone reports it to us."""

    outcome: Outcome
    own_word: str | None
    decided_on: date
    expires_on: date | None = None
    note: str | None = None
    conditions: tuple[NewCondition, ...] = ()

    def check(self, today: date, applied_on: date | None) -> None:
        """Raise RuleBroken when the decision cannot be as reported."""
        if self.decided_on > today:
            raise RuleBroken("Date of decision must be today or in the past", field="decided_on")
        if applied_on and self.decided_on < applied_on:
            raise RuleBroken("Date of decision must not be before the application", field="decided_on")
        if self.expires_on and self.expires_on < self.decided_on:
            raise RuleBroken("The end must not be before the decision", field="expires_on")
        if self.outcome is Outcome.FAVOURABLE_WITH_CONDITIONS and not self.conditions:
            raise RuleBroken("Enter at least one condition", field="conditions")
        if self.conditions and self.outcome is not Outcome.FAVOURABLE_WITH_CONDITIONS:
            raise RuleBroken("Only a decision with conditions has conditions", field="outcome")
        if self.outcome is Outcome.NOT_REQUIRED and not self.note:
            raise RuleBroken("Say why it is not required", field="note")
        check_conditions(self.conditions, self.decided_on)


def is_high_risk(details: Mapping[str, object], on: date | None = None) -> bool:
    """Whether high risk remains and the ICO was not consulted, or not by a day (H6).

    `at_high_risk` asks the same in SQL, of today.
    """
    consulted = str(details.get("ico_consulted_on") or "")
    in_time = bool(consulted) and (on is None or consulted <= on.isoformat())
    return details.get("residual_risk") == "High" and not in_time


def check_residual_risk(details: Mapping[str, object], outcome: Outcome | None) -> None:
    """Raise RuleBroken when high risk remains, favourably decided, and the ICO was not consulted (H6)."""
    if is_high_risk(details) and outcome in FAVOURABLE:
        raise RuleBroken(
            "High risk remains: consult the ICO before processing begins, and record the date",
            field="ico_consulted_on",
        )


def check_not_required(recorder_id: int, lead_id: int | None) -> None:
    """Raise RuleBroken when the project's lead says that an approval is not required (H7)."""
    if recorder_id == lead_id:
        raise RuleBroken(
            "Someone other than the project’s lead must record that it is not required", field="outcome"
        )
