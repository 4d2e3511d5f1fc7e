"""Two people edited the same thing: the second sees both versions and chooses."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Difference:
    """One part of a record that the two versions have in different words."""

    label: str
    theirs: str
    yours: str


class Conflict(Exception):
    """The record changed since the form was drawn; carries what differs, who changed it, its version now.

    Where no version is known, what was entered cannot be saved over it: the record has to be read anew.
    """

    def __init__(
        self,
        differences: tuple[Difference, ...] | None = None,
        changed_by: str = "",
        current: int | None = None,
    ) -> None:
        super().__init__("changed meanwhile")
        self.differences = differences
        self.changed_by = changed_by
        self.current = current

    def showing(self, differences: tuple[Difference, ...]) -> "Conflict":
        """The same conflict, with what differs between both versions."""
        return Conflict(differences, self.changed_by, self.current)


def refuse_stale(row: Any, seen: int) -> None:
    """Raise Conflict when the row is not the version that the person saw; call in the transaction."""
    if row.version != seen:
        raise Conflict(current=row.version)
