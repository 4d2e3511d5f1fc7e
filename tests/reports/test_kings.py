"""King's College London 2024-25 as published: blanks stay apart from zeros in every form of the statement.

Source: its Annual Statement on Research Integrity 2024-2025. Only what is set out here was taken from it.
"""

import csv
import io
import re

import pytest
from docx import Document
from pypdf import PdfReader

from reports.paper import paper
from reports.statement import from_json, to_html, to_json
from reports.statement.docx import to_docx
from reports.statement.files import figures_csv, misconduct_csv
from reports.verify import differences
from tests.source import ROOT

KINGS = ROOT / "tests" / "reports" / "kings.json"


@pytest.fixture(scope="module")
def kings():
    """The snapshot: facts of the published statement, an empty cell as "not provided"."""
    return from_json(KINGS.read_text(encoding="utf-8"))


CASES = "Number of cases 2 0 0 0"
BLANKS = "Fabrication not provided not provided not provided not provided"
NAMED = ("Natasha Awais-Dean", "Serena Mitchell", "Alex Miller Tate", "Shared mailbox")
SUM = "4 not provided not provided not provided"


def plain(text):
    return re.sub(r"\s+", " ", text)


def test_blank_and_zero_stay_apart_in_every_form(kings):
    text = to_json(kings)
    assert from_json(text) == kings
    cells = [cell.kind for row in kings.misconduct.rows for cell in (row.reported, row.formal)]
    assert (cells.count("number"), cells.count("not_provided")) == (3, 13)

    made = paper(kings)
    printed = plain(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages))
    page = plain(re.sub(r"<span class=\"app-cell-label\">.*?</span>|<[^>]+>", " ", to_html(kings)))
    for form in (printed, page):
        assert CASES in form
        assert BLANKS in form
        assert f"Total {SUM}" in form
        assert "counted apart: not provided" in form
        assert form.index("Steve Large") < form.index("Jeremy Cook")
        assert [form.count(one) for one in NAMED] == [1, 1, 1, 1]
        assert "Confidential liaison not provided" in form, "the source names none, and does not say vacant"
        assert "Vacant" not in form
    assert "1 September 2024 to 31 August 2025" in printed
    assert "governing body (DD/MM/YY) not provided" in printed
    assert "Not yet" not in printed
    assert list(differences(made)) == []

    rows = list(csv.reader(io.StringIO(misconduct_csv(kings))))
    assert [rows[1][2:], rows[2][2:], rows[-1][2:]] == [
        ["2", "0", "0", "0"],
        ["not provided"] * 4,
        ["4", *["not provided"] * 3],
    ]
    tables = Document(io.BytesIO(to_docx(kings))).tables
    table = next(one for one in tables if one.cell(0, 0).text == "Type of allegation")
    assert [
        [cell.text for cell in row.cells][1:] for row in (table.rows[1], table.rows[2], table.rows[-1])
    ] == [
        ["2", "0", "0", "0"],
        ["not provided"] * 4,
        ["4", *["not provided"] * 3],
    ]


def test_the_figures_are_the_same_in_all_five_forms(example, documents):
    data = from_json(to_json(example))
    printed = plain(" ".join(page.extract_text() for page in PdfReader(documents["government"]).pages))
    page = plain(re.sub(r"<[^>]+>", " ", to_html(example)))
    rows = {line["key"]: line for line in csv.DictReader(io.StringIO(figures_csv(example)))}
    copy = to_docx(example)
    drawn = Document(io.BytesIO(copy)).tables
    definitions = next(one for one in drawn if one.cell(0, 0).text == "Mark")
    glossary = {f"{line.cells[0].text} {line.cells[1].text}": line.cells[3].text for line in definitions.rows}
    assert copy == to_docx(example)
    for figure in data.figures:
        assert rows[figure.key]["value"] == figure.value.text
        assert glossary[f"{data.mark(figure.key)} {figure.title}"] == figure.value.text
        last = figure.previous.text if figure.previous else "none"
        assert re.search(
            rf"Records: {len(figure.references)}(?:, as none is named)?\. {figure.value.text} {last}", printed
        )
        assert re.search(rf"{figure.title}.*?This year {figure.value.text}", page)
