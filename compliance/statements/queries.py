"""Statements, read: by place and year, with their newest words, and how ready they are."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, and_, func, select
from sqlalchemy.orm import aliased, joinedload, selectinload
from werkzeug.exceptions import NotFound

from compliance import clock, frameworks
from compliance.access import organisations_where
from compliance.db import db
from compliance.models import (
    AuditEvent,
    BoardSubmission,
    Narrative,
    Organisation,
    ReportingPeriod,
    SignOff,
    Statement,
    User,
)
from compliance.permissions import Permission
from compliance.reads import apart
from compliance.rules.readiness import Readiness
from compliance.statements.draft import Draft, draft_from_records, draft_of
from compliance.statements.frozen import freeze
from compliance.statements.gather import gather
from compliance.statements.written import written_about
from compliance.terms import StatementState


class NotThere(Exception):
    """No organisation or period is known by this name; the message says so in one line."""


def state_of(statement: Statement) -> StatementState:
    """Where a statement stands, from what has been recorded about it."""
    if statement.publication is not None:
        later = statement.replaced_by
        replaced = later is not None and later.publication is not None
        return StatementState.REPLACED if replaced else StatementState.PUBLISHED
    if statement.sign_off is not None:
        return StatementState.SIGNED
    if not statement.submissions:
        return StatementState.DRAFT
    last = statement.submissions[-1]
    if last.approval is not None:
        return StatementState.APPROVED
    return StatementState.RETURNED if last.returned is not None else StatementState.SUBMITTED


def with_states() -> tuple[Any, ...]:
    """Load what state_of needs, in a fixed number of statements."""
    return (*with_ends(), *with_the_board())


def with_ends() -> tuple[Any, ...]:
    """Load what a statement is about, what it replaces, and whether it is signed, published and replaced."""
    return (
        joinedload(Statement.organisation),
        joinedload(Statement.period),
        joinedload(Statement.created_by),
        joinedload(Statement.sign_off).joinedload(SignOff.signed_by),
        joinedload(Statement.publication),
        joinedload(Statement.replaces),
        joinedload(Statement.replaced_by).joinedload(Statement.publication),
    )


def with_the_board() -> tuple[Any, ...]:
    """Load what the board was sent and what it said."""
    board = joinedload(BoardSubmission.approval), joinedload(BoardSubmission.returned)
    return selectinload(Statement.submissions).options(*board), selectinload(Statement.approvals)


def get_statement(
    reference: str, permission: Permission, *, by: User, before_board: bool = True
) -> Statement:
    """One statement; NotFound where this person does not hold the permission.

    Without what went before the board where a page does not show it: that is two statements less.
    """
    loaded = with_states() if before_board else with_ends()
    found: Statement | None = (
        db.session.scalars(
            select(Statement)
            .where(
                Statement.reference == reference,
                Statement.organisation_id.in_(organisations_where(by, permission, clock.today())),
            )
            .options(*loaded, joinedload(Statement.organisation).joinedload(Organisation.names))
        )
        .unique()
        .one_or_none()
    )
    if found is None:
        raise NotFound
    return found


class Place(NamedTuple):
    """An organisation, its newest statement for a period if one was begun, and where that stands."""

    organisation: Organisation
    statement: Statement | None
    state: StatementState | None


def statements_by_organisation(period_id: int, permission: Permission, *, by: User) -> list[Place]:
    """Every organisation where this person holds the permission: those that have begun, then by name.

    Five queries, whatever the number of organisations.
    """
    today = clock.today()
    later = aliased(Statement)
    newest = and_(
        Statement.organisation_id == Organisation.id,
        Statement.period_id == period_id,
        ~select(later.id).where(later.replaces_id == Statement.id).exists(),
    )
    rows = (
        db.session.execute(
            select(Organisation, Statement)
            .outerjoin(Statement, newest)
            .where(Organisation.id.in_(organisations_where(by, permission, today)))
            .options(*with_states())
        )
        .unique()
        .all()
    )
    found = [Place(place, row, state_of(row) if row else None) for place, row in rows]
    return sorted(found, key=lambda place: (place.statement is None, place.organisation.name_on(today)))


def newest_words(statement_id: int) -> Sequence[Narrative]:
    """The newest version of each section, with who wrote it; one query."""
    latest = (
        select(func.max(Narrative.id))
        .where(Narrative.statement_id == statement_id)
        .group_by(Narrative.section)
    )
    found: Sequence[Narrative] = db.session.scalars(
        select(Narrative).where(Narrative.id.in_(latest)).options(joinedload(Narrative.written_by))
    ).all()
    return found


def newest_narrative(statement_id: int, section: str) -> Narrative | None:
    """The newest version of one section, with who wrote it."""
    found: Narrative | None = db.session.scalar(
        select(Narrative)
        .where(Narrative.statement_id == statement_id, Narrative.section == section)
        .options(joinedload(Narrative.written_by))
        .order_by(Narrative.number.desc())
        .limit(1)
    )
    return found


def versions_of(statement_id: int, section: str) -> Sequence[Narrative]:
    """Every version of one section, the newest first, with who wrote it."""
    found: Sequence[Narrative] = db.session.scalars(
        select(Narrative)
        .where(Narrative.statement_id == statement_id, Narrative.section == section)
        .options(joinedload(Narrative.written_by))
        .order_by(Narrative.number.desc())
    ).all()
    return found


def newest_of(organisation_id: int, period_id: int) -> Statement | None:
    """The newest statement of an organisation for a period, with all that tells where it stands."""
    found: Statement | None = db.session.scalars(
        select(Statement)
        .where(Statement.organisation_id == organisation_id, Statement.period_id == period_id)
        .options(*with_states())
        .order_by(Statement.id.desc())
        .limit(1)
    ).first()
    return found


def texts_of_year_before(statement: Statement) -> dict[str, str]:
    """Last year's words by section, from the statement for the period before; empty when there is none."""
    before = db.session.scalars(
        select(Statement.id)
        .join(ReportingPeriod, ReportingPeriod.id == Statement.period_id)
        .where(
            Statement.organisation_id == statement.organisation_id,
            ReportingPeriod.ends_on < statement.period.starts_on,
        )
        .order_by(ReportingPeriod.ends_on.desc(), Statement.id.desc())
        .limit(1)
    ).first()
    return {row.section: row.text for row in newest_words(before)} if before else {}


def recent_changes(reference: str, limit: int = 6) -> Sequence[Row[datetime, str, str]]:
    """The last events of a statement, the newest first, one line a transaction: when, what, and by whom."""
    actor = func.coalesce(User.name, AuditEvent.actor).label("actor")
    told = (AuditEvent.at, AuditEvent.event, actor)
    found: Sequence[Row[datetime, str, str]] = db.session.execute(
        select(*told)
        .outerjoin(User, User.id == AuditEvent.actor_id)
        .where(AuditEvent.subject == reference)
        .group_by(*told)
        .order_by(func.max(AuditEvent.seq).desc())
        .limit(limit)
    ).all()
    return found


def current_draft(statement: Statement, layout: str | None = None) -> Draft:
    """A statement with all that was written about it, in its own layout or in another; one query."""
    ids = statement.id, statement.organisation_id, statement.period_id, statement.replaces_id
    return draft_of(statement, apart(written_about, *ids), layout)


def readiness(statement: Statement, *, site: str = "") -> Readiness:
    """What stops this statement, told from records and words as they stand; some twenty queries."""
    return gather(current_draft(statement), site=site).readiness


def frozen_records(organisation: Organisation, period: ReportingPeriod) -> str:
    """The organisation's own records as its return sends them to the one above; three queries."""
    return freeze(organisation, period, clock.today())


def draft_for(code: str, key: str, layout: str | None = None) -> Draft:
    """The draft of an organisation and a period for a command; nobody need have begun a statement.

    Raises NotThere or frameworks.Unknown.
    """
    organisation = db.session.scalar(
        select(Organisation).where(Organisation.code == code).options(selectinload(Organisation.contacts))
    )
    if organisation is None:
        raise NotThere(f"There is no organisation with the code '{code}'")
    period = db.session.scalar(select(ReportingPeriod).where(ReportingPeriod.key == key))
    if period is None:
        known = db.session.scalars(select(ReportingPeriod.key).order_by(ReportingPeriod.starts_on)).all()
        raise NotThere(f"There is no reporting period '{key}'; there are: {', '.join(known) or 'none'}")
    if layout is not None:
        frameworks.layout(layout)
    statement = newest_of(organisation.id, period.id)
    if statement is None:
        return draft_from_records(organisation, period, layout or "government")
    return current_draft(statement, layout)
