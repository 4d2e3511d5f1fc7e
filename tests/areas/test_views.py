"""Areas of research interest: from a sheet into the list, from the list onto a project."""

import io
from datetime import date

import pytest
from sqlalchemy import select

from compliance.db import db
from compliance.models import AreaOfInterest
from compliance.rules.areas import read_areas
from compliance.rules.broken import RuleBroken
from compliance.terms import EnduringChallenge, ResearchRole, Role, Tick
from tests.conftest import at_most

HEADS = "code,text,group,from,until\n"
SHEET = (
    HEADS
    + 'A1,"Trust, and how it is earned",First line,2026-01-01,\nA2,Work that keeps people,,2026-01-01,2026-03-01\n'
)


@pytest.fixture
def place(make):
    npcc = make.organisation("npcc")
    force = make.organisation("northmoor", under=npcc)
    return npcc, force, make.user(Role.INTEGRITY_LEAD, npcc), make.user(Role.RESEARCH_LEAD, force)


def upload(text: str) -> tuple[io.BytesIO, str]:
    return io.BytesIO(text.encode()), "areas.csv"


def add(client, code="npcc", edition="2026", text=SHEET):
    """Look at a sheet and add what is in it; the answer to the last step."""
    looked = client.fill(
        "/areas/import", {"organisation_code": code, "edition": edition, "file": upload(text)}
    )
    return looked if looked.status_code != 200 else client.send(looked, {}, button="record")


def stored() -> list[tuple[str, str, str | None]]:
    rows = db.session.scalars(select(AreaOfInterest).order_by(AreaOfInterest.id))
    return [(row.edition, row.code, row.grouped_under) for row in rows]


def test_a_sheet_is_looked_at_added_whole_and_offered_to_projects(client, make, place):
    _npcc, force, integrity, lead = place
    client.sign_in(integrity)
    assert "Nobody has added areas yet" in client.get("/areas").text
    assert add(client).status_code == 302
    assert stored() == [("2026", "A1", "First line"), ("2026", "A2", None)]
    with at_most(6):
        assert "Trust, and how it is earned" in client.get("/areas").text
    again = add(client)
    assert (again.status_code, "has this code already" in again.text) == (400, True)
    project = make.project(force, lead)
    about = f"/projects/{project.reference}/register/about"
    client.sign_in(lead)
    shown = client.get(about).text
    assert ("Trust, and how it is earned" in shown, "Work that keeps people" in shown) == (True, False)
    number = db.session.scalar(select(AreaOfInterest.id).where(AreaOfInterest.code == "A1"))
    assert client.fill(about, {"areas": [str(number)]}).status_code == 302
    scope = {"new_knowledge": "yes", "roles": ["conduct", "supply_data"]}
    assert client.fill(f"/projects/{project.reference}/register/scope", scope).status_code == 302
    assert [row.area.code for row in project.areas] == ["A1"]
    assert [row.role for row in project.roles] == [ResearchRole.CONDUCT, ResearchRole.SUPPLY_DATA]
    assert project.new_knowledge is Tick.YES
    record = client.get(f"/projects/{project.reference}").text
    for words in ("Trust, and how it is earned", "Conducts it, Supplies data", "Created in a systematic way"):
        assert words in record
    assert client.fill(about, {"areas": []}).status_code == 302
    assert project.areas == []


def test_the_list_of_projects_is_narrowed_to_an_area_or_a_challenge(client, make, place):
    _npcc, force, integrity, lead = place
    add(client.sign_in(integrity))
    first, second = db.session.scalars(select(AreaOfInterest.id).order_by(AreaOfInterest.id))
    trust = EnduringChallenge.PUBLIC_TRUST
    make.project(force, lead, title="Serves the area", areas={first})
    make.project(force, lead, title="Serves the challenge", challenges={trust})
    for serves, seen in (
        (first, [True, False]),
        (second, [False, False]),
        (trust.value, [False, True]),
        ("climate", [False, False]),
        ("9" * 40, [False, False]),
        ("no area", [False, False]),
    ):
        listed = client.get(f"/projects?serves={serves}").text
        assert ["Serves the area" in listed, "Serves the challenge" in listed] == seen, serves
        assert ("Serves the area" in client.get(f"/projects.csv?serves={serves}").text) == seen[0]
    assert f'href="/projects?serves={first}"' in client.get("/areas").text
    assert "A1: Trust, and how it is earned" in client.get(f"/projects?serves={first}").text


def test_a_project_is_offered_its_own_areas_and_those_above_it_alone(client, make, place):
    npcc, force, integrity, lead = place
    make.organisation("westmarch", under=npcc)
    client.sign_in(integrity)
    add(client, code="westmarch", text=HEADS + "W1,Of the neighbour,,2026-01-01,\n")
    project = make.project(force, lead)
    assert (
        "Of the neighbour"
        not in client.sign_in(lead).get(f"/projects/{project.reference}/register/about").text
    )
    assert client.get("/areas/import").status_code == 403


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEADS + ",Text,,2026-01-01,\n", "Enter the number or short name"),
        (HEADS + "A1,Text,,1/1/2026,\n", "is not a date"),
        (HEADS + "A1,Text,,2026-01-01,2025-01-01\n", "The end must be after"),
        (HEADS + "A1,Text,,2026-01-01,\nA1,Again,,2026-01-01,\n", "Line 2 has the same code"),
        (HEADS + "A1,Text,,2026-01-01,,more\n", "more cells than there are columns"),
    ],
)
def test_what_is_wrong_is_said_line_by_line_and_nothing_is_added(client, place, text, words):
    client.sign_in(place[2])
    refused = add(client, text=text + "B1,Fine,,2026-01-01,\n")
    assert refused.status_code == 400
    assert words in refused.text
    assert stored() == []


def test_a_sheet_that_is_none_is_refused_beside_the_field(client, place):
    client.sign_in(place[2])
    refused = add(client, text="name,words\nA,B\n")
    assert (refused.status_code, "must name the columns" in refused.text) == (400, True)
    with pytest.raises(RuleBroken):
        read_areas(HEADS)
    (area,), faults = read_areas(HEADS + "A1,Text,,2026-01-01,2026-12-31\n")
    assert (area.until_on, faults) == (date(2026, 12, 31), [])
