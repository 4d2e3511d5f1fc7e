"""The preview of a statement, kept by a worker until anything is recorded: to count again takes a while."""

from typing import NamedTuple

from sqlalchemy import select

from compliance import clock
from compliance.db import db
from compliance.kept import Kept, recorded
from compliance.models import Statement
from compliance.statements.queries import document_of
from reports.statement import model, to_article


class Preview(NamedTuple):
    """What the page says of the statement around it, and the statement as readers will see it."""

    organisation: model.Organisation
    period: model.Period
    state: str
    layout: str
    article: str


PREVIEWS: Kept[Preview] = Kept(most=20)


def preview_of(statement: Statement, layout: str | None, *, site: str) -> Preview:
    """The statement in a layout, from the records as they stand; raises NotFound as `document_of` does.

    It says when it was counted, which may be earlier today.
    """
    head = db.session.scalar(select(recorded()))
    return PREVIEWS.of(head, (site, statement.id, layout), lambda: made(statement, layout, site=site))


def made(statement: Statement, layout: str | None, *, site: str) -> Preview:
    """The preview, counted and drawn."""
    document = document_of(statement, site=site, layout=layout)
    published = statement.publication
    article = to_article(document, clock.day_of(published.published_at) if published else None)
    return Preview(document.organisation, document.period, document.state, document.layout, article)
