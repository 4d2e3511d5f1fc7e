"""Which withheld numbers follow from what the organisations above and below have published together."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import case, exists, select

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


def worked_out_below(tree: Tree, period_id: int, shown: Shown) -> tuple[str, ...]:
    """What anyone could work out by taking what the others below published from what is printed here.

    Only where everybody who sent a return has published: somebody who has not hides the difference. What
    others add, such as the organisation above, is taken for known. One query, none where nobody sent any.
    """
    names = {row.code: row.name for row in tree.sent}
    published = apart(published_in, tuple(names), period_id) if names else {}
    return together(set(shown.numbers) - set(shown.withheld), names, published)


def worked_out_above(draft: Draft, name: str, shown: Shown) -> tuple[str, ...]:
    """What anyone could work out from the statements above, once this one is public as well.

    As above, only where everybody else whose return was counted there has published. One query, and two more
    where an organisation above has published.
    """
    found: list[str] = []
    for above in apart(published_above, draft.organisation.id, draft.basis.year):
        names = {row["code"]: row["organisation"] for row in above["returns"] if row["state"] == "sent"}
        published = dict(apart(published_in, tuple(names), draft.period.id))
        names[draft.organisation.code] = name
        published[draft.organisation.code] = frozenset(shown.withheld)
        printed = set(shown.numbers) - withheld_in(above["misconduct"])
        found += together(printed, names, published)
    return tuple(dict.fromkeys(found))


def together(
    printed: Collection[Cell], names: Mapping[str, str], published: Mapping[str, Collection[Cell]]
) -> tuple[str, ...]:
    """The numbers that follow, in words; none while one of the named has not published."""
    if set(published) != set(names):
        return ()
    withheld = {names[code]: cells for code, cells in published.items()}
    return tuple(f"{name_of(cell)} of {name}" for cell, name in given_away(printed, withheld))


def published_in(codes: Collection[str], period_id: int) -> dict[str, frozenset[Cell]]:
    """What the newest statement of each that has published for a period withholds."""
    rows = db.session.execute(
        select(
            Organisation.code,
            case((SignOff.snapshot.contains(WITHHELD, autoescape=True), SignOff.snapshot)),
        )
        .join(Statement, Statement.organisation_id == Organisation.id)
        .join(SignOff, SignOff.statement_id == Statement.id)
        .join(Publication, Publication.statement_id == Statement.id)
        .where(Organisation.code.in_(codes), Statement.period_id == period_id)
        .order_by(Publication.id)
    )
    newest: dict[str, str | None] = {code: snapshot for code, snapshot in rows}  # noqa: C416  (two columns)
    return {
        code: withheld_in(json.loads(text)["misconduct"]) if text else frozenset()
        for code, text in newest.items()
    }


def published_above(here: int, year: Year) -> list[dict[str, Any]]:
    """The newest published snapshot of each organisation above one for a period, as plain data."""
    rows = db.session.execute(
        select(Statement.organisation_id, SignOff.snapshot)
        .join(SignOff, SignOff.statement_id == Statement.id)
        .where(
            Statement.organisation_id.in_(organisations_above(here, year.ends_on)),
            Statement.organisation_id != here,
            Statement.period_id == year.id,
            exists().where(Publication.statement_id == Statement.id),
        )
        .order_by(SignOff.id)
    )
    newest = {above: snapshot for above, snapshot in rows}  # noqa: C416  (two columns)
    return [json.loads(snapshot) for snapshot in newest.values()]


def withheld_in(content: dict[str, Any]) -> frozenset[Cell]:
    """The cells of table 3B, and the numbers beside it, that a statement withholds."""
    table = Misconduct.model_validate_json(json.dumps(content))
    rows = [(row.key, row) for row in table.rows] + [(TOTAL, table.total)]
    beside = ("cases_reported", "cases_completed", "questionable_practices")
    found = {Cell(one, key) for key, row in rows for one in COLUMNS if getattr(row, one).kind == "suppressed"}
    return frozenset(found | {Cell(one) for one in beside if getattr(table, one).kind == "suppressed"})
