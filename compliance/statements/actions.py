"""Statements, changed: begun, written, published, replaced. See before_board.py and signature.py."""

from collections.abc import Mapping
from typing import Any

from compliance import audit, clock, frameworks
from compliance.conflict import Conflict
from compliance.db import db, transaction
from compliance.models import (
    Acknowledgement,
    Comment,
    Narrative,
    Organisation,
    Publication,
    ReportingPeriod,
    Statement,
    User,
)
from compliance.references import next_reference
from compliance.rules import faults
from compliance.rules import statements as rules
from compliance.rules.broken import RuleBroken
from compliance.statements import queries
from compliance.statements.before_board import refuse_signed
from compliance.statements.discussion import get_comment
from compliance.statements.draft import edition_for
from compliance.statements.gather import gather
from compliance.terms import CommentKind
from reports import narrative


def begin(organisation: Organisation, period: ReportingPeriod, layout: str, *, by: User) -> Statement:
    """Begin the statement of an organisation for a period; raises RuleBroken when there is one already."""
    frameworks.layout(layout)
    with transaction():
        reference = next_reference(Statement, "STM")
        audit.record("statement.begun", subject=reference, by=by)
        existing = queries.newest_of(organisation.id, period.id)
        if existing is not None:
            raise RuleBroken(f"{existing.reference} is the statement for this period already", field="period")
        statement = Statement(
            reference=reference,
            organisation=organisation,
            period=period,
            layout=layout,
            framework=edition_for(organisation.id, period),
            created_at=clock.now(),
            created_by=by,
        )
        db.session.add(statement)
    return statement


def write(
    statement: Statement, section: str, new: rules.NewNarrative, *, seen: int, by: User
) -> tuple[Narrative, str]:
    """Keep a new version of a section's words; the version, and why it does not count as completed.

    `seen` is the number of the version that the person wrote on, 0 for none. Raises Conflict when
    someone saved meanwhile, RuleBroken once the statement is signed and for words that no document can print.
    """
    limit = limit_of(statement, section)
    refuse_unfit(new.text)
    with transaction():
        audit.record("narrative.written", subject=statement.reference, by=by)
        refuse_signed(statement)
        newest = queries.newest_narrative(statement.id, section)
        if (newest.number if newest else 0) != seen:
            raise Conflict(changed_by=newest.written_by.name if newest else "")
        written = Narrative(
            statement=statement,
            section=section,
            number=seen + 1,
            text=new.text,
            completed=new.stands_completed(limit),
            written_at=clock.now(),
            written_by=by,
        )
        db.session.add(written)
    return written, new.why_not(limit)


def refuse_unfit(text: str) -> None:
    """Raise RuleBroken, with what to do, for words that no document can print."""
    try:
        narrative.check(text)
    except narrative.Unfit as fault:
        raise RuleBroken(f"The document cannot print this text: {fault}", field="text") from fault


def limit_of(statement: Statement, key: str) -> int:
    """How many words a section of the statement's layout may have; raises KeyError for an unknown section."""
    section = frameworks.layout(statement.layout).section(key)
    if section is None:
        raise KeyError(key)
    return section.word_limit


def comment(statement: Statement, section: str, new: rules.NewComment, *, by: User) -> Comment:
    """Say something about a section; raises RuleBroken without words, or once the statement is signed."""
    limit_of(statement, section)
    new.check(answers=False, is_resolved=False)
    with transaction():
        audit.record("comment.made", subject=statement.reference, by=by)
        refuse_signed(statement)
        said = Comment(
            statement=statement,
            section=section,
            kind=CommentKind.COMMENT,
            text=new.text,
            said_at=clock.now(),
            said_by=by,
        )
        db.session.add(said)
    return said


def answer(statement: Statement, number: int, new: rules.NewComment, *, by: User) -> None:
    """Reply to a comment, settle it or open it again; raises NotFound, or RuleBroken as comment does."""
    with transaction():
        audit.record("comment.answered", subject=statement.reference, by=by)
        refuse_signed(statement)
        first = get_comment(statement, number)
        new.check(answers=True, is_resolved=first.resolved)
        kind = CommentKind.REPLY
        if new.resolved is not first.resolved:
            kind = CommentKind.RESOLVED if new.resolved else CommentKind.REOPENED
        db.session.add(
            Comment(
                statement=statement,
                section=first.section,
                kind=kind,
                answers_id=first.id,
                text=new.text,
                said_at=clock.now(),
                said_by=by,
            )
        )


def acknowledge(statement: Statement, new: rules.NewAcknowledgement, *, site: str, by: User) -> None:
    """Keep who knows of a warning and why the statement may go on; raises RuleBroken when it changed."""
    new.check(faults.warnings(gather(queries.current_draft(statement), site=site).readiness))
    with transaction():
        audit.record("warning.acknowledged", subject=statement.reference, by=by)
        refuse_signed(statement)
        db.session.add(
            Acknowledgement(
                statement=statement,
                warning=new.warning,
                facts=new.facts,
                reason=new.reason,
                said_at=clock.now(),
                said_by=by,
            )
        )


def publish(statement: Statement, *, by: User) -> Publication:
    """Make a signed statement public; raises RuleBroken when it is not signed, or is public already."""
    with transaction():
        audit.record("statement.published", subject=statement.reference, by=by)
        if statement.sign_off is None:
            raise RuleBroken("Only a signed statement can be published")
        if statement.publication is not None:
            raise RuleBroken("This statement is published already")
        publication = Publication(statement=statement, published_at=clock.now(), published_by=by)
        db.session.add(publication)
    return publication


def choose_annex(statement: Statement, *, printed: bool, by: User) -> None:
    """Say whether the document prints what changed since last year; raises RuleBroken once it is signed."""
    with transaction():
        audit.record("statement.annex_chosen", subject=statement.reference, by=by)
        if statement.sign_off is not None:
            raise RuleBroken("This statement is signed. Replace it after publication to correct it")
        statement.year_annex = printed


def replace(statement: Statement, new: rules.NewReplacement, *, by: User) -> Statement:
    """Begin a statement that replaces a published one, with its words; raises RuleBroken."""
    texts = [
        {"section": row.section, "text": row.text, "completed": row.completed}
        for row in queries.newest_words(statement.id)
    ]
    with transaction():
        audit.record("statement.replacement_begun", subject=statement.reference, by=by)
        if statement.publication is None:
            raise RuleBroken("Only a published statement is replaced")
        if statement.replaced_by is not None:
            raise RuleBroken(f"{statement.replaced_by.reference} replaces this statement already")
        successor = Statement(
            reference=next_reference(Statement, "STM"),
            organisation=statement.organisation,
            period=statement.period,
            layout=statement.layout,
            framework=statement.framework,
            replaces=statement,
            replacement_reason=new.reason,
            created_at=clock.now(),
            created_by=by,
            year_annex=statement.year_annex,
        )
        db.session.add(successor)
        successor.narratives += [first_version(text, by) for text in texts]
    return successor


def first_version(words: Mapping[str, Any], by: User) -> Narrative:
    """The words of an older statement as the first version of a section."""
    return Narrative(**words, number=1, written_at=clock.now(), written_by=by)
