"""One statement as PDF, page, data, tables and word-processor copy: all five say the same, in both layouts."""

import csv
import io
import re

import pytest
from docx import Document
from docx.table import Table
from flask import current_app
from pypdf import PdfReader

from compliance.statements import queries
from compliance.statements.gather import gather
from compliance.statements.render import to_pdf
from reports.narrative import blocks
from reports.statement import Statement, fingerprint, from_json, to_html, to_json
from reports.statement.docx import to_docx
from reports.statement.files import approvals_csv, decisions_csv, figures_csv, misconduct_csv, projects_csv
from reports.verify.claims import claims
from reports.verify.printed import claim_differences

# Drawn and set in another order, or as a table, where it is no picture.
OTHERWISE = ("summary, ", "publication after")


def of_page(html: str) -> str:
    """The words of a page, without what repeats the heading of a column or says a drawing in words."""
    bare = re.sub(r"<title>.*?</title>|<span class=\"app-cell-label\">.*?</span>", " ", html, flags=re.DOTALL)
    words = re.sub(r"<[^>]+>", " ", bare)
    for sign, letter in (("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"'), ("&#39;", "'"), ("&amp;", "&")):
        words = words.replace(sign, letter)
    return words


def of_copy(content: bytes) -> str:
    """The words of a word-processor file, in their order."""
    found = []
    for part in Document(io.BytesIO(content)).iter_inner_content():
        if isinstance(part, Table):
            found += [cell.text for cell in part._cells]
        else:
            found.append(part.text)
    return " ".join(found)


def lines(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def tables_agree(statement: Statement) -> None:
    """The tables hold what the data hold, row for row."""
    figures = {row["key"]: row["value"] for row in lines(figures_csv(statement))}
    assert figures == {row.key: row.value.text for row in statement.figures}
    assert [row["reference"] for row in lines(projects_csv(statement))] == [
        row.reference for row in statement.projects
    ]
    assert [int(row["favourable"]) for row in lines(approvals_csv(statement))] == [
        row.favourable for row in statement.approvals
    ]
    assert len(lines(decisions_csv(statement))) == sum(row.total for row in statement.approvals)
    assert lines(misconduct_csv(statement))[-1]["reported"] == statement.misconduct.total.reported.text


@pytest.mark.parametrize("layout", ["government", "rics"])
@pytest.mark.parametrize("code", ["npcc", "northmoor"])
def test_all_five_say_the_same(demo, code, layout):
    draft = queries.draft_for(code, "2025-26", layout)
    statement = gather(draft, site="https://integrity.example").statement
    snapshot = to_json(statement)
    assert from_json(snapshot) == statement
    assert any(section.text and blocks(section.text) for section in statement.sections)
    tables_agree(statement)
    wanted = list(claims(statement, fingerprint(snapshot)))
    assert len(wanted) > 60
    pdf = to_pdf(snapshot, current_app.config["INSTANCE_DIR"], patient=True)
    printed = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    assert list(claim_differences(statement, printed, wanted)) == []
    shared = [
        row for row in wanted if not row.place.startswith(OTHERWISE) and not row.place.endswith(", drawn")
    ]
    for words in (of_page(to_html(statement)), of_copy(to_docx(statement))):
        assert list(claim_differences(statement, [words], shared)) == []
        wrong = words.replace(statement.figures[0].value.text, "99 of 99", 1)
        assert wrong == words or list(claim_differences(statement, [wrong], wanted))
