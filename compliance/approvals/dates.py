"""What is due for an approval, each date with its rule and inputs; worked out, never stored."""

from dataclasses import replace
from datetime import date

from compliance.approvals.history import outcome_of
from compliance.approvals.standing import latest, standing_decisions
from compliance.bodies.queries import body_of
from compliance.frameworks.body import Body
from compliance.models import Approval, ApprovalEvent, Condition
from compliance.rules.approvals import PAUSED
from compliance.rules.due import Due, Happening, Study, day, going_on
from compliance.rules.due_dates import dues
from compliance.rules.modifications import in_its_word
from compliance.terms import ApprovalState, ApprovalStep, Outcome

S = ApprovalStep

OVER = (ApprovalState.CLOSED, ApprovalState.NOT_REQUIRED, ApprovalState.WITHDRAWN, ApprovalState.LAPSED)


def dues_of(approval: Approval, today: date) -> list[Due]:
    """Everything due: by the body's clocks, its conditions, its end and its review, the earliest first."""
    body = body_of(approval)
    history = [happening(row) for row in approval.events]
    found = by_clocks(body, history, study_of(approval), today) if body else []
    for decision in standing_decisions(approval):
        found += [condition_due(row, decision.decided_on) for row in decision.conditions if row.due_on]
    found += [one for one in (end_of(approval), review_of(approval)) if one]
    return sorted(found, key=lambda due: (due.on, due.key))


def by_clocks(body: Body, history: list[Happening], study: Study, today: date) -> list[Due]:
    """What the clocks of a body make due, each in the word that it used on the day from which it counts."""
    return [
        replace(one, what=in_its_word(one.what, body.change_word(one.since or today)))
        for one in dues(body.clocks, history, study, today)
    ]


def open_dues(approval: Approval, today: date) -> list[Due]:
    """What is due and not done; a forecast is not yet due."""
    if approval.stage in OVER or approval.replaced_by is not None:
        return []
    found = dues_of(approval, today)
    return [due for due in found if due.done_on is None and not due.forecast and not due.only_in]


def next_due(approval: Approval, today: date) -> Due | None:
    """What falls due next, or has been late longest; None when no rule makes anything due."""
    return next(iter(open_dues(approval, today)), None)


def happening(row: ApprovalEvent) -> Happening:
    """A step as due dates see it."""
    change = row.modification
    urgent = row.in_use_on if change and change.urgent and row.step is S.MODIFICATION_SENT else None
    return Happening(row.step, row.happened_on, outcome_of(row), urgent)


def study_of(approval: Approval) -> Study:
    """What due dates need to know of the project."""
    project = approval.project
    full = approval.details.get("review") != "Proportionate review"
    registered = approval.details.get("trial_registered_on")
    return Study(
        project.started_on,
        project.expected_end_on,
        full,
        project.ended_on,
        approval.details.get("clinical_trial") == "Yes",
        date.fromisoformat(str(registered)) if registered else None,
    )


def condition_due(row: Condition, decided_on: date) -> Due:
    """When a condition is to be met."""
    due_on = row.due_on or decided_on
    return Due(
        f"condition/{row.id}",
        f"condition due: {going_on(row.text)}",
        due_on,
        f"Set by the body with its decision of {day(decided_on)}",
        "A condition is met by its date" + (", and before fieldwork begins" if row.before_start else ""),
        ours=True,
        done_on=row.met_on,
    )


def end_of(approval: Approval) -> Due | None:
    """The last day of a favourable decision, while the approval counts."""
    decision = latest(approval)
    if decision is None or decision.expires_on is None or approval.stage in PAUSED:
        return None
    renewed = approval.replaced_by
    return Due(
        f"end/{decision.id}",
        "last day of the approval",
        decision.expires_on,
        f"Entered with the decision of {day(decision.decided_on)}",
        "The day named is the last on which it holds; a new approval refers to this one",
        ours=True,
        done_on=renewed.created_at.date() if renewed else None,
        ends=True,
    )


def review_of(approval: Approval) -> Due | None:
    """The review that was agreed for an assessment or an agreement."""
    value, decision = approval.details.get("review_due_on"), latest(approval)
    if not value or decision is None or decision.outcome is Outcome.NOT_REQUIRED:
        return None
    return Due(
        f"review/{value}",
        "review due",
        date.fromisoformat(str(value)),
        "Entered with the record of this approval",
        "It is kept under review; enter the next date once it is done",
        ours=True,
    )
