"""The catalogue of what is expected, one requirement, editions side by side, and looking at the source."""

import pytest

from compliance import audit, frameworks
from compliance.db import db
from compliance.models import AuditEvent, WordingCheck
from compliance.terms import Role
from tests.conftest import at_most
from tests.pages import parse, text_of

LAW = "Expected of government bodies; wording not verified"


@pytest.fixture
def lead(client, make):
    """An integrity lead, signed in."""
    force = make.organisation("northmoor")
    person = make.user(Role.INTEGRITY_LEAD, force, name="Ada Lead")
    client.sign_in(person)
    return person


def links(page):
    return {text_of(link) for link in parse(page.text)[0].iter("a")}


def test_the_catalogue_opens_with_the_edition_in_force(client, lead):
    page = client.get("/expected").text
    assert "50\u00a0requirements" in page
    assert "In force since 1\u00a0April\u00a02026" in page
    assert "25-C4-E1" in page
    assert "GOV-G1" not in page


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("framework=concordat-2019", 61),
        ("framework=government-guidance", 61),
        ("framework=all", 172),
        ("framework=concordat-2025&binds=funders", 18),
        ("framework=concordat-2025&checked_for=project", 13),
        ("framework=all&binds=government_bodies&checked_for=project", 19),
        ("framework=all&q=c5-e2c", 1),
        ("framework=concordat-2025&q=Panels+TRAIN", 1),
        ("framework=concordat-2025&q=unicorn", 0),
        ("framework=concordat-1999", 0),
        ("binds=%3Cscript%3E", 0),
    ],
)
def test_the_filter_leaves_what_fits(client, lead, query, total):
    page = client.get(f"/expected?{query}")
    assert page.status_code == 200
    assert f"{total}\u00a0requirement" in page.text
    if not total:
        assert "No requirement matches this filter" in page.text


def test_every_unverified_row_says_so_in_the_catalogue(client, lead):
    page = client.get("/expected?framework=government-guidance").text
    ours = page.count("Our own addition, not a requirement of anyone")
    assert (page.count("wording not verified"), ours) == (59, 2)
    assert "wording not verified" not in client.get("/expected").text


def test_the_catalogue_asks_as_often_for_everything_as_for_nothing(client, lead):
    client.get("/expected")
    with at_most(5) as few:
        client.get("/expected?framework=concordat-2025&q=unicorn")
    with at_most(len(few)):
        client.get("/expected?framework=all")


def test_a_requirement_shows_text_source_and_relatives_in_words(client, lead):
    page = client.get("/expected/25-C4-E1")
    assert "In our words, not a quotation" in page.text
    assert "2025 edition, p. 9." in page.text
    assert "Asked of employers (“responsible for”)" in page.text
    assert "Asks for less: whoever meets this one also meets it" in page.text
    assert "Overlaps: each asks something that the other does not" in page.text
    assert page.text.count(LAW) == 3
    assert {"Confidential ways to report", "Previous: 25-C3-E5 Reward responsible practice"} <= links(page)


def test_a_requirement_without_relatives_says_so_and_the_parts_of_one_are_listed(client, lead):
    assert "Nothing in the other frameworks corresponds to it" in client.get("/expected/25-C3-E5").text
    assert "C5-E2e" in client.get("/expected/C5-E2").text
    page = client.get("/expected/C5-E2d")
    assert (page.status_code, page.location) == (302, "/expected/C5-E2")
    assert client.get("/expected/25-c4-e1").location == "/expected/25-C4-E1"


@pytest.mark.parametrize(
    ("asked", "nearest"), [("25-C4-E11", "25-C4-E1"), ("GOV-M9", "GOV-M"), ("C4-E12", "C4-E1")]
)
def test_an_unknown_code_names_the_nearest(client, lead, asked, nearest):
    page = client.get(f"/expected/{asked}")
    assert page.status_code == 404
    assert f"You asked for “{asked}”" in page.text
    assert any(link.startswith(nearest) for link in links(page))


def test_a_code_like_no_other_leads_to_everything(client, lead):
    page = client.get("/expected/" + "%3Cb%3E" * 300)
    assert page.status_code == 404
    assert "The nearest code" not in page.text
    assert "Look through everything that is expected" in links(page)


def test_every_requirement_has_a_page_for_every_account(client, make):
    client.sign_in(make.user(Role.MISCONDUCT_OFFICER, make.organisation("northmoor")))
    for framework in frameworks.everything().values():
        for row in framework.requirements:
            assert client.get(f"/expected/{row.code}").status_code == 200, row.code


def test_a_requirement_asks_as_often_with_many_relatives_and_checks_as_with_none(client, lead):
    client.get("/expected")
    with at_most(6) as few:
        client.get("/expected/GOV-A12")
    for number in range(4):
        record(client, "GOV-G2", agrees="yes", address=f"https://gov.example/{number}")
    with at_most(len(few)):
        assert client.get("/expected/GOV-G2").text.count("It says the same") == 4


@pytest.mark.parametrize(
    ("between", "pairs", "words"),
    [
        ("2019-2025", 66, ["Concordat 2025 asks for more", "Annual monitoring exercise", "Weaker there"]),
        ("government-2025", 55, ["Government guidance asks for more", LAW[1:]]),
        ("government-2019", 44, ["C5-E2d"]),
        ("nothing", 66, ["Same in substance"]),
    ],
)
def test_frameworks_stand_side_by_side(client, lead, between, pairs, words):
    page = client.get(f"/expected/crosswalk?between={between}").text
    assert f"{pairs}\u00a0pairs" in page
    assert "Our judgement" in page
    for said in [*words, "What has no counterpart, or loses something"]:
        assert said in page


def test_the_crosswalk_needs_no_more_queries_than_any_page(client, lead):
    client.get("/expected")
    with at_most(4):
        client.get("/expected/crosswalk")


@pytest.mark.parametrize("role", [Role.RESEARCH_LEAD, Role.ETHICS_OFFICER])
def test_the_menu_leads_there_for_whom_the_plan_says(client, make, role):
    client.sign_in(make.user(role, make.organisation("northmoor")))
    assert "What is expected" in links(client.get("/expected/crosswalk"))
    assert 'aria-current="true">What is expected' in client.get("/expected").text


def test_others_have_no_menu_entry_but_may_read(client, lead):
    page = client.get("/expected")
    assert page.status_code == 200
    assert 'aria-current="true">What is expected' not in page.text


def record(client, code, **values):
    return client.fill(f"/expected/{code}/wording", values)


def test_a_check_of_the_wording_changes_the_mark_everywhere(client, lead):
    assert LAW in client.get("/expected/GOV-G2").text
    assert record(client, "GOV-G2", agrees="yes", address="https://www.gov.uk/guidance").status_code == 302
    page = client.get("/expected/GOV-G2").text
    assert "Expected of government bodies; wording checked against the source" in page
    assert LAW not in page
    assert "Not yet confirmed" not in page
    assert "Ada Lead, 9\u00a0June\u00a02026 at 11:00am" in page
    assert 'href="https://www.gov.uk/guidance"' in page
    assert client.get("/expected?framework=government-guidance").text.count("wording not verified") == 58
    assert "wording checked against the source" in client.get("/expected/C3-E6").text


def test_a_source_that_says_otherwise_is_told_and_the_latest_look_holds(client, lead):
    record(client, "GOV-G2", agrees="yes", address="https://www.gov.uk/a")
    record(client, "GOV-G2", agrees="no", address="https://www.gov.uk/b", note="It says should")
    page = client.get("/expected/GOV-G2").text
    assert "the source was checked on 9 June 2026 by" in page
    assert "Source says otherwise" in page
    assert "It says should" in page
    assert "https://www.gov.uk/a" in page


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"address": "https://www.gov.uk/a"}, "Select yes if the source says the same"),
        ({"agrees": "yes"}, "Enter the address of the page you read"),
        ({"agrees": "yes", "address": "gov.uk/a"}, "Enter an address that begins with https://"),
        ({"agrees": "yes", "address": "https://"}, "Enter an address that begins with https://"),
        ({"agrees": "no", "address": "https://www.gov.uk/a"}, "Say what the source says instead"),
    ],
)
def test_what_is_missing_is_said_beside_its_field_and_nothing_is_lost(client, lead, values, message):
    page = record(client, "GOV-G2", **values)
    assert page.status_code == 400
    assert message in page.text
    if "address" in values:
        assert f'value="{values["address"]}"' in page.text
    assert db.session.query(WordingCheck).count() == 0


@pytest.mark.parametrize("code", ["25-C4-E1", "GOV-M8", "C5-E2d", "GOV-X1"])
def test_nothing_can_be_checked_where_there_is_no_source_left_to_look_at(client, lead, code):
    assert client.get(f"/expected/{code}/wording").status_code == 404
    assert "Record what the source says" not in client.get("/expected/GOV-M8").text


def test_a_look_at_the_source_stands_in_the_audit_trail(client, lead):
    record(client, "GOV-T1", agrees="yes", address="https://www.gov.uk/a")
    event = db.session.query(AuditEvent).order_by(AuditEvent.seq.desc()).first()
    assert (event.event, event.subject, event.actor_id) == ("wording.checked", "GOV-T1", lead.id)
    assert audit.verify()[1] is None
