"""The board: every number is the number of its records, for whoever may see them, at a fixed cost."""

import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from compliance import frameworks
from compliance.board import kept as kept_boards
from compliance.db import db
from compliance.evidence import actions as evidence
from compliance.models import Evidence
from compliance.terms import OrganisationKind, Role, Standing
from tests.board.conftest import (
    begin_statement,
    classes,
    figures_of,
    find,
    judge,
    name_roles,
    research,
    send,
    write,
)
from tests.conftest import at_most, on_day
from tests.factories import changed
from tests.pages import parse, text_of

BOARDS = (
    "/board",
    "/board?period=2024-25",
    "/organisations/northmoor/board",
    "/organisations/westmarch/board",
)


def number_in(words: str) -> int:
    """The first number of a text."""
    return int(re.search(r"\d[\d,]*", words).group().replace(",", ""))


def numbers_with_links(html: str):
    """(number, address of its records) for every number of a board that leads to a list."""
    root, _ = parse(html)
    for figure in find(root, "div", "app-figure"):
        label = next(figure.find("dt").iter("a"), None)
        if label is not None:
            yield number_in(text_of(find(figure, "dd", "app-figure__n")[0])), label.get("href")
        for rest in figure.findall("dd"):
            for link in rest.iter("a"):
                yield number_in(text_of(link)), link.get("href")
    for link in root.iter("a"):
        href = link.get("href") or ""
        if "show=checks-not-met" in href:
            yield number_in(text_of(link)), href
        if "show=missing" in href:
            yield int(re.findall(r"\d+", text_of(link))[-1]), href


def rows_behind(client, href: str) -> int:
    """How many records a list shows."""
    page = client.get(href)
    assert page.status_code == 200, href
    rows = [row for body in parse(page.text)[0].iter("tbody") for row in body.iter("tr")]
    return sum("app-table__total" not in classes(row) for row in rows)


@pytest.mark.parametrize("address", BOARDS)
@pytest.mark.parametrize("role", [Role.BOARD_MEMBER, Role.INTEGRITY_LEAD])
def test_every_number_is_the_number_of_its_records(client, make, policing, address, role):
    client.sign_in(make.user(role, policing["npcc"]))
    found = list(numbers_with_links(client.get(address).text))
    assert len(found) >= 12
    wrong = {href: (number, rows) for number, href in found if (rows := rows_behind(client, href)) != number}
    assert not wrong
    assert any(number for number, _href in found)


def test_the_figures_leave_out_what_is_missing(client, make, policing):
    client.sign_in(make.user(Role.BOARD_MEMBER, policing["npcc"]))
    page = client.get("/board").text
    shown = figures_of(page)
    # Three projects began in the year at each of two organisations; Westmarch sent nothing.
    assert shown["Projects with every binding decision before fieldwork"] == "2 of 6"
    assert shown["Projects with their protocol public before fieldwork"] == "2 of 6"
    assert shown["Ended projects with public results"] == "1 of 2"
    assert shown["Organisations that returned data"] == "2 of 3"
    assert shown["Organisations with both roles named"] == "1 of 4"
    assert shown["Allegations of misconduct reported, in 1 case"] == "1"
    # What is wrong today is wrong wherever it is.
    assert shown["Projects in fieldwork without a binding decision"] == "3"
    assert shown["Approvals with a condition past its date"] == "3"
    assert shown["Approvals that end within 30 days"] == "3"
    assert shown["Evidence to review, late or within 30 days"] == "3"
    assert "Missing returns are left out, not counted as zero" in page
    assert "From 2 of 3 organisations" in page


def test_evidence_whose_review_is_late_stays_and_what_is_replaced_or_detached_goes(client, make, policing):
    client.sign_in(make.user(Role.BOARD_MEMBER, policing["westmarch"]))
    label = "Evidence to review, late or within 30 days"
    assert figures_of(client.get("/board").text)[label] == "1"
    one = db.session.scalars(
        select(Evidence).where(
            Evidence.organisation_id == policing["westmarch"].id, Evidence.review_by_on < date(2027, 1, 1)
        )
    ).one()
    changed(one, review_by_on=date(2026, 6, 1))
    page = client.get("/board").text
    assert figures_of(page)[label] == "1"
    assert "/evidence?show=review-due&amp;organisation=westmarch" in page
    evidence.detach(one.uses[0], by=policing["lead"])
    assert figures_of(client.get("/board").text)[label] == "0"


def test_the_heat_map_says_in_words_what_its_shades_show(client, make, policing):
    client.sign_in(make.user(Role.BOARD_MEMBER, policing["npcc"]))
    table = find(parse(client.get("/board").text)[0], "table", "app-heat")[0]
    rows = {text_of(row.find("th")): row for row in table.find("tbody").iter("tr")}
    assert list(rows) == [
        "Joint Forensic Unit",
        "Northmoor Constabulary",
        "Westmarch Police",
        "3\u00a0organisations, 2 returned".replace("\u00a0", " "),
    ]
    dark, white = rows["Joint Forensic Unit"].findall("td"), rows["Northmoor Constabulary"].findall("td")
    assert {"app-heat__3"} < classes(dark[0])
    assert "0 of 4 4 not met" in text_of(dark[0])
    assert {"app-heat__0"} < classes(white[0])
    assert "4 of 4 all met" in text_of(white[0])
    unknown = rows["Westmarch Police"].findall("td")
    assert "No return received, so nothing is known. Not counted as zero." in text_of(unknown[0])
    assert "Missing, 40 days late" in text_of(unknown[1])
    # Totals are those of the two returns.
    assert "4 of 8" in text_of(list(rows.values())[-1].findall("td")[0])


def test_a_cell_leads_to_the_judgements_that_it_counts(client, make, policing):
    client.sign_in(make.user(Role.BOARD_MEMBER, policing["npcc"]))
    table = find(parse(client.get("/board").text)[0], "table", "app-heat")[0]
    links = [link.get("href") for cell in table.iter("td") for link in cell.iter("a")]
    assert len(links) == 8
    for link in links:
        page, _, heading = link.partition("#")
        ids = [one.get("id") for one in parse(client.get(page).text)[0].iter("h2")]
        assert heading in ids, link
    client.sign_in(make.user(Role.SIGNATORY, policing["npcc"]))
    table = find(parse(client.get("/board").text)[0], "table", "app-heat")[0]
    assert not [link for cell in table.iter("td") for link in cell.iter("a")]


def test_the_board_of_a_force_is_its_own_and_what_lies_below(client, make, policing):
    client.sign_in(make.user(Role.BOARD_MEMBER, policing["northmoor"]))
    page = client.get("/board").text
    assert '<h1 class="govuk-heading-l">Northmoor Constabulary</h1>' in page
    assert "Joint Forensic Unit" in page
    assert "Westmarch" not in page
    assert "Allegations" not in page
    assert client.get("/organisations/northmoor/board").status_code == 200
    assert client.get("/organisations/forensic/board").status_code == 200
    for above in ("westmarch", "npcc", "nowhere"):
        assert client.get(f"/organisations/{above}/board").status_code == 404
        assert client.get(f"/board/all?organisation={above}").status_code == 404
        assert client.get(f"/board/trends?organisation={above}").status_code == 404


def test_numbers_lead_nowhere_for_whoever_may_not_open_the_records(client, make, policing):
    client.sign_in(make.user(Role.SIGNATORY, policing["npcc"]))
    page = client.get("/board").text
    assert "Projects in fieldwork without a binding decision" in page
    assert "Needs a decision" in page
    assert 'href="/projects' not in page
    assert 'href="/approvals' not in page
    assert 'href="/evidence' not in page
    assert rows_behind(client, "/board/all?show=missing") == 1


def test_a_board_is_for_those_who_may_see_one(client, make, policing):
    client.sign_in(make.user(Role.RESEARCH_LEAD, policing["npcc"]))
    assert client.get("/board").status_code == 403
    assert client.get("/organisations/northmoor/board").status_code == 403


def test_misconduct_totals_lead_on_only_for_the_register(client, make, policing):
    client.sign_in(make.user(Role.BOARD_MEMBER, policing["npcc"]))
    page = client.get("/board").text
    assert "Allegations of misconduct reported, in 1 case" in page
    assert "CASE-" not in page
    assert "/misconduct" not in page


def test_the_trends_are_a_table_too(client, make, policing):
    client.sign_in(make.user(Role.BOARD_MEMBER, policing["npcc"]))
    page = client.get("/board/trends").text
    rows = [" ".join(map(text_of, row)) for body in parse(page)[0].iter("tbody") for row in body.iter("tr")]
    # Nobody was asked for a return of the first year by the unit, which sent none: missing, so left out.
    assert rows[-1].startswith("Organisations that returned data 2024 to 2025 2 of 3")
    assert rows[0].startswith("Every binding decision before fieldwork 2024 to 2025 2 of 2")
    assert [re.findall(r"\d+ of \d+", row) for row in (rows[-1], rows[0])] == [
        ["2 of 3", "2 of 3"],
        ["2 of 2", "2 of 6"],
    ]


def test_a_period_that_there_is_not_is_not_found(client, make, policing):
    client.sign_in(policing["lead"])
    assert client.get("/board?period=1066-67").status_code == 404
    assert client.get("/board/all?period=1066-67").status_code == 404


def test_before_the_first_period_the_board_says_so(client, make):
    client.sign_in(make.user(Role.BOARD_MEMBER, make.organisation("npcc")))
    assert "No reporting period has begun" in client.get("/board").text


def test_a_first_period_without_projects_or_returns_says_so(client, make):
    npcc = make.tree()["npcc"]
    make.period(2026)
    client.sign_in(make.user(Role.BOARD_MEMBER, npcc))
    page = client.get("/board").text
    assert "No decision is waiting" in page
    assert "A trend needs two reporting periods" in page
    assert "No project is registered yet" in page
    assert "0 of 0" in text_of(parse(page)[0]).replace(" ", " ")
    assert "Due 30\u00a0April\u00a02027" in page


def test_the_statement_of_the_period_says_how_far_it_has_come(client, make, policing):
    statement = begin_statement(policing["npcc"], policing["this"], policing["lead"])
    write(statement, "introduction", policing["lead"], completed=False)
    write(statement, "introduction", policing["lead"], completed=True)
    write(statement, "governance", policing["lead"], completed=True)
    write(statement, "governance", policing["lead"], completed=False)
    write(statement, "of another layout", policing["lead"], completed=True)
    client.sign_in(make.user(Role.BOARD_MEMBER, policing["npcc"]))
    page = client.get("/board").text
    sections = len(frameworks.layout("government").sections)
    assert figures_of(page)["Sections of the annual statement completed"] == f"1 of {sections}"
    assert "Draft, not approved by the governing body" in page
    assert "annual statement" not in client.get("/board?period=2024-25").text


def test_a_return_is_missing_only_once_it_is_late(client, make, policing):
    client.sign_in(make.user(Role.BOARD_MEMBER, policing["npcc"]))
    with on_day(datetime(2026, 4, 30, 12, tzinfo=UTC)):
        page = client.get("/board").text
        assert "or wait for" not in page
        assert "Due 30\u00a0April\u00a02026" in page


def test_every_board_asks_as_often_for_sixty_organisations_as_for_five(client, make):
    npcc = make.organisation("npcc", kind=OrganisationKind.COUNCIL, returns_from_on=None)
    lead, this = make.user(Role.INTEGRITY_LEAD, npcc), make.period(2025)
    make.period(2024)
    boards = ("/board", "/board/all", "/board/trends", "/organisations/force-00/board")

    def add(first: int, last: int, *, full: bool) -> None:
        for number in range(first, last):
            force = make.organisation(f"force-{number:02}", under=npcc)
            if full:
                judge(force, this, Standing.PARTLY_MET)
                research(make, force, lead)
                name_roles(force)
            if number % 3:
                send(force, this, lead)

    def asked(address: str, limit: int) -> int:
        """How often a board asks that nobody looked at since the records changed."""
        kept_boards.BOARDS.forget()
        with at_most(limit) as sent:
            assert client.get(address).status_code == 200
        return len(sent)

    add(0, 5, full=True)
    client.sign_in(lead)
    for address in boards:
        client.get(address)
    few = {address: asked(address, 12) for address in boards}
    add(5, 60, full=False)
    add(60, 62, full=True)
    for address in boards:
        asked(address, few[address])
