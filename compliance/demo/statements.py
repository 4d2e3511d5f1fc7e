"""Statements of the demonstration: one finished and published, two drafts, made by the service's own actions."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, time
from pathlib import Path

from compliance import audit, clock
from compliance.db import db, transaction
from compliance.demo import narratives
from compliance.models import Acknowledgement, Organisation, ReportingPeriod, Statement, User
from compliance.rules import faults
from compliance.rules.statements import (
    NewBoardApproval,
    NewComment,
    NewNarrative,
    NewSubmission,
)
from compliance.rules.suppression import NewDecision, NewPolicy
from compliance.statements import actions, before_board, queries, signature
from compliance.statements.entering import set_policy
from compliance.statements.gather import gather
from compliance.statements.withholding import decide
from compliance.terms import Role

MINUTE = "2025/41"
# Why the statement for 2024-25 went to the board in spite of its warnings, by the key of each.
REASONS_2024_25 = {
    "edition_not_in_force": "We look back by the new edition on purpose, so that the next years compare.",
    "senior_lead_mailbox": "The post is public and its holder is named on the council’s own page.",
    "missing_returns": "The board has asked the force for a date. It is named and left out of every figure.",
    "without_fix": "The board wants to name the owner itself, at its first meeting of the new year.",
    "spread": "The case held two separate allegations, which were screened and investigated apart.",
}


def at(day: date, hour: int = 10) -> AbstractContextManager[None]:
    """Let the clock stand at an hour of a day."""
    return clock.standing_at(datetime.combine(day, time(hour), UTC))


def write(statement: Statement, texts: Mapping[str, str], completed: frozenset[str], by: User) -> None:
    """Write every section of a statement."""
    for section, text in texts.items():
        new = NewNarrative(text, completed=section in completed)
        actions.write(statement, section, new, seen=0, by=by)


def acknowledge(statement: Statement, reasons: Mapping[str, str], *, site: str, by: User) -> None:
    """Acknowledge the warnings for which there is a reason, as they stand, in one look."""
    found = faults.unacknowledged(queries.readiness(statement, site=site))
    with transaction():
        audit.record("warning.acknowledged", subject=statement.reference, by=by)
        db.session.add_all(
            Acknowledgement(
                statement=statement,
                warning=row.key,
                facts=row.facts,
                reason=reasons[row.key],
                said_at=clock.now(),
                said_by=by,
            )
            for row in found
            if row.key in reasons
        )


def load_statements(
    found: dict[str, Organisation],
    periods: dict[str, ReportingPeriod],
    people: dict[Role, User],
    *,
    site: str,
    folder: Path,
) -> None:
    """A statement for 2024-25 from draft to publication, and two drafts for 2025-26."""
    load_published(found["npcc"], periods["2024-25"], people, site=site, folder=folder)
    council = load_drafts(found, periods["2025-26"], people[Role.INTEGRITY_LEAD])
    load_discussion(council, people, site=site)


def load_published(
    council: Organisation, period: ReportingPeriod, people: dict[Role, User], *, site: str, folder: Path
) -> None:
    """The council's statement for 2024-25, from draft to publication."""
    lead = people[Role.INTEGRITY_LEAD]
    with at(date(2025, 5, 12)):
        statement = actions.begin(council, period, "government", by=lead)
    with at(date(2025, 6, 10)):
        write(statement, narratives.NPCC_2024_25, frozenset(narratives.NPCC_2024_25), lead)
    with at(date(2025, 6, 24)):
        acknowledge(statement, REASONS_2024_25, site=site, by=lead)
        shown = gather(queries.current_draft(statement), site=site).content
        meeting = NewSubmission(date(2025, 7, 9))
        sent = before_board.submit(statement, meeting, shown=shown, site=site, by=lead)
    with at(date(2025, 7, 10)):
        approved = NewBoardApproval("Chief Constables’ Council", date(2025, 7, 9), MINUTE)
        before_board.record_approval(
            statement, approved, shown=sent.fingerprint, by=people[Role.BOARD_MEMBER]
        )
    with at(date(2025, 7, 24)):
        shown = gather(queries.current_draft(statement), site=site).content
        signatory = people[Role.SIGNATORY]
        signature.sign(statement, shown=shown, site=site, folder=folder, by=signatory, patient=True)
    with at(date(2025, 7, 25), 9):
        actions.publish(statement, by=lead)


def load_drafts(found: dict[str, Organisation], period: ReportingPeriod, lead: User) -> Statement:
    """The council's draft for 2025-26, with a gap and a placeholder, and one force's in the RICS layout."""
    with at(date(2026, 5, 6)):
        council = actions.begin(found["npcc"], period, "government", by=lead)
    with at(date(2026, 5, 14), 15):
        write(council, narratives.NPCC_2025_26, narratives.COMPLETED_2025_26, lead)
    with at(date(2026, 5, 19)):
        force = actions.begin(found["northmoor"], period, "rics", by=lead)
        write(force, narratives.FORCE_2025_26, narratives.COMPLETED_NORTHMOOR, lead)
    load_small_numbers(force, lead)
    return council


def load_small_numbers(statement: Statement, lead: User) -> None:
    """A force withholds small numbers: two of them are decided, the others wait."""
    with at(date(2026, 5, 20)):
        policy = NewPolicy(
            5, "Decided by the chief officer group on 12 May 2026, as so few people do research."
        )
        set_policy(statement.organisation, policy, by=lead)
    with at(date(2026, 5, 20), 11):
        shown = gather(queries.current_draft(statement), site="").shown
        given = {
            "upheld_part-MULTI": NewDecision(withheld=True, seen="1.0"),
            "cases_reported": NewDecision(withheld=False, reason="Known in the force.", seen="1.0"),
        }
        decide(statement, shown, given, by=lead)


def load_discussion(council: Statement, people: dict[Role, User], *, site: str) -> None:
    """What the board and the signatory said about the council's draft, and one warning that is known."""
    lead, board = people[Role.INTEGRITY_LEAD], people[Role.BOARD_MEMBER]
    with at(date(2026, 5, 26)):
        on_ethics = actions.comment(council, "ethics", NewComment(narratives.ON_ETHICS), by=board)
        on_opening = actions.comment(council, "introduction", NewComment(narratives.ON_OPENING), by=board)
    with at(date(2026, 5, 27)):
        actions.answer(council, on_ethics.id, NewComment(narratives.ETHICS_REPLY), by=lead)
        settled = NewComment(narratives.OPENING_REPLY, resolved=True)
        actions.answer(council, on_opening.id, settled, by=lead)
    with at(date(2026, 5, 27), 15):
        actions.answer(council, on_opening.id, NewComment(narratives.REOPENED), by=board)
    with at(date(2026, 5, 28)):
        on_governance = NewComment(narratives.ON_GOVERNANCE)
        actions.comment(council, "governance", on_governance, by=people[Role.SIGNATORY])
        settled = NewComment(narratives.OPENING_SETTLED, resolved=True)
        actions.answer(council, on_opening.id, settled, by=lead)
    with at(date(2026, 6, 2)):
        acknowledge(
            council, {"edition_not_in_force": REASONS_2024_25["edition_not_in_force"]}, site=site, by=lead
        )
