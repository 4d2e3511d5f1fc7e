"""Statements that wait for a person: to write, to sign, to publish."""

from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import joinedload

from compliance import clock
from compliance.access import organisations_where
from compliance.models import BoardApproval, Publication, SignOff, Statement, User
from compliance.permissions import Permission
from compliance.terms import StatementState
from compliance.work.items import Item, Pile
from compliance.work.projects import most_urgent


def has(step: type[BoardApproval | SignOff | Publication]) -> ColumnElement[bool]:
    """Condition on Statement: this step of its way was recorded."""
    return exists().where(step.statement_id == Statement.id)


def statements(permission: Permission, *, by: User) -> Select[Any]:
    """Statements where this person holds the permission, with what has been recorded of them."""
    return (
        select(Statement)
        .options(joinedload(Statement.organisation), joinedload(Statement.period))
        .where(Statement.organisation_id.in_(organisations_where(by, permission, clock.today())))
        .order_by(Statement.id)
    )


def pile(found: Select[Any], what: str, state: StatementState, endpoint: str, why: str) -> Pile:
    """The statements of a query as things to do."""
    rows, total = most_urgent(found)
    items = tuple(
        Item(
            what=what,
            about=f"{one.organisation.name_on(clock.today())}, {one.period.label}",
            reference=one.reference,
            why=why,
            status=state,
            endpoint=endpoint,
            values={"reference": one.reference},
        )
        for (one,) in rows
    )
    return Pile("statements", items, total, "statements.index")


def to_write(by: User) -> Pile:
    """Drafts that the board has not approved."""
    found = statements(Permission.STATEMENT_DRAFT, by=by)
    found = found.where(~has(BoardApproval), ~has(SignOff))
    return pile(found, "Draft the statement", StatementState.DRAFT, "statements.show", "Not approved yet")


def to_sign(by: User) -> Pile:
    """What the board approved and nobody signed."""
    found = statements(Permission.STATEMENT_SIGN, by=by)
    found = found.where(has(BoardApproval), ~has(SignOff))
    return pile(found, "Sign the statement", StatementState.APPROVED, "signing.sign", "Approved")


def to_publish(by: User) -> Pile:
    """What is signed and not public."""
    found = statements(Permission.STATEMENT_PUBLISH, by=by)
    found = found.where(has(SignOff), ~has(Publication))
    return pile(found, "Publish the statement", StatementState.SIGNED, "signing.publish", "It is signed")
