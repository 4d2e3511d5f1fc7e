"""The tables of boards and lists as files: the rows of the page beside them, harmless, dates as dates."""

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook

from compliance.terms import Role
from reports.sheets import as_csv, as_xlsx
from tests.conftest import at_most
from tests.pages import parse


def rows_of(answer) -> list[list[object]]:
    """The rows of a file, its headings first."""
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    if answer.mimetype == "text/csv":
        return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(answer.data)).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "page", ["/projects?show=fieldwork", "/projects?q=late", "/board/all?show=missing", "/board/all"]
)
def test_a_file_has_the_rows_of_its_page(client, make, policing, page, kind):
    client.sign_in(make.user(Role.BOARD_MEMBER, policing["npcc"]))
    shown = parse(client.get(page).text)[0]
    bodies = [row for body in shown.iter("tbody") for row in body.iter("tr")]
    rows = [row for row in bodies if "app-table__total" not in (row.get("class") or "")]
    path, _, query = page.partition("?")
    links = [one.get("href") for one in shown.iter("a") if f"{path}.{kind}" in (one.get("href") or "")]
    assert len(rows_of(client.get(links[0]))) == 1 + len(rows)
    assert query in links[0]


def test_what_is_missing_is_empty_and_not_zero(client, make, policing):
    client.sign_in(make.user(Role.BOARD_MEMBER, policing["npcc"]))
    rows = {row[0]: row for row in rows_of(client.get("/board/all.xlsx"))}
    assert rows["Westmarch Police"][1:-2] == [None] * (len(rows["Westmarch Police"]) - 3)
    assert rows["Northmoor Constabulary"][1:6] == [4, 0, 0, 0, 4]
    assert rows["Northmoor Constabulary"][-2] == "Sent"


def test_dates_are_dates_and_words_run_nothing():
    heads, rows = ("When", "=HEAD()"), [(date(2026, 6, 9), '=cmd|"/c calc"!A1'), (None, "plain")]
    sheet = load_workbook(io.BytesIO(as_xlsx("A sheet", heads, rows))).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[0] == ["When", "'=HEAD()"]
    assert cells[1][0].date() == date(2026, 6, 9)
    assert cells[1][1] == '\'=cmd|"/c calc"!A1'
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s", "d", "n"}
    assert "'=HEAD()" in as_csv(heads, rows)


def test_a_file_asks_as_often_for_many_projects_as_for_few(client, make, policing):
    client.sign_in(make.user(Role.BOARD_MEMBER, policing["npcc"]))
    client.get("/projects.csv")
    with at_most(8) as few:
        client.get("/projects.csv")
    for number in range(6):
        make.project(policing["northmoor"], policing["lead"], title=f"One more {number}")
    with at_most(len(few)):
        assert len(rows_of(client.get("/projects.csv"))) == 1 + 12 + 6


@pytest.mark.parametrize("name", ["kind", "endpoint", "_scheme", "_external", "values"])
@pytest.mark.parametrize("page", ["/projects", "/approvals", "/board", "/board/all", "/board/shortfalls"])
def test_no_name_in_an_address_is_taken_for_a_part_of_a_link(client, make, policing, page, name):
    client.sign_in(make.user(Role.INTEGRITY_LEAD, policing["npcc"]))
    assert client.get(f"{page}?{name}=https").status_code == 200


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("show", ["", "overdue", "a/b[c]", "x%0d%0aSet-Cookie: a=b", "Ω"])
def test_a_filter_that_there_is_not_never_names_the_file(client, make, policing, show, kind):
    client.sign_in(make.user(Role.BOARD_MEMBER, policing["npcc"]))
    answer = client.get(f"/board/shortfalls.{kind}?show={show}")
    named = "overdue" if show == "overdue" else "without-action"
    assert answer.headers["Content-Disposition"].startswith(f"attachment; filename={named}-2026-06-09.")
    assert len(rows_of(answer)) == (1 if show == "overdue" else 20)
