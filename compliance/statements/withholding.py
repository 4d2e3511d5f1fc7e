"""Small numbers of a statement, decided: each is withheld or printed, many at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from compliance import audit, clock
from compliance.conflict import Conflict
from compliance.db import db, transaction
from compliance.models import CellDecision, Statement, User
from compliance.rules.suppression import AS_PROPOSED, Cell, NewDecision, Why
from compliance.statements.before_board import refuse_signed
from compliance.statements.numbers import Decided, Shown, decided_about, decision_on, name_of


@dataclass(frozen=True)
class Row:
    """A small number: its name, why it is proposed to be withheld, and what was decided about it."""

    cell: Cell
    name: str
    number: int
    why: Why
    made: CellDecision | None

    @property
    def seen(self) -> str:
        """What a person who looks at it has before them: the number and the decision."""
        return f"{self.number}.{self.made.id if self.made else 0}"

    @property
    def own_words(self) -> str:
        """The reason in somebody's own words; empty where it was withheld as proposed."""
        return self.made.reason if self.made and self.made.reason != AS_PROPOSED[self.why] else ""

    @property
    def change(self) -> str:
        """What to say to somebody who decided about what it was before."""
        if self.made is None:
            return f"“{self.name}” is {self.number} now: it changed after you opened the page. Decide again"
        done = "withheld" if self.made.withheld else "printed"
        return (
            f"“{self.name}”: {self.made.decided_by.name} decided meanwhile that it is {done} "
            f"({self.made.reason}). Save again to put your decision in its place"
        )


class Changed(Conflict):
    """Numbers, or decisions about them, changed since they were shown; what to say and show of each."""

    def __init__(self, changes: Mapping[str, tuple[str, str]]) -> None:
        super().__init__()
        self.changes = changes


def rows_of(shown: Shown, decided: Decided) -> tuple[Row, ...]:
    """Every number that is proposed to be withheld."""
    return tuple(
        Row(cell, name_of(cell), shown.numbers[cell], why, decision_on(cell, shown.numbers, decided))
        for cell, why in shown.proposed.items()
    )


def decide(statement: Statement, shown: Shown, given: Mapping[str, NewDecision], *, by: User) -> int:
    """Keep what was decided, all of it or nothing; how many decisions are new.

    Raises RuleBroken, also once the statement is signed, or Changed.
    """
    with transaction():
        audit.record("small_number.decided", subject=statement.reference, by=by)
        refuse_signed(statement)
        new = list(touched(statement, shown, given))
        changes = {row.cell.key: (row.change, row.seen) for row, one in new if one.seen != row.seen}
        if changes:
            raise Changed(changes)
        for row, one in new:
            one.check(row.cell.key, row.name)
            db.session.add(
                CellDecision(
                    statement=statement,
                    cell=row.cell.key,
                    number=row.number,
                    below=shown.below,
                    withheld=one.withheld,
                    reason=one.words(row.why),
                    decided_at=clock.now(),
                    decided_by=by,
                )
            )
    return len(new)


def touched(
    statement: Statement, shown: Shown, given: Mapping[str, NewDecision]
) -> Iterator[tuple[Row, NewDecision]]:
    """The numbers about which somebody says other than what stood before them and than what stands now.

    What they left as it was is not theirs, so that it never undoes what somebody else decided meanwhile.
    """
    query = select(CellDecision).where(CellDecision.statement_id == statement.id)
    history = {str(row.id): row for row in db.session.scalars(query)}
    for row in rows_of(shown, decided_about(statement)):
        if one := given.get(row.cell.key):
            before = history.get(one.seen.partition(".")[2])
            said = (one.withheld, one.words(row.why))
            if said not in [(old.withheld, old.reason) for old in (before, row.made) if old]:
                yield row, one
