"""What pages show of a statement, kept by a worker until something that it was made of changes.

What is sent or signed is counted afresh.
"""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.exceptions import NotFound

from compliance import clock, frameworks
from compliance.db import db
from compliance.models import Organisation, Publication, SignOff, Statement
from compliance.reads import Reads, apart
from compliance.statements.basis import basis_of
from compliance.statements.before import Before
from compliance.statements.counted import counted_of
from compliance.statements.gather import Gathered, gather
from compliance.statements.queries import current_draft
from reports.statement import from_json, model, to_article


class Signed(NamedTuple):
    """What was signed: the document, and as part of a page."""

    statement: model.Statement
    article: str


# Of the country each takes some megabytes.
GATHERED: Reads[Gathered] = Reads(most=12)
SIGNED: Reads[Signed] = Reads(most=12)
BEFORE: Reads[Before] = Reads(most=12)


def gathered_of(statement: Statement, layout: str | None = None, *, site: str) -> Gathered:
    """A draft in its own layout or another, as its records stand; one for all pages of all people.

    It says when it was counted, which may be earlier today. The caller asks whether somebody may see it.
    """
    number, chosen = statement.id, layout or statement.layout

    def make() -> Gathered:
        return gather(current_draft(apart(afresh, number), chosen), site=site)

    return GATHERED.of((site, number, chosen), make)


def afresh(number: int) -> Statement:
    """The statement with this id and all that a draft of it takes from its row; one statement."""
    whose = joinedload(Statement.organisation)
    found: Statement = (
        db.session.scalars(
            select(Statement)
            .where(Statement.id == number)
            .options(
                whose.joinedload(Organisation.names),
                whose.joinedload(Organisation.contacts),
                joinedload(Statement.period),
            )
        )
        .unique()
        .one()
    )
    return found


def signed_of(statement: Statement) -> Signed:
    """What was signed, as it was signed."""
    number = statement.id
    return SIGNED.of(number, lambda: read(number))


def read(number: int) -> Signed:
    """The snapshot of the statement with this id, read and drawn."""
    published = select(Publication.published_at).where(Publication.statement_id == number).scalar_subquery()
    snapshot, at = db.session.execute(
        select(SignOff.snapshot, published).where(SignOff.statement_id == number)
    ).one()
    document = from_json(snapshot)
    return Signed(document, to_article(document, clock.day_of(at) if at else None))


def preview_of(statement: Statement, layout: str | None = None, *, site: str) -> Gathered | Signed:
    """What a statement says: as it was signed, else a draft, which can be had in the other layout too.

    Raises NotFound for a layout that it is not signed in or that does not exist.
    """
    if statement.sign_off is not None:
        if layout not in (None, statement.layout):
            raise NotFound
        return signed_of(statement)
    if layout is not None and layout not in frameworks.layouts():
        raise NotFound
    return gathered_of(statement, layout, site=site)


def before_of_shown(shown: Gathered | Signed, statement: Statement, *, site: str) -> Before:
    """The year before that of a statement which is shown: as its draft or the records count it."""
    if isinstance(shown, Gathered):
        return shown.before
    basis = basis_of(statement.organisation, statement.period, statement.framework)
    return BEFORE.of((basis, site), lambda: counted_of(basis, site).before)


def document_of(statement: Statement, layout: str | None = None, *, site: str) -> model.Statement:
    """The document alone; raises NotFound as `preview_of` does."""
    return preview_of(statement, layout, site=site).statement
