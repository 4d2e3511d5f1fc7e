"""Audit events as people read them: one entry a transaction, with what was before and after in words."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Enum

from compliance.audit import account
from compliance.db import Base
from compliance.models import AuditEvent


@dataclass(frozen=True)
class Change:
    """One part of a record: what it was and what it became; text, a date, a moment, or None for nothing."""

    part: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Row:
    """One record that changed."""

    seq: int
    what: str
    changes: tuple[Change, ...]

    @property
    def new(self) -> bool:
        """Whether nothing was there before."""
        return all(change.before is None for change in self.changes)


@dataclass(frozen=True)
class Entry:
    """What one transaction did: who, when, why, to what; its rows in the order of the trail."""

    at: datetime
    actor: str
    event: str
    subject: str
    organisation_id: int | None
    rows: tuple[Row, ...]
    # Whose account the subject is, where it is one.
    person: str = ""

    @property
    def numbers(self) -> str:
        """The numbers of its events, like "18,204" or "18,204 to 18,207"."""
        first, last = self.rows[0].seq, self.rows[-1].seq
        return f"{first:,}" if first == last else f"{first:,} to {last:,}"


def entries(events: Iterable[AuditEvent], people: Mapping[str, str]) -> list[Entry]:
    """Events, the newest first, as entries, the newest first; `people` are the names of accounts."""
    together = groupby(events, key=lambda row: (row.at, row.actor, row.event, row.subject))
    return [entry(list(rows)[::-1], people) for _, rows in together]


def entry(events: list[AuditEvent], people: Mapping[str, str]) -> Entry:
    """The events of one transaction, in order, as an entry."""
    first = events[0]
    place = next((row.organisation_id for row in events if row.organisation_id), None)
    rows = tuple(row_of(event) for event in events)
    who = people.get(account(first.actor_id), first.actor) if first.actor_id else first.actor
    person = people.get(first.subject, "")
    return Entry(first.at, who, words_of(first.event), first.subject, place, rows, person)


def words_of(event: str) -> str:
    """A kind of event in words: "decision.recorded" is "Decision: recorded"."""
    noun, _, verb = event.replace("_", " ").partition(".")
    return f"{noun.capitalize()}: {verb}" if verb else noun.capitalize()


def row_of(event: AuditEvent) -> Row:
    """One changed record; its first version says what it began with."""
    table, _, key = event.row.partition(" ")
    told = json.loads(event.change)
    # The place stands beside the entry already; number and version of a record tell nobody anything.
    silent = {"id", "version"}
    if told.get("organisation_id") == [None, event.organisation_id]:
        silent.add("organisation_id")
    changes = tuple(
        Change(part_of(column), value_of(table, column, before), value_of(table, column, after))
        for column, (before, after) in told.items()
        if column not in silent and before != after
    )
    return Row(event.seq, f"{table.replace('_', ' ').capitalize()} {key}", changes)


def part_of(column: str) -> str:
    """A column in words."""
    words = column.removesuffix("_id").replace("_", " ").capitalize()
    return f"{words} (number)" if column.endswith("_id") else words


def value_of(table: str, column: str, value: Any) -> Any:
    """A stored value as it may be shown: a term by its label, a date as a date, the rest as it stands."""
    stored = Base.metadata.tables[table].columns.get(column) if table in Base.metadata.tables else None
    kind = getattr(stored, "type", None)
    if isinstance(kind, Enum) and kind.enum_class and value in kind.enums:
        return kind.enum_class(value).label  # type: ignore[attr-defined]
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return moment_of(value) if isinstance(value, str) else value


def moment_of(text: str) -> date | datetime | str:
    """A date or a moment when the text is one in ISO form, else the text."""
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            return read(text) if text[:4].isdigit() and text[4:5] == "-" else text
        except ValueError:
            continue
    return text
