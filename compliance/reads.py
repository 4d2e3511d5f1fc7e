"""What was read and what was made of it, kept by a worker until an event touches what was read.

The tables are not listed by hand: every statement that is sent to the database while something is made tells
which it names. `Reads` keeps what is made of many statements. Inside of it `apart` keeps a part by itself: it
is made again only when something that this part reads changes. And `by_place` keeps the answer to one
question organisation by organisation, so that a change in one is read there alone.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from threading import RLock
from typing import Any, Generic, ParamSpec, TypeVar

from sqlalchemy import Engine, event

from compliance import clock
from compliance.db import db
from compliance.touched import UNTOLD, Seen, Touch, since, tables_in

T = TypeVar("T")
P = ParamSpec("P")
# So many questions, and so many parts, are kept for each thing that is made of their answers.
QUESTIONS = 12
# Gives what belongs to each of some organisations; nothing for an organisation is None.
Ask = Callable[[list[int]], Mapping[int, Any]]


class Places:
    """The answers to one question, organisation by organisation, and the tables that were read for them."""

    def __init__(self) -> None:
        self.held: dict[int, Any] = {}
        self.old: set[int] = set()
        self.tables: set[str] = set()

    def at(self, places: Iterable[int], ask: Ask) -> dict[int, Any]:
        """The answers for these; what is not known or may have changed is asked for together."""
        wanted = list(places)
        asked = [one for one in wanted if one not in self.held or one in self.old]
        if asked:
            with listening(Making(self.tables)):
                answers = ask(asked)
            self.held.update({one: answers.get(one) for one in asked})
            self.old.difference_update(asked)
        return {one: self.held[one] for one in wanted}

    def touch(self, touches: Iterable[Touch]) -> None:
        """What may have changed is old."""
        for table, place in touches:
            if table in self.tables or UNTOLD in self.tables:
                self.old.update(self.held if place is None else (place,))


@dataclass(frozen=True)
class Making:
    """What has been read for something that is being made: tables, answers by place, parts kept apart."""

    tables: set[str] = field(default_factory=set)
    shares: list[tuple[Hashable, Ask, dict[int, Any]]] = field(default_factory=list)
    parts: list[tuple[Hashable, Callable[[], Any], Any]] = field(default_factory=list)
    by: "Reads[Any] | None" = None

    def holds(self) -> bool:
        """Whether every answer and every part is the same still, asked again where it may have changed."""
        if self.by is None:
            return False
        return all(
            self.by.places_of(question).at(then, ask) == then for question, ask, then in self.shares
        ) and all(self.by.part_of(question, make) == then for question, make, then in self.parts)


# What is kept, with what was read for it, by what it is.
Kept = OrderedDict[Hashable, tuple[Making, Any]]
NOW: ContextVar[Making | None] = ContextVar("making", default=None)


@contextmanager
def listening(making: Making) -> Iterator[None]:
    """What is read in this block is noted there.

    No row that the session holds already takes the place of one that is read, and none stays there: it is put
    aside meanwhile, and rows that outlive the block belong to nobody.
    """
    session, token = db.session(), NOW.set(making)
    held = list(session)
    session.expunge_all()
    try:
        yield
    finally:
        NOW.reset(token)
        session.expunge_all()
        session.add_all(held)


@event.listens_for(Engine, "before_cursor_execute")
def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
    """Note the tables of a statement."""
    if making := NOW.get():
        making.tables.update(tables_in(statement))


class Reads(Generic[T]):
    """What was made today of what was read, at most so many; what was not asked for longest makes room."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.today = clock.today()
        self.seen: Seen | None = None
        self.made: Kept = OrderedDict()
        self.parts: Kept = OrderedDict()
        self.places: OrderedDict[Hashable, Places] = OrderedDict()
        self.lock = RLock()

    def of(self, key: Hashable, make: Callable[[], T], now: Seen | None = None) -> T:
        """What is kept of a key, or else what `make` gives.

        The key names everything besides the records that decides what is made. `make` uses no row that was
        read before it. `now` is the last event, if it was read.
        """
        with self.lock:
            self.look(now)
            found: T = self.held(self.made, self.most, key, make)
            return found

    def part_of(self, question: Hashable, make: Callable[[], Any]) -> Any:
        """What is kept of a part of what is made, or else what `make` gives."""
        return self.held(self.parts, self.most * QUESTIONS, question, make)

    def held(self, kept: Kept, most: int, key: Hashable, make: Callable[[], Any]) -> Any:
        """The same, among those of which at most so many are kept."""
        found = kept.get(key)
        if found is None or not found[0].holds():
            making = Making(by=self)
            with listening(making):
                found = making, make()
            kept[key] = found
        kept.move_to_end(key)
        if len(kept) > most:
            kept.popitem(last=False)
        return found[1]

    def look(self, now: Seen | None = None) -> None:
        """Forget what the events since the last look may have changed; all of it on another day."""
        seen, touches = since(self.seen, now)
        if touches is None or self.today != clock.today():
            self.forget()
            touches = []
        self.seen, self.today = seen, clock.today()
        tables = {one.table for one in touches}
        for kept in (self.made, self.parts):
            for key, (making, _) in list(kept.items()):
                if tables & making.tables or (tables and UNTOLD in making.tables):
                    del kept[key]
        for one in self.places.values():
            one.touch(touches)

    def forget(self) -> None:
        """Begin afresh."""
        self.made.clear()
        self.parts.clear()
        self.places.clear()
        self.seen = None

    def places_of(self, question: Hashable) -> Places:
        """The answers to a question, those that are kept."""
        found = self.places.setdefault(question, Places())
        self.places.move_to_end(question)
        if len(self.places) > self.most * QUESTIONS:
            self.places.popitem(last=False)
        return found


def by_place(read: Callable[..., Mapping[int, T]], places: Iterable[int], *given: Any) -> dict[int, T]:
    """What `read` gives of these organisations, kept where something is made that is kept; None for nothing.

    It reads, for each organisation, rows that belong to it alone. What else it is given decides the rest.
    """

    def ask(asked: list[int]) -> Mapping[int, T]:
        return read(asked, *given)

    making, question = NOW.get(), (read, given)
    if making is None or making.by is None:
        wanted = list(places)
        answers = ask(wanted)
        return {one: answers.get(one) for one in wanted}  # type: ignore[misc]
    found = making.by.places_of(question).at(places, ask)
    making.shares.append((question, ask, found))
    return found


def apart(read: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """What `read` gives, kept by itself where something is made that is kept. It may have parts in turn."""

    def make() -> T:
        return read(*given, **named)

    making, question = NOW.get(), (read, given, *named.items())
    if making is None or making.by is None:
        return make()
    found: T = making.by.part_of(question, make)
    making.parts.append((question, make, found))
    return found
