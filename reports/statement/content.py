"""The content of a statement apart from the formalities of approving, signing and publishing it."""

import hashlib
import json
from typing import NamedTuple

from reports.statement.model import MisconductRow, RequirementStanding, Statement

# What is added to the same words and figures on their way from draft to publication.
FORMALITIES = frozenset(
    {
        "address",
        "approval",
        "as_at",
        "blockers",
        "chain",
        "contacts",
        "marking",
        "published_on",
        "signature",
        "state",
        "version",
    }
)


def content_fingerprint(statement: Statement) -> str:
    """SHA-256 of the words and figures alone: the same for a draft and for what is signed of it."""
    content = statement.model_dump(mode="json", exclude=set(FORMALITIES))
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class Change(NamedTuple):
    """One place of the document where two versions differ, each in words."""

    place: str
    before: str
    after: str


def changes(before: Statement, after: Statement) -> tuple[Change, ...]:
    """Every place of the content where two versions differ, in the order of the document."""
    old, new = in_words(before), in_words(after)
    places = dict.fromkeys((*old, *new))
    return tuple(
        Change(place, old.get(place, "not there"), new.get(place, "not there"))
        for place in places
        if old.get(place) != new.get(place)
    )


def in_words(statement: Statement) -> dict[str, str]:
    """The content as places with their words."""
    found = {row.title: row.value.text for row in statement.figures}
    found |= {f"Section {row.number}, {row.title}": row.text for row in statement.sections}
    found |= {f"{row.title} ({row.code})": standing_in_words(row) for row in statement.requirements}
    found |= {f"Misconduct: {row.label}": cells(row) for row in statement.misconduct.rows}
    found |= {f"Decisions of {row.body}": f"{row.total} in all" for row in statement.approvals}
    found |= {f"Return of {row.organisation}": row.state.replace("_", " ") for row in statement.returns}
    found |= {
        f"{row.title} ({row.reference})": f"{row.ethics}; protocol: {row.protocol}; results: {row.results}"
        for row in statement.projects
    }
    found["Quality"] = " ".join(statement.quality)
    return found


def standing_in_words(row: RequirementStanding) -> str:
    """How a requirement stands, why, and what is planned."""
    due = f" by {row.fix_due_on}" if row.fix_due_on else ""
    fix = f"; {row.fix}, {row.fix_owner}{due}" if row.fix else ""
    return f"{row.standing.replace('_', ' ')}{': ' if row.note else ''}{row.note}{fix}"


def cells(row: MisconductRow) -> str:
    """The four numbers of a row."""
    return (
        f"{row.reported.text} reported, {row.formal.text} investigated, "
        f"{row.upheld_part.text} upheld in part, {row.upheld_full.text} in full"
    )
