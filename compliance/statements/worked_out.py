"""Which withheld numbers follow from what the organisations above and below have published together."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, case, or_, select

from compliance.access import organisations_above
from compliance.db import db
from compliance.models import Organisation, Publication, SignOff, Statement
from compliance.reads import apart
from compliance.rules.suppression import COLUMNS, TOTAL, Cell, given_away
from compliance.statements.basis import Year
from compliance.statements.draft import Draft
from compliance.statements.numbers import Shown, name_of
from compliance.statements.returns import Tree
from reports.statement.model import Misconduct

WITHHELD = '"kind":"suppressed"'
WITHHOLDS = SignOff.snapshot.contains(WITHHELD, autoescape=True)
# What organisations withhold, by code; and what those above published, as plain data.
Around = tuple[dict[str, frozenset[Cell]], list[dict[str, Any]]]


def worked_out_below(tree: Tree, around: Around, shown: Shown) -> tuple[str, ...]:
    """What anyone could work out by taking what the others below published from what is printed here.

    Only where everybody who sent a return has published: somebody who has not hides the difference. What
    others add, such as the organisation above, is taken for known. `around` is what they published.
    """
    names = {row.code: row.name for row in tree.sent}
    return together(set(shown.numbers) - set(shown.withheld), names, around[0])


def worked_out_above(draft: Draft, tree: Tree, around: Around, shown: Shown) -> tuple[str, ...]:
    """What anyone could work out from the statements above, once this one is public as well.

    As above, only where everybody else whose return was counted there has published. One query more for each
    organisation above that has published.
    """
    found: list[str] = []
    for above in around[1]:
        names = {row["code"]: row["organisation"] for row in above["returns"] if row["state"] == "sent"}
        published = dict(apart(published_in, tuple(names), draft.period.id))
        names[draft.organisation.code] = tree.root.name
        published[draft.organisation.code] = frozenset(shown.withheld)
        printed = set(shown.numbers) - withheld_in(above["misconduct"])
        found += together(printed, names, published)
    return tuple(dict.fromkeys(found))


def around_of(draft: Draft, tree: Tree) -> Around:
    """What those published whose return is counted here, and those above."""
    codes = tuple(row.code for row in tree.sent)
    return apart(published_around, draft.organisation.id, codes, draft.basis.year)


def together(
    printed: Collection[Cell], names: Mapping[str, str], published: Mapping[str, Collection[Cell]]
) -> tuple[str, ...]:
    """The numbers that follow, in words; none while one of the named has not published."""
    if set(published) != set(names):
        return ()
    withheld = {names[code]: cells for code, cells in published.items()}
    return tuple(f"{name_of(cell)} of {name}" for cell, name in given_away(printed, withheld))


def published_in(codes: Collection[str], period_id: int) -> dict[str, frozenset[Cell]]:
    """What the newest statement of each that has published for a period withholds; one query."""
    return withheld_by(published(period_id, Organisation.code.in_(codes), WITHHOLDS))


def published_around(here: int, codes: Collection[str], year: Year) -> Around:
    """The same of some organisations, and the newest published snapshots of those above one; one query."""
    above = and_(Organisation.id.in_(organisations_above(here, year.ends_on)), Organisation.id != here)
    mine = Organisation.code.in_(codes)
    rows = published(year.id, or_(mine, above), or_(above, WITHHOLDS))
    higher = {code: snapshot for code, snapshot in rows.items() if code not in codes}
    return (
        withheld_by({code: snapshot for code, snapshot in rows.items() if code in codes}),
        [json.loads(snapshot) for snapshot in higher.values() if snapshot],
    )


def published(
    period_id: int, whose: ColumnElement[bool], whole: ColumnElement[bool]
) -> dict[str, str | None]:
    """The newest published snapshot of some organisations for a period, by code; None where not wanted."""
    rows = db.session.execute(
        select(Organisation.code, case((whole, SignOff.snapshot)))
        .join(Statement, Statement.organisation_id == Organisation.id)
        .join(SignOff, SignOff.statement_id == Statement.id)
        .join(Publication, Publication.statement_id == Statement.id)
        .where(whose, Statement.period_id == period_id)
        .order_by(Publication.id)
    )
    return {code: snapshot for code, snapshot in rows}  # noqa: C416  (two columns)


def withheld_by(snapshots: Mapping[str, str | None]) -> dict[str, frozenset[Cell]]:
    """What each statement withholds."""
    return {
        code: withheld_in(json.loads(text)["misconduct"]) if text else frozenset()
        for code, text in snapshots.items()
    }


def withheld_in(content: dict[str, Any]) -> frozenset[Cell]:
    """The cells of table 3B, and the numbers beside it, that a statement withholds."""
    table = Misconduct.model_validate_json(json.dumps(content))
    rows = [(row.key, row) for row in table.rows] + [(TOTAL, table.total)]
    beside = ("cases_reported", "cases_completed", "questionable_practices")
    found = {Cell(one, key) for key, row in rows for one in COLUMNS if getattr(row, one).kind == "suppressed"}
    return frozenset(found | {Cell(one) for one in beside if getattr(table, one).kind == "suppressed"})
