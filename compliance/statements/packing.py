"""What the governing body needs on one day, gathered from what was sent to it and what was said since."""

from collections.abc import Mapping

from compliance import clock, frameworks
from compliance.models import BoardSubmission, Comment, Statement
from compliance.statements.discussion import acknowledgements_of, comments_of
from compliance.statements.words import day
from reports.statement import from_json
from reports.statement.content import changes
from reports.statement.pack import Changed, LastTime, Pack, Remark, Warned


def pack_of(statement: Statement, submission: BoardSubmission) -> Pack:
    """The pack of a submission: its snapshot word for word, and all that was said by now; four queries."""
    titles = {row.key: f"{row.number} {row.title}" for row in frameworks.layout(statement.layout).sections}
    newest = {row.warning: row for row in acknowledgements_of(statement.id)}
    return Pack(
        statement=from_json(submission.snapshot),
        meeting_on=submission.meeting_on,
        submitted_by=submission.submitted_by.name,
        submitted_on=clock.day_of(submission.submitted_at),
        warnings=tuple(
            Warned(message=row.facts, reason=row.reason, said_by=row.said_by.name) for row in newest.values()
        ),
        last=last_time(statement, submission),
        remarks=tuple(remark(row, titles) for row in comments_of(statement.id)),
    )


def remark(first: Comment, titles: Mapping[str, str]) -> Remark:
    """A comment with its answers in words."""
    return Remark(
        section=titles.get(first.section, first.section),
        said_by=first.said_by.name,
        said_on=clock.day_of(first.said_at),
        text=first.text or first.kind.label,
        settled=first.resolved,
        answers=tuple(
            f"{row.said_by.name}, {day(clock.day_of(row.said_at))}: {row.text or row.kind.label}"
            for row in first.answers
        ),
    )


def last_time(statement: Statement, submission: BoardSubmission) -> LastTime | None:
    """The submission before this one, what the board said to it, and every place that differs since."""
    earlier = [row for row in statement.submissions if row.id < submission.id]
    if not earlier:
        return None
    before = earlier[-1]
    if before.approval:
        said = f"The board approved it, minute {before.approval.minute}."
    else:
        said = f"The board sent it back: {before.returned.comments}" if before.returned else "Not decided."
    found = changes(from_json(before.snapshot), from_json(submission.snapshot))
    return LastTime(
        meeting_on=before.meeting_on,
        said=said,
        changes=tuple(Changed(place=row.place, before=row.before, after=row.after) for row in found),
    )
