"""What a statement says: one document by a published schema, the same bytes for the same content, a page that is valid."""

import json
import random

import pytest
from pydantic import ValidationError

from reports.statement import charts, fingerprint, from_json, front, schema, to_html, to_json, to_print
from reports.statement.annexes import behind
from reports.statement.count import NotProvided, Number, Ratio, Suppressed
from reports.statement.model import Figure
from tests.pages import faults, heading_gaps, parse
from tests.reports.conftest import EXAMPLE
from tests.source import ROOT
from tests.validity import violations


def shuffled(value):
    """The same JSON with its keys in another order."""
    if isinstance(value, dict):
        keys = list(value)
        random.Random(7).shuffle(keys)  # noqa: S311
        return {key: shuffled(value[key]) for key in keys}
    return [shuffled(one) for one in value] if isinstance(value, list) else value


def test_a_statement_read_back_is_the_same(example):
    assert from_json(to_json(example)) == example


def test_the_same_content_always_has_the_same_bytes(example):
    text = to_json(example)
    assert to_json(from_json(text)) == text
    assert to_json(from_json(json.dumps(shuffled(json.loads(text)), indent=2))) == text
    assert fingerprint(text) == fingerprint(to_json(from_json(text)))


WORDS = '\x7f\u2028é😀"\\\t and a number of more than 64 bits'


@pytest.mark.parametrize("number", [0, 2**63, 2**70])
def test_its_bytes_are_those_of_the_canonical_form_whatever_library_writes_them(example, number):
    content = {**json.loads(to_json(example)), "lede": WORDS}
    next(row for row in content["figures"] if row["value"]["kind"] == "number")["value"]["value"] = number
    for given in (content, shuffled(content)):
        text = to_json(from_json(json.dumps(given)))
        assert text == json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def test_other_content_has_another_fingerprint(example):
    changed = example.model_copy(update={"lede": example.lede + "."})
    assert fingerprint(to_json(changed)) != fingerprint(to_json(example))


def test_a_copy_with_other_words_has_json_of_its_own(example):
    written = to_json(example)
    assert json.loads(to_json(example.model_copy(update={"lede": "Other words."})))["lede"] == "Other words."
    assert to_json(example) == written


def test_the_published_schema_is_that_of_the_code():
    assert (ROOT / "reports" / "statement" / "schema.json").read_text("utf-8") == schema(), (
        "run: python -m reports schema > reports/statement/schema.json"
    )


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("surprise",), 1),
        (("layout",), "newspaper"),
        (("schema_version",), 2),
        (("as_at",), "2026-07-24T09:00:00"),
        (("period", "ends_on"), "yesterday"),
        (("figures", 0, "value"), {"kind": "number", "value": -1}),
        (("figures", 0, "value"), {"kind": "number", "value": "12"}),
        (("figures", 0, "value"), {"kind": "suppressed", "reason": ""}),
        (("requirements", 0, "standing"), "nearly_met"),
    ],
)
def test_what_the_schema_does_not_allow_is_refused_with_its_place(place, value):
    content = json.loads(EXAMPLE.read_text("utf-8"))
    holder = content
    for step in place[:-1]:
        holder = holder[step]
    holder[place[-1]] = value
    with pytest.raises(ValidationError) as refused:
        from_json(json.dumps(content))
    assert refused.value.errors()[0]["loc"][0] == place[0]


def test_a_statement_cannot_be_changed(example):
    with pytest.raises(ValidationError, match="frozen"):
        example.lede = "Everything is met."


@pytest.mark.parametrize("name", ["government", "rics", "draft"])
def test_the_page_and_the_printed_page_are_valid(variants, name):
    page, printed = to_html(variants[name]), to_print(variants[name])
    # The name of the service ends the titles of its own pages; a document is nobody's page.
    assert [fault for fault in faults(page) if "name of the service" not in fault] == []
    root, errors = parse(printed)
    assert errors + violations(printed) + heading_gaps(root) == []


@pytest.mark.parametrize("name", ["government", "rics", "draft"])
def test_the_page_says_what_the_document_says(variants, name):
    statement = variants[name]
    for html in (to_html(statement), to_print(statement)):
        for words in (
            statement.organisation.name,
            statement.requirements[0].code,
            statement.projects[0].reference,
        ):
            assert words in html


def test_what_somebody_typed_stays_text(example):
    typed = "<script>alert(1)</script>"
    section = example.sections[0].model_copy(update={"text": typed})
    changed = example.model_copy(update={"sections": (section, *example.sections[1:]), "lede": typed})
    for html in (to_html(changed), to_print(changed)):
        assert typed not in html
        assert "&lt;script&gt;" in html


def test_a_zero_a_blank_and_a_withheld_figure_never_look_alike(example):
    counts = [
        {"kind": "number", "value": 0},
        {"kind": "not_provided", "reason": "no return"},
        {"kind": "suppressed", "reason": "fewer than five"},
    ]
    content = json.loads(to_json(example))
    texts = []
    for count in counts:
        content["figures"][0]["value"] = count
        texts.append(from_json(json.dumps(content)).figures[0].value.text)
    assert len(set(texts)) == 3
    assert texts[0] == "0"


def places(value, path=()):
    """Every place in a document where something else could stand; of a list, its first entry."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from places(one, (*path, key))
    elif isinstance(value, list):
        yield path
        yield from places(value[0], (*path, 0)) if value else ()
    else:
        yield path


def with_other(content, path, value):
    """A copy of the document with something else in one place."""
    copy = json.loads(json.dumps(content))
    holder = copy
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    return json.dumps(copy)


def test_whatever_the_schema_allows_can_be_shown(example):
    content, shown = json.loads(to_json(example)), 0
    for path in places(content):
        for value in ("x", "", [], None, 0):
            try:
                statement = from_json(with_other(content, path, value))
            except ValidationError:
                continue
            assert to_html(statement).startswith("<!DOCTYPE html>"), (path, value)
            shown += 1
    assert shown > 100


@pytest.mark.parametrize("unjudged", [False, True])
def test_what_is_not_assessed_has_its_sign_in_the_key_where_there_is_any(example, unjudged):
    first, *others = example.requirements
    standing = {"standing": "not_assessed"} if unjudged else {}
    tally = {"not_assessed": int(unjudged)}
    head, *rest = example.commitments
    made = example.model_copy(
        update={
            "requirements": (first.model_copy(update=standing), *others),
            "commitments": (
                head.model_copy(update={"tally": head.tally.model_copy(update=tally)}),
                *rest,
            ),
        }
    )
    signs = [row.cells[0][0][0].text for row in front.key(made)[1].rows]
    assert ("Not assessed" in signs) is unjudged
    assert ("to judge" in charts.standing(made.commitments).words) is unjudged


@pytest.mark.parametrize(
    ("value", "references", "told"),
    [
        (Number(value=4), (), "Records: 0, as none is named"),
        (Suppressed(reason="small", below=5), (), "Records: 0, as none is named"),
        (Number(value=0), (), "Records: 0"),
        (Ratio(part=Number(value=0), whole=Number(value=0)), (), "Records: 0"),
        (NotProvided(), (), "Records: 0"),
        (Number(value=2), ("PRJ-0001", "PRJ-0002"), "Records: 2"),
    ],
)
def test_records_that_are_not_named_are_told_from_none(value, references, told):
    figure = Figure(key="x", title="X", definition="What it counts.", value=value, references=references)
    assert behind(figure) == told
