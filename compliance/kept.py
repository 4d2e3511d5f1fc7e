"""What takes a while to count, kept by a worker until anything is recorded.

Every write leaves an event in a chain of hashes, so its head stands for all that was ever recorded. While it
is the same, and the day is, what is counted afresh would be the same.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from sqlalchemy import ScalarSelect, select

from compliance import clock
from compliance.models import AuditEvent

T = TypeVar("T")


def recorded() -> ScalarSelect[str]:
    """The hash of the last event, for a statement that finds out something else too."""
    return select(AuditEvent.hash).order_by(AuditEvent.seq.desc()).limit(1).scalar_subquery()


class Kept(Generic[T]):
    """What was made since the last write of today, at most so many; the oldest make room."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.since: Hashable = None
        self.held: OrderedDict[Hashable, T] = OrderedDict()

    def of(self, head: str | None, key: Hashable, make: Callable[[], T]) -> T:
        """What is kept of a key, or else what `make` gives.

        `head` is `recorded`, read before the records: what is recorded in between makes the next one count
        again. The key names everything besides the records that decides what is made.
        """
        if self.since != (head, clock.today()):
            self.held.clear()
            self.since = (head, clock.today())
        if key not in self.held:
            self.held[key] = make()
            if len(self.held) > self.most:
                self.held.popitem(last=False)
        return self.held[key]
