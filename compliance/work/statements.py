"""Statements that wait for a person: to write, to sign, to publish."""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import joinedload

from compliance import clock
from compliance.access import my_organisations
from compliance.models import BoardApproval, Organisation, Publication, SignOff, Statement, User
from compliance.permissions import Permission
from compliance.terms import StatementState
from compliance.work.items import Item, Pile
from compliance.work.projects import first_of, most_urgent

Step = BoardApproval | SignOff | Publication


def has(step: type[Step]) -> ColumnElement[bool]:
    """Condition on Statement: this step of its way was recorded."""
    return exists().where(step.statement_id == Statement.id)


@cache
def statements(permission: Permission, *done: type[Step], not_done: tuple[type[Step], ...]) -> Select[Any]:
    """Statements where ME holds the permission, these steps recorded and those not."""
    whose = joinedload(Statement.organisation).joinedload(Organisation.names)
    return first_of(
        select(Statement)
        .options(whose, joinedload(Statement.period))
        .where(
            Statement.organisation_id.in_(my_organisations(permission)),
            *(has(step) for step in done),
            *(~has(step) for step in not_done),
        )
        .order_by(Statement.id)
    )


def pile(found: Select[Any], by: User, what: str, *, state: StatementState, endpoint: str, why: str) -> Pile:
    """The statements of a query as things to do."""
    rows, total = most_urgent(found, by)
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
    found = statements(Permission.STATEMENT_DRAFT, not_done=(BoardApproval, SignOff))
    return pile(
        found,
        by,
        "Draft the statement",
        state=StatementState.DRAFT,
        endpoint="statements.show",
        why="Not approved yet",
    )


def to_sign(by: User) -> Pile:
    """What the board approved and nobody signed."""
    found = statements(Permission.STATEMENT_SIGN, BoardApproval, not_done=(SignOff,))
    return pile(
        found,
        by,
        "Sign the statement",
        state=StatementState.APPROVED,
        endpoint="signing.sign",
        why="Approved",
    )


def to_publish(by: User) -> Pile:
    """What is signed and not public."""
    found = statements(Permission.STATEMENT_PUBLISH, SignOff, not_done=(Publication,))
    return pile(
        found,
        by,
        "Publish the statement",
        state=StatementState.SIGNED,
        endpoint="signing.publish",
        why="It is signed",
    )
