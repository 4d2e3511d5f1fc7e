"""Approvals that wait for somebody: ended or ending, conditions, advice; and those that wait for a body."""

from datetime import date

from sqlalchemy import Select, and_, not_, or_, select
from sqlalchemy.orm import aliased, joinedload

from compliance import clock
from compliance.access import organisations_where
from compliance.approvals.queries import (
    corrected,
    in_fieldwork,
    in_scope,
    open_dues,
    owed,
    shown,
    with_dates,
    with_everything,
)
from compliance.models import Approval, ApprovalStanding, Condition, Decision, Project, User
from compliance.permissions import Permission
from compliance.rules.approvals import SOON
from compliance.rules.due import Due, day
from compliance.rules.reminders import AHEAD_OF_AN_END
from compliance.terms import ApprovalState, Waiting
from compliance.work.items import SHOWN, Item, Pile
from compliance.work.projects import most_urgent

# The decision that counts; the conditions of other queries speak of Decision themselves.
Counting = aliased(Decision)
LONGEST = 90


def of_mine(by: User) -> Select[Approval, Decision | None]:
    """Approvals that this person keeps, with the decision that counts today, if there is one."""
    today = clock.today()
    return (
        select(Approval, Counting)
        .select_from(Approval)
        .join(ApprovalStanding, ApprovalStanding.approval_id == Approval.id)
        .outerjoin(Counting, Counting.id == ApprovalStanding.decision_id)
        .where(Approval.organisation_id.in_(organisations_where(by, Permission.APPROVAL_RECORD, today)))
        .options(joinedload(Approval.project))
    )


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


def ending(by: User) -> Pile:
    """Favourable decisions that have ended or end within 90, 30 or 7 days.

    A binding one that ended under running fieldwork stands among the fieldwork without a decision.
    """
    today = clock.today()
    covered = and_(Approval.binding, Approval.project.has(in_fieldwork(today)), Counting.expires_on < today)
    rows, total = most_urgent(
        of_mine(by)
        .where(or_(shown("expired", today), shown("expiring-90", today)), not_(covered))  # type: ignore[arg-type]
        .order_by(Counting.expires_on, Approval.id)
    )
    items = []
    for approval, decision in rows:
        ended = decision.expires_on < today
        items.append(
            item(
                approval,
                f"{approval.body_name}: the approval {'has ended' if ended else 'ends'}",
                ApprovalState.EXPIRED if ended else ApprovalState.EXPIRES_SOON,
                on=decision.expires_on,
                why=why_it_ends(decision, today),
            )
        )
    return Pile("approvals that end", tuple(items), total, "approvals.index", {"show": "expiring-90"})


def why_it_ends(decision: Decision, today: date) -> str:
    """How near the end is, what sets it, and what to do about it."""
    left = (decision.expires_on - today).days if decision.expires_on else 0
    reached = [days for days in AHEAD_OF_AN_END if 0 <= left <= days]
    near = f"Ends within {min(reached)} days" if reached else "It has ended"
    set_by = f"entered with the decision of {day(decision.decided_on)}"
    return f"{near}; {set_by}. Have it extended, or end the research in time"


def owing(by: User) -> Pile:
    """Reports, declarations, notices, answers about modifications, reviews: late, or due in 30 days."""
    found = owed(Permission.APPROVAL_RECORD, by=by)
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


def conditions(by: User) -> Pile:
    """Open conditions of every decision that counts, late or due within 30 days."""
    today = clock.today()
    rows, total = most_urgent(
        of_mine(by)
        .join(Decision, Decision.approval_id == Approval.id)
        .join(Condition, Condition.decision_id == Decision.id)
        .add_columns(Condition)
        .where(
            ~corrected(Decision),
            Condition.met_at.is_(None),
            Condition.due_on <= today + SOON,
            Approval.project.has(and_(in_scope(), or_(Project.ended_on.is_(None), Project.ended_on > today))),
        )
        .order_by(Condition.due_on, Condition.id)
    )
    items = tuple(
        item(
            approval,
            "Show that a condition is met",
            Waiting.LATE if condition.due_on < today else Waiting.CONDITION_OPEN,
            on=condition.due_on,
            why=f"{approval.body_name}: {shortened(condition.text)}",
        )
        for approval, _decision, condition in rows
    )
    return Pile("conditions to meet", items, total, "approvals.index", {"show": "conditions-late"})


def shortened(text: str) -> str:
    """A long text cut at a word."""
    if len(text) <= LONGEST:
        return text
    return text[:LONGEST].rsplit(" ", 1)[0] + " …"


def advice(by: User) -> Pile:
    """Advice that the organisation has not answered (H4)."""
    rows, total = most_urgent(
        of_mine(by)
        .where(shown("response-owed", clock.today()))  # type: ignore[arg-type]
        .order_by(Counting.decided_on, Approval.id)
    )
    items = tuple(
        item(
            approval,
            f"Answer the advice of {approval.body_name}",
            Waiting.RESPONSE_OWED,
            why=f"Given {(clock.today() - decision.decided_on).days} days ago",
        )
        for approval, decision in rows
    )
    return Pile("advice without an answer", items, total, "approvals.index", {"show": "response-owed"})


def asked(by: User) -> Pile:
    """Applications whose body waits for us: it asked for more, or its decision is provisional."""
    rows, total = most_urgent(
        of_mine(by)
        .where(shown("waits-for-you", clock.today()))  # type: ignore[arg-type]
        .options(*with_everything(), *with_dates())
        .order_by(Approval.id)
    )
    items = []
    for approval, _decision in rows:
        due = next((one for one in open_dues(approval, clock.today()) if one.ours), None)
        told = {"on": due.on, "why": due.why} if due else {}
        items.append(item(approval, f"Send {approval.body_name} what it asked for", approval.stage, **told))
    return Pile("bodies that wait for you", tuple(items), total, "approvals.index", {"show": "waits-for-you"})


def with_others(by: User) -> Pile:
    """Applications that a body has and has not decided, the oldest first."""
    today = clock.today()
    rows, total = most_urgent(
        of_mine(by)
        .where(shown("under-review", today), Approval.applied_on <= today)  # type: ignore[arg-type]
        .order_by(Approval.applied_on, Approval.id)
    )
    items = tuple(
        item(
            approval,
            f"{approval.body_name} has the application",
            ApprovalState.UNDER_REVIEW,
            on=approval.applied_on,
        )
        for approval, _decision in rows
    )
    return Pile("applications under review", items, total, "approvals.index", {"show": "under-review"})
