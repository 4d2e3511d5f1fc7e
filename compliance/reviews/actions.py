"""The review of answers, changed: sent, accepted, returned, commented."""

from collections.abc import Sequence

from compliance import audit, clock
from compliance.conflict import Conflict
from compliance.db import db, transaction
from compliance.models import Assessment, Check, Review, User
from compliance.reviews.queries import state_of
from compliance.rules.broken import RuleBroken
from compliance.rules.reviews import NewReview, can_send
from compliance.terms import ReviewKind, Standing

Row = Check | Assessment


def add(row: Row, kind: ReviewKind, comment: str | None, *, by: User) -> None:
    """One thing said about the latest answer of a row; call inside a transaction."""
    subject = {"assessment": row} if isinstance(row, Assessment) else {"check": row}
    answer = "assessment_answer_id" if isinstance(row, Assessment) else "answer_id"
    latest = {answer: row.answers[0].id}
    db.session.add(
        Review(**subject, **latest, kind=kind, comment=comment, said_at=clock.now(), said_by_id=by.id)
    )


def send(rows: Sequence[Row], *, subject: str, by: User) -> int:
    """Send every answer that is new or changed for review; how many. Raises RuleBroken when there is none."""
    with transaction():
        audit.record("answers.sent_for_review", subject=subject, by=by)
        ready = [
            row
            for row in rows
            if row.answers and row.standing is not Standing.NOT_ASSESSED and can_send(state_of(row))
        ]
        if not ready:
            raise RuleBroken("There is no new answer to send for review")
        for row in ready:
            add(row, ReviewKind.SUBMITTED, None, by=by)
    return len(ready)


def say(row: Row, new: NewReview, *, seen: int, subject: str, by: User) -> None:
    """Accept, return or comment; `seen` is the answer that was read. Raises RuleBroken or Conflict."""
    with transaction():
        audit.record("answer.reviewed", subject=subject, by=by)
        if not row.answers:
            raise RuleBroken("Nobody has answered this yet")
        senders = [one.said_by_id for one in row.reviews if one.kind is ReviewKind.SUBMITTED][-1:]
        authors = [row.answers[0].answered_by_id, *senders]
        new.check(state_of(row), reviewer=by.id, authors=authors)
        if row.answers[0].id != seen:
            raise Conflict
        add(row, new.kind, new.comment, by=by)
