"""A statement before the governing body: submitted, approved or sent back; the submission is frozen."""

from compliance import audit, clock
from compliance.conflict import Conflict
from compliance.db import db, transaction
from compliance.models import BoardApproval, BoardReturn, BoardSubmission, Statement, User
from compliance.rules import faults
from compliance.rules import statements as rules
from compliance.rules.broken import RuleBroken
from compliance.statements import queries
from compliance.statements.discussion import writers
from compliance.statements.gather import gather
from compliance.statements.signature import Changed
from compliance.statements.submissions import newest_submission, same_as
from reports.statement import fingerprint, to_json


def submit(
    statement: Statement, new: rules.NewSubmission, *, shown: str, site: str, by: User
) -> BoardSubmission:
    """Send the statement to the governing body as it was shown; its snapshot is kept.

    `shown` is the fingerprint of the content on the page. Raises RuleBroken, or Changed when the content
    is another by now.
    """
    new.check(clock.today())
    gathered = gather(queries.current_draft(statement), site=site)
    if faults.before_approval(faults.blockers(gathered.readiness)):
        raise RuleBroken("Mend what stands in the way before the board is asked")
    if faults.unacknowledged(gathered.readiness):
        raise RuleBroken("Acknowledge every warning with a reason before the board is asked")
    if gathered.content != shown:
        raise Changed(())
    snapshot = to_json(gathered.statement)
    with transaction():
        audit.record("statement.submitted", subject=statement.reference, by=by)
        refuse_signed(statement)
        last = newest_submission(statement.id)
        if last is not None and last.open:
            raise RuleBroken(f"{last.submitted_by.name} has sent it to the board already")
        if last is not None and last.approval is not None and same_as(last, gathered):
            raise RuleBroken("The board has approved exactly this already")
        submission = BoardSubmission(
            statement=statement,
            meeting_on=new.meeting_on,
            snapshot=snapshot,
            fingerprint=fingerprint(snapshot),
            submitted_at=clock.now(),
            submitted_by=by,
        )
        db.session.add(submission)
    return submission


def record_approval(
    statement: Statement, new: rules.NewBoardApproval, *, shown: str, by: User
) -> BoardApproval:
    """Record that the governing body approved what was submitted to it.

    `shown` is the SHA-256 of the frozen snapshot on the page; the approval binds to it. Raises RuleBroken
    for who drafted, Conflict when somebody decided meanwhile, Changed when another submission has taken
    its place.
    """
    new.check(clock.today())
    with transaction():
        audit.record("statement.approved", subject=statement.reference, by=by)
        submission = undecided(statement, shown)
        rules.check_approver(by.id, writers(statement))
        approval = BoardApproval(
            statement=statement,
            submission_id=submission.id,
            body=new.body,
            approved_on=new.approved_on,
            minute=new.minute,
            snapshot=submission.snapshot,
            fingerprint=submission.fingerprint,
            recorded_at=clock.now(),
            recorded_by=by,
        )
        db.session.add(approval)
    return approval


def send_back(statement: Statement, comments: str, *, shown: str, by: User) -> BoardReturn:
    """Send the submission back with what has to change; raises as record_approval does."""
    with transaction():
        audit.record("statement.sent_back", subject=statement.reference, by=by)
        submission = undecided(statement, shown)
        returned = BoardReturn(
            submission_id=submission.id, comments=comments, returned_at=clock.now(), returned_by=by
        )
        db.session.add(returned)
    return returned


def undecided(statement: Statement, shown: str) -> BoardSubmission:
    """The submission that waits for the board, if it is the one that was shown; call in the transaction."""
    refuse_signed(statement)
    last = newest_submission(statement.id)
    if last is None:
        raise RuleBroken("Nothing has been sent to the board")
    if last.approval is not None:
        raise Conflict(changed_by=last.approval.recorded_by.name)
    if last.returned is not None:
        raise Conflict(changed_by=last.returned.returned_by.name)
    if last.fingerprint != shown:
        raise Changed(())
    return last


def refuse_signed(statement: Statement) -> None:
    """Raise RuleBroken for a statement that is signed: nothing in it changes any more."""
    if statement.sign_off is not None:
        raise RuleBroken("This statement is signed. Replace it after publication to correct it")
