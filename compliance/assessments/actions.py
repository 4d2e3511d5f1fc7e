"""An organisation's assessment of itself, changed: judged, supported by evidence, sent."""

from collections.abc import Collection

from compliance import audit, clock, frameworks
from compliance.assessments.overview import readiness
from compliance.assessments.queries import (
    Judgement,
    get_assessment,
    judgements,
    period_before,
    sent_return,
)
from compliance.attach import attach, prepare, use
from compliance.conflict import Conflict, refuse_stale
from compliance.db import db, transaction
from compliance.models import (
    ActionStep,
    Assessment,
    AssessmentAnswer,
    Organisation,
    ReportingPeriod,
    Return,
    User,
)
from compliance.rules.assessments import NewStep, check_sendable, refuse_locked, refuse_retired
from compliance.rules.broken import RuleBroken
from compliance.rules.checks import NewJudgement
from compliance.rules.evidence import NewEvidence
from compliance.terms import ActionState, Standing


def judge(
    organisation: Organisation,
    period: ReportingPeriod,
    code: str,
    new: NewJudgement,
    evidence: NewEvidence,
    *,
    seen: int,
    by: User,
) -> AssessmentAnswer:
    """Judge one requirement; `seen` is the version that the person saw, 0 when there was none.

    Raises RuleBroken, also once the return is sent, or Conflict.
    """
    new.check(clock.today())
    framework, _ = frameworks.holders()[code]
    refuse_retired(framework.short, framework.in_force_until, period.starts_on)
    prepared = prepare(evidence)
    with transaction():
        audit.record("assessment.judged", subject=f"{organisation.code} {period.key} {code}", by=by)
        refuse_locked(sent=sent_return(organisation.id, period.id) is not None)
        row = get_assessment(organisation.id, period.id, code)
        if row is None:
            if seen:
                raise Conflict
            row = begin(organisation, period, code, new.standing)
        else:
            refuse_stale(row, seen)
            # A repeated judgement changes no column: the version must still move, or a rival goes unseen.
            row.standing, row.confirmed, row.version = new.standing, True, row.version + 1
        answer = AssessmentAnswer(
            assessment=row,
            standing=new.standing,
            note=new.note,
            fix=new.fix,
            fix_owner=new.fix_owner,
            fix_due_on=new.fix_due_on,
            answered_at=clock.now(),
            answered_by=by,
        )
        db.session.add(answer)
        attach(prepared, row, by=by)
    return answer


def begin(organisation: Organisation, period: ReportingPeriod, code: str, standing: Standing) -> Assessment:
    """The row of a requirement that nobody has touched in this period; call inside a transaction."""
    framework, requirement = frameworks.holders()[code]
    row = Assessment(
        organisation_id=organisation.id,
        period_id=period.id,
        framework=framework.key,
        requirement_code=code,
        commitment=requirement.heading,
        standing=standing,
    )
    db.session.add(row)
    db.session.flush()
    return row


def add_evidence(
    organisation: Organisation, period: ReportingPeriod, code: str, new: NewEvidence, *, by: User
) -> None:
    """Add what supports a judgement, also before there is one; raises RuleBroken."""
    if not new.given:
        raise RuleBroken("Enter an address, or choose a file or kept evidence", "evidence_address")
    prepared = prepare(new)
    with transaction():
        audit.record("assessment.evidence_added", subject=f"{organisation.code} {period.key} {code}", by=by)
        refuse_locked(sent=sent_return(organisation.id, period.id) is not None)
        row = get_assessment(organisation.id, period.id, code)
        attach(prepared, row or begin(organisation, period, code, Standing.NOT_ASSESSED), by=by)


def send_return(organisation: Organisation, period: ReportingPeriod, *, by: User) -> Return:
    """Send the assessment of a period to the organisation above and lock it.

    Raises RuleBroken with everything that stops it.
    """
    with transaction():
        audit.record("return.sent", subject=f"{organisation.code} {period.key}", by=by)
        refuse_locked(sent=sent_return(organisation.id, period.id) is not None)
        check_sendable(readiness(organisation, period, judgements(organisation.id, period.id)))
        row = Return(organisation_id=organisation.id, period_id=period.id, sent_at=clock.now(), sent_by=by)
        db.session.add(row)
    return row


def carry_forward(organisation: Organisation, period: ReportingPeriod, *, by: User) -> int:
    """Begin a period with the answers of the one before, as not re-confirmed; how many.

    A requirement that somebody has touched in this period is left alone. Raises RuleBroken.
    """
    before = period_before(period)
    with transaction():
        audit.record("assessment.carried_forward", subject=f"{organisation.code} {period.key}", by=by)
        refuse_locked(sent=sent_return(organisation.id, period.id) is not None)
        last = {row.requirement.code: row for row in judgements(organisation.id, before.id)} if before else {}
        carried = [
            last[row.requirement.code]
            for row in judgements(organisation.id, period.id)
            if row.answer is None and last.get(row.requirement.code) and last[row.requirement.code].answer
        ]
        if not carried:
            raise RuleBroken("There is no answer of last year left to carry forward")
        for old in carried:
            carry(old, organisation, period, by=by)
    return len(carried)


def carry(old: Judgement, organisation: Organisation, period: ReportingPeriod, *, by: User) -> None:
    """One answer of last year, with its evidence, to be confirmed; call inside a transaction."""
    if old.answer is None or old.standing is Standing.NOT_ASSESSED:
        return
    row = get_assessment(organisation.id, period.id, old.requirement.code)
    row = row or begin(organisation, period, old.requirement.code, old.standing)
    row.standing, row.confirmed = old.standing, False
    db.session.add(repeated(old.answer, row, carried_from=old.answer, by=by))
    for evidence in old.answer.assessment.evidence:
        use(evidence, row, by=by)


def repeated(
    answer: AssessmentAnswer, row: Assessment, *, carried_from: AssessmentAnswer | None, by: User
) -> AssessmentAnswer:
    """The same answer once more, given now."""
    return AssessmentAnswer(
        assessment=row,
        standing=answer.standing,
        note=answer.note,
        fix=answer.fix,
        fix_owner=answer.fix_owner,
        fix_due_on=answer.fix_due_on,
        carried_from_id=carried_from.id if carried_from else None,
        answered_at=clock.now(),
        answered_by=by,
    )


def confirm(organisation: Organisation, period: ReportingPeriod, codes: Collection[str], *, by: User) -> int:
    """Say that these answers of last year still hold; how many. Raises RuleBroken when none was chosen."""
    with transaction():
        audit.record("assessment.confirmed", subject=f"{organisation.code} {period.key}", by=by)
        refuse_locked(sent=sent_return(organisation.id, period.id) is not None)
        chosen = [
            row
            for row in judgements(organisation.id, period.id)
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


def record_step(
    organisation: Organisation, period: ReportingPeriod, code: str, new: NewStep, *, by: User
) -> None:
    """Record what became of what a judgement said would be done; raises RuleBroken.

    Allowed after the return was sent: an action is done when it is done.
    """
    new.check(clock.today())
    with transaction():
        audit.record("action.followed_up", subject=f"{organisation.code} {period.key} {code}", by=by)
        row = get_assessment(organisation.id, period.id, code)
        if row is None or not any(answer.fix for answer in row.answers):
            raise RuleBroken("This requirement names nothing to be done")
        db.session.add(
            ActionStep(
                assessment=row,
                state=new.state,
                note=new.note,
                due_on=new.due_on if new.state is ActionState.CARRIED_OVER else None,
                recorded_at=clock.now(),
                recorded_by=by,
            )
        )
