"""Approvals, read. The conditions here decide for lists, boards, My work and statements alike."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from sqlalchemy import Select, func, or_, select, true
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from compliance import clock
from compliance.access import TODAY, asked_by, below_code, my_organisations, organisations_where
from compliance.approvals.covenant_ratings import covenant_rated, covenants_of, owes_covenant, ratings_of
from compliance.approvals.dates import dues_of, next_due, open_dues
from compliance.approvals.history import life_of
from compliance.approvals.loading import with_dates, with_everything, with_history
from compliance.approvals.owed import owed
from compliance.approvals.register import shown
from compliance.approvals.standing import (
    FAVOURABLE,
    alarm,
    corrected,
    counts,
    in_fieldwork,
    in_fieldwork_today,
    in_scope,
    is_latest,
    lacks_decision,
    late_condition,
    latest,
    settles,
    standing_decisions,
    stands,
)
from compliance.db import db
from compliance.derived.index import hits
from compliance.models import (
    Approval,
    ApprovalStanding,
    Condition,
    Decision,
    OwnBody,
    User,
)
from compliance.permissions import Permission
from compliance.rules.approvals import Facts, is_high_risk
from compliance.rules.searching import terms_of
from compliance.terms import ApprovalState, Found, Outcome

__all__ = [
    "FAVOURABLE",
    "alarm",
    "corrected",
    "counts",
    "covenant_rated",
    "covenants_of",
    "dues_of",
    "in_fieldwork",
    "in_fieldwork_today",
    "in_scope",
    "is_latest",
    "lacks_decision",
    "late_condition",
    "latest",
    "next_due",
    "open_dues",
    "owed",
    "owes_covenant",
    "ratings_of",
    "settles",
    "shown",
    "standing_decisions",
    "stands",
    "with_dates",
    "with_everything",
    "with_history",
]


def facts(approval: Approval, on: date | None = None) -> Facts:
    """An approval as the rules see it, today or as it stood on an earlier day.

    Its decisions and conditions must be loaded, and for an earlier day its events.
    """
    decision = latest(approval, on)
    return Facts(
        reference=approval.reference,
        body=approval.body_name,
        binding=approval.binding,
        applied_on=approval.applied_on,
        outcome=decision.outcome if decision else None,
        decided_on=decision.decided_on if decision else None,
        expires_on=decision.expires_on if decision else None,
        open_before_start=sum(
            condition.before_start and not is_met(condition, on)
            for condition in (decision.conditions if decision else ())
        ),
        stage=stage_on(approval, on),
        number=approval.id,
        replaces=approval.replaces_id,
        high_risk=is_high_risk(approval.details or {}, on),
    )


def is_met(condition: Condition, on: date | None) -> bool:
    """Whether a condition is met, today or by a day."""
    return condition.met_on is not None and (on is None or condition.met_on <= on)


def stage_on(approval: Approval, on: date | None) -> ApprovalState:
    """The stage at which an approval stands, or stood on an earlier day."""
    if on is None or on >= clock.today():
        return approval.stage
    return life_of(approval, on).stage


def open_conditions(approval: Approval) -> list[Condition]:
    """What any decision that counts still requires: a modification's beside those of the first."""
    return [row for one in standing_decisions(approval) for row in one.conditions if row.met_at is None]


def all_facts(approvals: Iterable[Approval], on: date | None = None) -> tuple[Facts, ...]:
    """Several approvals as the rules see them, today or as they stood on an earlier day."""
    return tuple(facts(approval, on) for approval in approvals)


def get_approval(reference: str, permission: Permission, *, by: User) -> Approval:
    """One approval with its history; NotFound where this person does not hold the permission."""
    found: Approval | None = db.session.scalar(
        select(Approval)
        .where(
            Approval.reference == reference,
            Approval.organisation_id.in_(organisations_where(by, permission, clock.today())),
        )
        .options(*with_everything(), *with_history())
    )
    if found is None:
        raise NotFound
    return found


def condition_of(approval: Approval, number: int) -> Condition:
    """The condition with this number within the approval; raises NotFound."""
    for decision in approval.decisions:
        for row in decision.conditions:
            if row.id == number:
                return row
    raise NotFound


def shares_reference(approval: Approval, body_reference: str) -> str | None:
    """Another approval to which the body gave the same reference; of another organisation no more is told.

    Two organisations that have the same body of the catalogue may each mean one of their own.
    """
    ours = Approval.organisation_id == approval.organisation_id
    found = db.session.execute(
        select(Approval.reference, ours)
        .where(
            Approval.body_key == approval.body_key,
            Approval.own_body_id.is_not_distinct_from(approval.own_body_id),
            func.lower(Approval.body_reference) == body_reference.lower(),
            Approval.id != approval.id,
        )
        .order_by(ours.desc(), Approval.id)
        .limit(1)
    ).first()
    if found is None:
        return None
    return found[0] if found[1] else "An approval of another organisation"


def approvals_where(
    permission: Permission,
    *,
    by: User,
    show: str = "",
    organisation: str = "",
    body: str = "",
    decision: str = "",
    before: date | None = None,
    q: str = "",
) -> Select[Approval]:
    """The approvals of a filter, the newest first; `before` is a day before which they end."""
    today, found = clock.today(), listed(permission, show)
    if show == "owed":
        found = found.where(Approval.id.in_({row.id for row, _ in owed(permission, by=by)}))
    if organisation:
        found = found.where(Approval.organisation_id.in_(below_code(organisation, today)))
    if body:
        found = found.where(or_(Approval.body_key == body, Approval.own_body.has(OwnBody.key == body)))
    if decision in {one.value for one in Outcome}:
        found = found.where(counts(ApprovalStanding.outcome == Outcome(decision)))
    if before:
        found = found.where(counts(ApprovalStanding.expires_on < before))
    if q:
        # In the order of the index, which is that of the list: a word of thousands is not sorted.
        words = hits(Found.APPROVAL, terms_of(q))
        found = (
            found.join(words, words.c.row_id == Approval.id).order_by(None).order_by(words.c.number.desc())
        )
    return found


@lru_cache(maxsize=32)
def listed(permission: Permission, show: str) -> Select[Approval]:
    """The approvals of ME that the list shows, the newest first; kept, as most people ask it so."""
    condition = shown(show, TODAY)
    return (
        select(Approval)
        .where(
            Approval.organisation_id.in_(my_organisations(permission)),
            true() if condition is None else condition,
        )
        .options(*with_everything(), *with_dates())
        .order_by(Approval.id.desc())
    )


def everything(statement: Select[Approval], *, by: User) -> Sequence[Approval]:
    """Every approval of a query for a person, without pages."""
    found: Sequence[Approval] = db.session.scalars(statement, asked_by(by)).unique().all()
    return found


def late_conditions(permission: Permission, *, by: User) -> Sequence[Condition]:
    """Conditions past their date, the oldest first, with their approval and project."""
    today = clock.today()
    found: Sequence[Condition] = db.session.scalars(
        select(Condition)
        .join(Decision)
        .join(Approval)
        .where(
            late_condition(today), Approval.organisation_id.in_(organisations_where(by, permission, today))
        )
        .options(joinedload(Condition.decision).joinedload(Decision.approval).joinedload(Approval.project))
        .order_by(Condition.due_on)
    ).all()
    return found
