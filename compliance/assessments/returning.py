"""A return, sent and opened again: what the organisation above counts is frozen each time it is sent."""

import hashlib

from compliance import audit, clock
from compliance.assessments.opened import first_return
from compliance.assessments.overview import readiness
from compliance.assessments.queries import every_judgement, sent_return
from compliance.db import db, transaction
from compliance.models import FrozenReturn, Organisation, ReportingPeriod, Return, ReturnReopening, User
from compliance.organisations.queries import holds, parent_on
from compliance.permissions import Permission
from compliance.rules.assessments import NewReopening, check_sendable, refuse_locked
from compliance.statements.queries import frozen_records


def send_return(organisation: Organisation, period: ReportingPeriod, *, by: User) -> Return:
    """Send the assessment of a period to the organisation above, lock it, and freeze what that counts.

    Raises RuleBroken with everything that stops it.
    """
    content = frozen_records(organisation, period)
    with transaction():
        audit.record("return.sent", subject=f"{organisation.code} {period.key}", by=by)
        refuse_locked(sent=sent_return(organisation.id, period.id) is not None)
        check_sendable(readiness(organisation, period, every_judgement(organisation.id, period.id)))
        row = first_return(organisation.id, period.id)
        if row is None:
            row = Return(
                organisation_id=organisation.id, period_id=period.id, sent_at=clock.now(), sent_by=by
            )
            db.session.add(row)
        db.session.add(frozen(row, content, len(row.frozen) + 1, by))
    return row


def frozen(of: Return, content: str, number: int, by: User) -> FrozenReturn:
    """The records of a return as they are kept."""
    return FrozenReturn(
        of=of,
        number=number,
        content=content,
        sha256=hashlib.sha256(content.encode()).hexdigest(),
        frozen_at=clock.now(),
        frozen_by=by,
    )


def reopen(organisation: Organisation, period: ReportingPeriod, new: NewReopening, *, by: User) -> None:
    """Let a return be changed and sent again; raises RuleBroken. What was sent last counts until then."""
    above = parent_on(organisation, min(clock.today(), period.ends_on))
    may = above is not None and holds(above, Permission.RETURN_SEND, by=by)
    with transaction():
        audit.record("return.reopened", subject=f"{organisation.code} {period.key}", by=by)
        row = sent_return(organisation.id, period.id)
        new.check(clock.today(), sent=row is not None, above=may)
        if row is not None:
            db.session.add(
                ReturnReopening(
                    of=row,
                    after=len(row.frozen),
                    reason=new.reason,
                    due_on=new.due_on,
                    reopened_at=clock.now(),
                    reopened_by=by,
                )
            )
