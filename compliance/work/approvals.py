"""Approvals that wait for somebody: ended or ending, conditions, advice; and those that wait for a body."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from compliance import clock
from compliance.approvals.queries import (
    open_dues,
    owed,
)
from compliance.models import Approval, Decision, User
from compliance.permissions import Permission
from compliance.rules.due import Due, day
from compliance.rules.reminders import AHEAD_OF_AN_END
from compliance.terms import ApprovalState, Waiting
from compliance.work.firsts import Kind, found_first
from compliance.work.items import SHOWN, Item, Pile
from compliance.work.together import by_kind, total

LONGEST = 90


def waiting(by: User) -> list[Pile]:
    """What waits for a person, one pile a kind; and, the last, what waits for bodies."""
    wanting, ends, unmet, unanswered, others = by_kind(found_first(), Kind, by)
    # Read before what waits for us, as it brings what the dates of those follow from.
    due = owing(by, also=[row.Approval.id for row in wanting])
    return [
        asked(wanting),
        ending(ends),
        due,
        conditions(unmet),
        advice(unanswered),
        with_others(others),
    ]


def item(approval: Approval, what: str, status: ApprovalState | Waiting, **parts: object) -> Item:
    """One thing to do on the page of an approval."""
    return Item(
        what=what,
        about=approval.project.title,
        reference=approval.reference,
        status=status,
        endpoint="approvals.show",
        values={"reference": approval.reference},
        **parts,  # type: ignore[arg-type]
    )


def ending(rows: Sequence[Any]) -> Pile:
    """Favourable decisions that have ended or end within 90, 30 or 7 days.

    A binding one that ended under running fieldwork stands among the fieldwork without a decision.
    """
    today = clock.today()
    items = []
    for _kind, _of, approval, decision, _condition in rows:
        ended = decision.expires_on < today
        items.append(
            item(
                approval,
                f"{approval.body_name}: the approval {'has ended' if ended else 'ends'}",
                ApprovalState.EXPIRED if ended else ApprovalState.EXPIRES_SOON,
                on=decision.expires_on,
                ends=True,
                why=why_it_ends(decision, today),
            )
        )
    return Pile("approvals that end", tuple(items), total(rows), "approvals.index", {"show": "expiring-90"})


def why_it_ends(decision: Decision, today: date) -> str:
    """How near the end is, what sets it, and what to do about it."""
    left = (decision.expires_on - today).days if decision.expires_on else 0
    reached = [days for days in AHEAD_OF_AN_END if 0 <= left <= days]
    near = f"Ends within {min(reached)} days" if reached else "It has ended"
    set_by = f"entered with the decision of {day(decision.decided_on)}"
    return f"{near}; {set_by}. Have it extended, or end the research in time"


def owing(by: User, also: Sequence[int]) -> Pile:
    """Reports, declarations, notices, answers about modifications, reviews: late, or due in 30 days."""
    found = owed(Permission.APPROVAL_RECORD, by=by, also=also)
    items = tuple(owing_item(approval, one) for approval, one in found[:SHOWN])
    return Pile("reports, notices and reviews", items, len(found), "approvals.index", {"show": "owed"})


def owing_item(approval: Approval, one: Due | None) -> Item:
    """One thing that a body waits for, with the rule; without a day where no rule gives one."""
    if one is None:
        what = f"{approval.body_name}: what follows the end is still to be recorded"
        return item(approval, what, approval.stage, why="No rule that we know gives it a day")
    status = Waiting.REVIEW_DUE if "review" in one.what else Waiting.REPORT_DUE
    late = one.on < clock.today()
    what = f"{approval.body_name}: {one.what}"
    return item(approval, what, Waiting.LATE if late else status, on=one.on, why=one.why)


def conditions(rows: Sequence[Any]) -> Pile:
    """Open conditions of every decision that counts, late or due within 30 days."""
    today = clock.today()
    items = tuple(
        item(
            approval,
            "Show that a condition is met",
            Waiting.LATE if condition.due_on < today else Waiting.CONDITION_OPEN,
            on=condition.due_on,
            why=f"{approval.body_name}: {shortened(condition.text)}",
        )
        for _kind, _of, approval, _decision, condition in rows
    )
    return Pile("conditions to meet", items, total(rows), "approvals.index", {"show": "conditions-late"})


def shortened(text: str) -> str:
    """A long text cut at a word."""
    if len(text) <= LONGEST:
        return text
    return text[:LONGEST].rsplit(" ", 1)[0] + " …"


def advice(rows: Sequence[Any]) -> Pile:
    """Advice that the organisation has not answered (H4)."""
    items = tuple(
        item(
            approval,
            f"Answer the advice of {approval.body_name}",
            Waiting.RESPONSE_OWED,
            why=f"Given {(clock.today() - decision.decided_on).days} days ago",
        )
        for _kind, _of, approval, decision, _condition in rows
    )
    return Pile("advice without an answer", items, total(rows), "approvals.index", {"show": "response-owed"})


def asked(rows: Sequence[Any]) -> Pile:
    """Applications whose body waits for us: it asked for more, or its decision is provisional."""
    items = []
    for _kind, _of, approval, _decision, _condition in rows:
        due = next((one for one in open_dues(approval, clock.today()) if one.ours), None)
        told = {"on": due.on, "why": due.why} if due else {}
        items.append(item(approval, f"Send {approval.body_name} what it asked for", approval.stage, **told))
    show = {"show": "waits-for-you"}
    return Pile("bodies that wait for you", tuple(items), total(rows), "approvals.index", show)


def with_others(rows: Sequence[Any]) -> Pile:
    """Applications that a body has and has not decided, the oldest first."""
    items = tuple(
        item(
            approval,
            f"{approval.body_name} has the application",
            ApprovalState.UNDER_REVIEW,
            on=approval.applied_on,
        )
        for _kind, _of, approval, _decision, _condition in rows
    )
    return Pile("applications under review", items, total(rows), "approvals.index", {"show": "under-review"})
