"""An organisation's assessment of itself, changed: judged, supported by evidence, sent."""

from compliance import audit, clock, frameworks
from compliance.assessments.asked import is_asked
from compliance.assessments.queries import get_assessment, sent_return
from compliance.assessments.rows import begin
from compliance.attach import attach, prepare
from compliance.conflict import Conflict, refuse_stale
from compliance.db import db, transaction
from compliance.models import AssessmentAnswer, Organisation, ReportingPeriod, User
from compliance.rules.assessments import refuse_locked, refuse_retired, refuse_unasked
from compliance.rules.broken import RuleBroken
from compliance.rules.checks import NewAnswer
from compliance.rules.evidence import NewEvidence
from compliance.terms import Standing


def judge(
    organisation: Organisation,
    period: ReportingPeriod,
    code: str,
    new: NewAnswer,
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
        refuse_unasked(asked=is_asked(organisation.id, period.id, framework, code))
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


def add_evidence(
    organisation: Organisation, period: ReportingPeriod, code: str, new: NewEvidence, *, by: User
) -> None:
    """Add what supports a judgement, also before there is one; raises RuleBroken."""
    if not new.given:
        raise RuleBroken("Enter an address, or choose a file or kept evidence", "evidence_address")
    framework, _ = frameworks.holders()[code]
    until = framework.in_force_until
    refuse_retired(framework.short, until, period.starts_on, field="evidence_address")
    prepared = prepare(new)
    with transaction():
        audit.record("assessment.evidence_added", subject=f"{organisation.code} {period.key} {code}", by=by)
        refuse_locked(sent=sent_return(organisation.id, period.id) is not None)
        row = get_assessment(organisation.id, period.id, code)
        attach(prepared, row or begin(organisation, period, code, Standing.NOT_ASSESSED), by=by)
