"""The preview of a statement, kept by a worker until anything is recorded: to count again takes a while.

Every write leaves an event in a chain of hashes, so its head stands for all that was ever recorded. While
it is the same, and the day is, a preview counted afresh would say the same; this one says when it counted.
"""

from collections import OrderedDict
from datetime import date
from typing import NamedTuple

from compliance import audit, clock
from compliance.db import db
from compliance.models import Statement
from compliance.statements.queries import document_of
from reports.statement import model, to_article

MOST = 20


class Preview(NamedTuple):
    """What the page says of the statement around it, and the statement as readers will see it."""

    organisation: model.Organisation
    period: model.Period
    state: str
    layout: str
    article: str


KEPT: OrderedDict[tuple[str, date, str, int, str | None], Preview] = OrderedDict()


def preview_of(statement: Statement, layout: str | None, *, site: str) -> Preview:
    """The statement in a layout, from the records as they stand; raises NotFound as `document_of` does."""
    # The head is read before the records: what is recorded in between makes the next preview count again.
    _, head = audit.head(db.session.connection())
    key = (head, clock.today(), site, statement.id, layout)
    if key not in KEPT:
        KEPT[key] = made(statement, layout, site=site)
        while len(KEPT) > MOST:
            KEPT.popitem(last=False)
    return KEPT[key]


def made(statement: Statement, layout: str | None, *, site: str) -> Preview:
    """The preview, counted and drawn."""
    document = document_of(statement, site=site, layout=layout)
    published = statement.publication
    article = to_article(document, clock.day_of(published.published_at) if published else None)
    return Preview(document.organisation, document.period, document.state, document.layout, article)
