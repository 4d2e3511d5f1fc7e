"""What the page of an approval offers to record: the one thing that most often comes next, and the rest."""

from datetime import date
from typing import NamedTuple

from compliance.approvals import history, words
from compliance.frameworks.body import Body
from compliance.models import Approval
from compliance.terms import ApprovalState, ApprovalStep

# Whoever comes to such an approval most often renews it.
TO_RENEW = frozenset({ApprovalState.EXPIRED, ApprovalState.EXPIRES_SOON})


class Offer(NamedTuple):
    """What a link says, and the page to which it leads."""

    words: str
    endpoint: str
    values: dict[str, str]


class Offers(NamedTuple):
    """What leads, if anything does, what may be recorded besides, and how the approval is replaced."""

    first: Offer | None
    others: list[Offer]
    again: Offer | None


def offers_of(approval: Approval, body: Body | None, stands: ApprovalState, today: date) -> Offers:
    """What may be recorded of an approval that stands so today."""
    first, others = words.offered(history.life_of(approval), history.asks_of(body))
    leads = to_step(approval, first, body, today) if first else None
    rest = [to_step(approval, step, body, today) for step in others]
    if not words.replaceable(approval):
        return Offers(leads, rest, None)
    values = {"reference": approval.reference}
    if stands in TO_RENEW:
        return Offers(Offer("Apply again", "life.replace", values), [leads, *rest] if leads else rest, None)
    return Offers(leads, rest, Offer("Apply again: renew or replace this approval", "life.replace", values))


def to_step(approval: Approval, step: ApprovalStep, body: Body | None, today: date) -> Offer:
    """The link to the page on which a step is recorded."""
    said = words.offer(step, body, today)
    if step is ApprovalStep.SENT and approval.stage is ApprovalState.SUBMITTED:
        said = words.CORRECT_APPLICATION
    values = {"reference": approval.reference}
    if step in words.OWN_PAGE:
        return Offer(said, words.OWN_PAGE[step], values)
    return Offer(said, "life.step", {**values, "step": step.value})
