"""The content of a statement apart from the formalities of approving, signing and publishing it."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from typing import NamedTuple

from pydantic import BaseModel

from reports.pages import day
from reports.statement.count import NotProvided, Number, Ratio, Suppressed
from reports.statement.model import (
    ApprovalsByBody,
    DecisionRow,
    ProjectRow,
    Statement,
    fingerprint,
    from_json,
)

# All that may differ between what the board approved and what is signed of it: what approving and signing
# themselves add (`approval`, `signature`, `chain`, `state`, `version`, `marking`, `blockers`), the moment at
# which the same figures were counted again (`as_at`), and the day of publication (`published_on`).
FORMALITIES = frozenset(
    {
        "approval",
        "as_at",
        "blockers",
        "chain",
        "marking",
        "published_on",
        "signature",
        "state",
        "version",
    }
)


def content_fingerprint(statement: Statement) -> str:
    """SHA-256 of everything but the formalities: the same for a draft and for what is signed of it."""
    content = statement.model_dump(mode="json", exclude=set(FORMALITIES))
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def still_says(statement: Statement, snapshot: str, sha256: str) -> bool:
    """Whether a snapshot bears this SHA-256, and the statement differs from it in formalities alone."""
    if fingerprint(snapshot) != sha256:
        return False
    return content_fingerprint(from_json(snapshot)) == content_fingerprint(statement)


# What has fields of its own.
Row = BaseModel | ApprovalsByBody | DecisionRow | ProjectRow
# What a field is called where its own name would puzzle.
NAMES = {"headlines": "Figures in short", "lede": "In short", "quality": "Counting and verification"}


class Change(NamedTuple):
    """One place of the document where two versions differ, each in words."""

    place: str
    before: str
    after: str


def changes(before: Statement, after: Statement) -> tuple[Change, ...]:
    """Every place of the content where two versions differ, in the order of the document.

    Never empty for two versions whose fingerprints differ: each field that is no formality is compared.
    """
    found: list[Change] = []
    for name in Statement.model_fields:
        was, now = getattr(before, name), getattr(after, name)
        if name in FORMALITIES or was == now:
            continue
        old, new = dict(numbered(leaves(was, named(name)))), dict(numbered(leaves(now, named(name))))
        differing = [
            Change(place, old.get(place, "not there"), new.get(place, "not there"))
            for place in dict.fromkeys((*old, *new))
            if old.get(place) != new.get(place)
        ]
        found += differing or [Change(named(name), "in one order", "in another order")]
    return tuple(found)


def named(field: str) -> str:
    """The name of a field in words."""
    return NAMES.get(field, field.replace("_", " ").capitalize())


def numbered(places: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The same places, told apart where two bear one name."""
    seen: dict[str, int] = {}
    for place, words in places:
        seen[place] = seen.get(place, 0) + 1
        yield (place if seen[place] == 1 else f"{place} ({seen[place]})"), words


def leaves(value: object, place: str) -> Iterator[tuple[str, str]]:
    """Every single thing that is said at a place, with the words of it."""
    if isinstance(value, Number | NotProvided | Suppressed | Ratio):
        yield place, value_in_words(value)
    elif isinstance(value, Row):
        for name, said in said_by(value):
            yield from leaves(said, place_in(value, name, place))
    elif isinstance(value, tuple) and any(isinstance(row, Row) for row in value):
        for row in value:
            yield from leaves(row, place_of(row, place))
    else:
        yield place, plain(value)


def said_by(row: Row) -> Iterator[tuple[str, object]]:
    """The fields of a row by name, with what each says."""
    names = type(row).model_fields if isinstance(row, BaseModel) else [field.name for field in fields(row)]
    for name in names:
        yield name, getattr(row, name)


def place_of(row: Row, place: str) -> str:
    """What a row is called: by its title, label or name, with its reference where it has one."""
    known = {name: str(value) for name, value in said_by(row) if value is not None}
    title = next((known[name] for name in ("title", "label", "organisation", "body") if name in known), "")
    if "number" in known:
        return f"{'Section' if 'text' in known else 'Commitment'} {known['number']}, {title}"
    if "role" in known:
        return f"{place}: {named(known['role']).lower()}"
    if "formal" in known:
        return f"Misconduct: {title}"
    reference = next((f" ({known[name]})" for name in ("reference", "code") if name in known), "")
    promise = "Promise: " if "promised" in known else ""
    return f"{promise}{title}{reference}" if title else place


def place_in(row: Row, name: str, place: str) -> str:
    """Where a field of a row stands; what the row is about goes by the name of the row alone."""
    own = name == "value" or (name == "text" and hasattr(row, "number"))
    return place if own else f"{place}: {named(name).lower()}"


def value_in_words(value: Number | NotProvided | Suppressed | Ratio) -> str:
    """As printed, with the reason of what is not."""
    if isinstance(value, Ratio):
        return f"{value_in_words(value.part)} of {value_in_words(value.whole)}"
    reason = "" if isinstance(value, Number) else value.reason
    return f"{value.text} ({reason})" if reason else value.text


def plain(value: object) -> str:
    """One value in words."""
    if value is None or value in ("", ()):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return day(value)
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)
