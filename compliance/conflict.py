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
    """The record changed since the form was drawn; carries what differs and who changed it."""

    def __init__(self, differences: tuple[Difference, ...] = (), changed_by: str = "") -> None:
        super().__init__("changed meanwhile")
        self.differences = differences
        self.changed_by = changed_by


def refuse_stale(row: Any, seen: int) -> None:
    """Raise Conflict when the row is not the version that the person saw; call in the transaction."""
    if row.version != seen:
        raise Conflict
