"""Which withheld numbers of organisations below the printed numbers of the one above give away."""

from collections.abc import Collection

from sqlalchemy import case, select

from compliance.db import db
from compliance.models import Publication, SignOff, Statement
from compliance.rules.suppression import COLUMNS, TOTAL, Cell, given_away
from compliance.statements.numbers import Shown, name_of
from compliance.statements.returns import Tree
from reports.statement import from_json

WITHHELD = '"kind":"suppressed"'


def worked_out_below(tree: Tree, period_id: int, shown: Shown) -> tuple[str, ...]:
    """What anyone could work out by taking what the others below published from what is printed here.

    Only where everybody who sent a return has published: somebody who has not hides the difference. What
    others add, such as the organisation above, is taken for known. One query, none where nobody sent any.
    """
    names = {row.id: row.name for row in tree.sent}
    published = newest_snapshots(names, period_id) if names else {}
    if set(published) != set(names):
        return ()
    withheld = {names[one]: withheld_in(text) for one, text in published.items() if text}
    printed = set(shown.numbers) - set(shown.withheld)
    return tuple(f"{name_of(cell)} of {name}" for cell, name in given_away(printed, withheld))


def newest_snapshots(organisations: Collection[int], period_id: int) -> dict[int, str | None]:
    """Who has published for a period, with the newest snapshot where that withholds a number."""
    rows = db.session.execute(
        select(
            Statement.organisation_id,
            case((SignOff.snapshot.contains(WITHHELD, autoescape=True), SignOff.snapshot)),
        )
        .join(SignOff, SignOff.statement_id == Statement.id)
        .join(Publication, Publication.statement_id == Statement.id)
        .where(Statement.organisation_id.in_(organisations), Statement.period_id == period_id)
        .order_by(Publication.id)
    )
    return {organisation: snapshot for organisation, snapshot in rows}  # noqa: C416  (two columns)


def withheld_in(snapshot: str) -> frozenset[Cell]:
    """The cells of table 3B, and the numbers beside it, that a statement withholds."""
    table = from_json(snapshot).misconduct
    rows = [(row.key, row) for row in table.rows] + [(TOTAL, table.total)]
    beside = ("cases_reported", "cases_completed", "questionable_practices")
    found = {Cell(one, key) for key, row in rows for one in COLUMNS if getattr(row, one).kind == "suppressed"}
    return frozenset(found | {Cell(one) for one in beside if getattr(table, one).kind == "suppressed"})
