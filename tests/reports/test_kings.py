"""King's College London 2024-25 as published: blanks stay apart from zeros in every form of the statement.

Source: its Annual Statement on Research Integrity 2024-2025. Only what is set out here was taken from it.
"""

import csv
import io
import re
from datetime import date

import pytest
from docx import Document
from pypdf import PdfReader

from reports.paper import paper
from reports.statement import from_json, to_html, to_json
from reports.statement.count import NotProvided, Number, Suppressed
from reports.statement.docx import to_docx
from reports.statement.files import figures_csv, misconduct_csv
from reports.statement.model import Contact, Misconduct, MisconductRow, Organisation, Period, Section
from reports.verify import differences

BLANK = NotProvided(reason="The cell is empty in the published statement")
REPORTED = {"PLA": 2, "OBL": 1, "MIS": 1}


def row(key, label, reported=BLANK, blank=BLANK):
    return MisconductRow(
        key=key, label=label, reported=reported, formal=blank, upheld_part=blank, upheld_full=blank
    )


def lead(person, from_on, until_on):
    return Contact(
        role="senior_lead",
        person=person,
        post="Named senior member of staff",
        email="not-known@kcl.example",
        from_on=from_on,
        until_on=until_on,
    )


@pytest.fixture(scope="module")
def kings(example):
    """The example's frame with King's own period, names and table 3B; 1C left blank as published."""
    rows = []
    for one in example.misconduct.rows:
        number = REPORTED.get(one.key)
        rows.append(row(one.key, one.label, Number(value=number) if number else BLANK))
    cases = row("CASES", "Number of cases", Number(value=2), Number(value=0))
    table = Misconduct(
        rows=tuple(rows),
        total=row("TOTAL", "Total", Number(value=4)),
        local_rows=(cases,),
        cases_reported=Number(value=2),
        cases_completed=Number(value=0),
        questionable_practices=Suppressed(reason="Somebody could be recognised"),
        nil=False,
        notes=("Four allegations: three in one case, one in another.",),
    )
    return example.model_copy(
        update={
            "layout": "rics",
            "notice": None,
            "organisation": Organisation(
                code="kcl",
                name="King’s College London",
                type="Higher education institution",
                integrity_page="https://www.kcl.ac.uk/research-integrity",
            ),
            "period": Period(key="2024-25", starts_on=date(2024, 9, 1), ends_on=date(2025, 8, 31)),
            "approval": None,
            "contacts": (
                lead("Steve Large", date(2024, 9, 1), date(2025, 3, 22)),
                lead("Jeremy Cook", date(2025, 3, 24), date(2025, 9, 1)),
            ),
            "figures": (),
            "headlines": (),
            "sections": (
                Section(
                    key="misconduct_table",
                    number="3B",
                    title="Investigations",
                    text="",
                    tables=("misconduct",),
                ),
            ),
            "misconduct": table,
        }
    )


CASES = "Number of cases 2 0 0 0"
BLANKS = "Fabrication not provided not provided not provided not provided"
SUM = "4 not provided not provided not provided"


def plain(text):
    return re.sub(r"\s+", " ", text)


def test_blank_zero_and_withheld_stay_apart_in_every_form(kings):
    text = to_json(kings)
    assert from_json(text) == kings
    assert (text.count('"kind":"suppressed"'), '"kind":"number","value":0' in text) == (1, True)

    made = paper(kings)
    printed = plain(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages))
    page = plain(re.sub(r"<span class=\"app-cell-label\">.*?</span>|<[^>]+>", " ", to_html(kings)))
    for form in (printed, page):
        assert CASES in form
        assert BLANKS in form
        assert f"Total {SUM}" in form
        assert "counted apart: withheld" in form
    assert printed.index("Steve Large") < printed.index("Jeremy Cook")
    assert "1 September 2024 to 31 August 2025" in printed
    assert "Not yet approved" in printed
    assert [line for line in differences(made) if "table 3B" in line] == []

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
        assert re.search(rf"Records: {len(figure.references)}\. {figure.value.text} {last}", printed)
        assert re.search(rf"{figure.title}.*?This year {figure.value.text}", page)
