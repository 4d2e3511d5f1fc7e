"""Where the lines of a document end: not within a date, nor between a word and the number that it announces."""

import re
from calendar import month_name
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from reports.pages import unbroken
from reports.statement import to_json
from tests.reports.conftest import run

MONTHS = "|".join(filter(None, month_name))
TORN = re.compile(rf"\d\s*\n(?:{MONTHS})\b|\b(?:{MONTHS})\s*\n\d{{4}}\b|\bp\.\s*\n\d|Records:\s*\n\d")
# Fills the first line of its cell: with the space behind it, the line is a little too short for it.
TITLE = "Dog theft: what owners report and when"


def torn(text: str) -> Iterator[str]:
    """What a page tears apart."""
    return (found[0] for found in TORN.finditer(text))


def pages(path: Path) -> str:
    """The words of all pages."""
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


@pytest.mark.parametrize("name", ["government", "rics", "draft"])
def test_no_date_and_no_number_of_a_page_is_torn_apart(documents, name):
    assert list(torn(pages(documents[name]))) == []


@pytest.mark.parametrize(
    "text", ["Published 3\nMay 2025", "18 December\n2025", "(25-C12-E3, p.\n6)", "Records:\n0."]
)
def test_what_is_torn_apart_is_found_and_joined_words_cannot_be(text):
    assert list(torn(text))
    assert " " not in unbroken(text.replace("\n", " ")).removeprefix("Published ").removeprefix(
        "(25-C12-E3, "
    )


def test_words_that_only_look_like_a_date_may_part():
    assert unbroken("of 12 Mayors, 3 Marchers and a p.m. 4") == "of 12 Mayors, 3 Marchers and a p.m. 4"


def test_a_title_that_fills_its_line_is_not_broken_after_its_first_word(example, tmp_path):
    first, *others = example.projects
    made = example.model_copy(update={"projects": (replace(first, title=TITLE), *others)})
    (tmp_path / "dog.json").write_text(to_json(made), encoding="utf-8")
    assert run("statement", str(tmp_path / "dog.json"), str(tmp_path / "dog.pdf")).returncode == 0
    assert f"Dog theft: what owners report and\nwhen ({first.reference})" in pages(tmp_path / "dog.pdf")
