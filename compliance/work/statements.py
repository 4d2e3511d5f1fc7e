"""Statements that wait for a person: to write, to sign, to publish."""

from enum import StrEnum
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
from compliance.work.together import by_kind, first_of_kind, together, total

Step = BoardApproval | SignOff | Publication


def has(step: type[Step]) -> ColumnElement[bool]:
    """Condition on Statement: this step of its way was recorded."""
    return exists().where(step.statement_id == Statement.id)


class Kind(StrEnum):
    """What a statement waits for."""

    SIGN = "sign"
    PUBLISH = "publish"
    WRITE = "write"


# Of each kind: who is asked, which steps are recorded and which are not yet.
STEPS: dict[Kind, tuple[Permission, tuple[type[Step], ...], tuple[type[Step], ...]]] = {
    Kind.SIGN: (Permission.STATEMENT_SIGN, (BoardApproval,), (SignOff,)),
    Kind.PUBLISH: (Permission.STATEMENT_PUBLISH, (SignOff,), (Publication,)),
    Kind.WRITE: (Permission.STATEMENT_DRAFT, (), (BoardApproval, SignOff)),
}
# And how it is told: what to do, where the statement stands, on which page, why it waits.
WORDS = {
    Kind.SIGN: ("Sign the statement", StatementState.APPROVED, "signing.sign", "Approved"),
    Kind.PUBLISH: ("Publish the statement", StatementState.SIGNED, "signing.publish", "It is signed"),
    Kind.WRITE: ("Draft the statement", StatementState.DRAFT, "statements.show", "Not approved yet"),
}


def firsts() -> list[Select[Any]]:
    """The first statements that wait for ME, one narrow query a kind."""
    found = []
    for kind, (permission, done, not_done) in STEPS.items():
        where = (
            Statement.organisation_id.in_(my_organisations(permission)),
            *(has(step) for step in done),
            *(~has(step) for step in not_done),
        )
        ids = select(Statement.id.label("statement_id")).where(*where).order_by(Statement.id)
        found.append(first_of_kind(kind, ids))
    return found


@cache
def waiting_rows() -> Select[Any]:
    """The first of each kind."""
    first = together(firsts())
    whose = joinedload(Statement.organisation).joinedload(Organisation.names)
    return (
        select(first.c.kind, first.c.of, Statement)
        .join(Statement, Statement.id == first.c.statement_id)
        .options(whose, joinedload(Statement.period))
        .order_by(Statement.id)
    )


def waiting(by: User) -> list[Pile]:
    """What is approved and to sign, signed and to publish, drafted and not approved; in one statement."""
    found = zip(Kind, by_kind(waiting_rows(), Kind, by), strict=True)
    return [
        Pile("statements", tuple(item(row.Statement, kind) for row in rows), total(rows), "statements.index")
        for kind, rows in found
    ]


def item(statement: Statement, kind: Kind) -> Item:
    """One statement as a thing to do."""
    what, state, endpoint, why = WORDS[kind]
    return Item(
        what=what,
        about=f"{statement.organisation.name_on(clock.today())}, {statement.period.label}",
        reference=statement.reference,
        why=why,
        status=state,
        endpoint=endpoint,
        values={"reference": statement.reference},
    )
