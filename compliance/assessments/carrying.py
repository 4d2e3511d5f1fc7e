"""What one year hands to the next, changed: answers carried forward and confirmed, actions followed up."""

from collections.abc import Collection

from compliance import audit, clock
from compliance.assessments.overview import Offer, offer_of
from compliance.assessments.promises import promised_for
from compliance.assessments.queries import (
    Judgement,
    every_judgement,
    get_assessment,
    period_before,
    sent_return,
)
from compliance.assessments.rows import begin, repeated
from compliance.attach import use
from compliance.db import db, transaction
from compliance.models import ActionStep, Organisation, ReportingPeriod, User
from compliance.rules.assessments import refuse_locked
from compliance.rules.broken import RuleBroken
from compliance.rules.promises import NewStep
from compliance.terms import ActionState


def carry_forward(organisation: Organisation, period: ReportingPeriod, *, by: User) -> Offer:
    """Begin a period with the answers of the one before, under every framework, as not re-confirmed.

    A requirement that somebody has touched in this period is left alone. Raises RuleBroken.
    """
    before = period_before(period)
    with transaction():
        audit.record("assessment.carried_forward", subject=f"{organisation.code} {period.key}", by=by)
        refuse_locked(sent=sent_return(organisation.id, period.id) is not None)
        last = every_judgement(organisation.id, before.id) if before else []
        offer = offer_of(every_judgement(organisation.id, period.id), last, period.starts_on)
        if not offer.rows:
            left = " ".join(["There is no answer of last year left to carry forward.", *offer.left])
            raise RuleBroken(left.removesuffix("."))
        for old in offer.rows:
            carry(old, organisation, period, by=by)
    return offer


def carry(old: Judgement, organisation: Organisation, period: ReportingPeriod, *, by: User) -> None:
    """One answer of last year, with its evidence, to be confirmed; call inside a transaction."""
    if old.answer is None:
        return
    row = get_assessment(organisation.id, period.id, old.requirement.code)
    row = row or begin(organisation, period, old.requirement.code, old.standing)
    row.standing, row.confirmed = old.standing, False
    db.session.add(repeated(old.answer, row, carried_from=old.answer, by=by))
    for evidence in old.answer.assessment.evidence:
        use(evidence, row, by=by)


def confirm(organisation: Organisation, period: ReportingPeriod, codes: Collection[str], *, by: User) -> int:
    """Say that these answers of last year still hold; how many. Raises RuleBroken when none was chosen."""
    with transaction():
        audit.record("assessment.confirmed", subject=f"{organisation.code} {period.key}", by=by)
        refuse_locked(sent=sent_return(organisation.id, period.id) is not None)
        chosen = [
            row
            for row in every_judgement(organisation.id, period.id)
            if row.carried and row.answer and row.requirement.code in codes
        ]
        if not chosen:
            raise RuleBroken("Select the answers that still hold", field="codes")
        for one in chosen:
            if one.answer:
                row = one.answer.assessment
                row.confirmed, row.version = True, row.version + 1
                db.session.add(repeated(one.answer, row, carried_from=None, by=by))
    return len(chosen)


def record_step(organisation: Organisation, code: str, number: int | None, new: NewStep, *, by: User) -> None:
    """Record what became of what a requirement said would be done; raises RuleBroken or NotFound.

    Allowed after the return was sent: an action is done when it is done.
    """
    new.check(clock.today())
    with transaction():
        audit.record("action.followed_up", subject=f"{organisation.code} {code}", by=by)
        db.session.add(
            ActionStep(
                assessment_answer=promised_for(organisation.id, code, number).promise.answer,
                state=new.state,
                note=new.note,
                due_on=new.due_on if new.state is ActionState.CARRIED_OVER else None,
                recorded_at=clock.now(),
                recorded_by=by,
            )
        )
