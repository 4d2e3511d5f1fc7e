"""What a change between two versions is told as: whatever the fingerprint covers, and no formality."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError

from reports.statement import Statement, content_fingerprint, fingerprint, from_json, still_says, to_json
from reports.statement.content import FORMALITIES, changes

Path = tuple[str | int, ...]


def leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    """The way to every single value."""
    if isinstance(value, dict | list) and value:
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(part, (*path, key))
    else:
        yield path


def altered(text: str, path: Path) -> Statement | None:
    """The statement with one value changed; None where no other value fits."""
    for another in (
        "other",
        7,
        4,
        "2025-01-02",
        True,
        False,
        "met",
        "not_met",
        "done",
        "conditions_open",
        None,
    ):
        data = json.loads(text)
        place = data
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = another
        try:
            made = from_json(json.dumps(data))
        except ValidationError:
            continue
        if made != from_json(text):
            return made
    return None


def test_every_single_value_is_told_or_a_formality(example):
    text, tried = to_json(example), set()
    for path in leaves(json.loads(text)):
        shape = tuple("row" if isinstance(key, int) else key for key in path)
        if shape in tried or (made := altered(text, path)) is None:
            continue
        tried.add(shape)
        told = changes(example, made)
        if path[0] in FORMALITIES:
            assert told == (), path
            assert content_fingerprint(made) == content_fingerprint(example)
        else:
            assert told, path
            assert all(row.before != row.after for row in told)
            assert content_fingerprint(made) != content_fingerprint(example)
    filled = {name for name in Statement.model_fields if getattr(example, name) not in (None, ())}
    assert {shape[0] for shape in tried} >= filled - FORMALITIES - {"schema_version", "layout"}


@pytest.mark.parametrize(
    ("field", "place"),
    [
        ("lede", "In short"),
        ("quality", "Counting and verification"),
        ("address", "Address"),
        ("replaces", "Replaces"),
    ],
)
def test_what_the_list_once_left_out_is_told(example, field, place):
    other = ("Other.",) if field == "quality" else "Other"
    (told,) = changes(example, example.model_copy(update={field: other}))
    assert (told.place, told.after) == (place, "Other." if field == "quality" else "Other")


def test_a_figure_is_told_by_its_title_and_a_contact_by_its_role(example):
    data = json.loads(to_json(example))
    data["contacts"][0]["person"] = "Somebody Else"
    data["misconduct"]["questionable_practices"] = {"kind": "number", "value": 99}
    told = {row.place: row.after for row in changes(example, from_json(json.dumps(data)))}
    assert told == {
        f"Contacts: {example.contacts[0].role.replace('_', ' ')}: person": "Somebody Else",
        "Misconduct: questionable practices": "99",
    }


def test_a_row_of_the_register_is_told_by_its_title_and_what_changed_in_it(example):
    first = example.projects[0]
    others = (replace(first, ethics="Missing"), *example.projects[1:])
    (told,) = changes(example, example.model_copy(update={"projects": others}))
    assert told == (f"{first.title} ({first.reference}): ethics", first.ethics, "Missing")


def test_rows_in_another_order_are_told(example):
    turned = example.model_copy(update={"requirements": example.requirements[::-1]})
    assert changes(example, turned)


def test_a_snapshot_counts_only_under_its_own_sha256(example):
    snapshot = to_json(example)
    signed = example.model_copy(update={"version": "Version 1.0, 1 July 2026", "signature": None})
    assert still_says(signed, snapshot, fingerprint(snapshot))
    assert not still_says(signed, snapshot, "f" * 64)
    moved = example.model_copy(update={"address": "https://elsewhere.example"})
    assert not still_says(moved, snapshot, fingerprint(snapshot))
