"""A private calendar address: made, shown once, read by a calendar program, closed for good."""

from datetime import date

from icalendar import Calendar

from compliance.terms import Role
from tests.client import text_of
from tests.kept import kept
from tests.pages import parse


@kept
def place(make):
    npcc = make.organisation("npcc")
    force, sister = make.organisation("northmoor", under=npcc), make.organisation("westmarch", under=npcc)
    officer = make.user(Role.ETHICS_OFFICER, force)
    approvals = []
    for organisation in (force, sister):
        lead = make.user(Role.RESEARCH_LEAD, organisation)
        approvals.append(
            make.decision(
                make.approval(make.project(organisation, lead)), lead, expires_on=date(2026, 12, 31)
            )
        )
    return officer, approvals


def opened(client) -> str:
    """The path of a new address, as the page shows it."""
    page = client.fill("/account/calendar", {}, button="make")
    address = next(
        text_of(one) for one in parse(page.text)[0].iter("p") if one.get("class") == "govuk-body app-code"
    )
    return address.removeprefix("http://127.0.0.1:8000")


def test_a_calendar_program_reads_the_dates_of_ones_own_organisations(client, place):
    officer, (mine, other) = place
    path = opened(client.sign_in(officer))
    answer = client.application.test_client().get(path)
    assert answer.mimetype == "text/calendar"
    events = [dict(one) for one in Calendar.from_ical(answer.data).walk("VEVENT")]
    (event,) = events
    assert event["SUMMARY"] == f"Last day of the approval (Force research ethics panel, {mine.reference})"
    assert event["DTSTART"].dt == date(2026, 12, 31)
    assert "Entered with the decision of 9 June 2026" in event["DESCRIPTION"]
    assert other.reference not in answer.text
    assert mine.project.title not in answer.text


def test_an_address_is_shown_once_and_kept_only_as_its_hash(client, place):
    path = opened(client.sign_in(place[0]))
    assert path.removeprefix("/calendar/").removesuffix(".ics") not in client.get("/account/calendar").text


def test_a_closed_address_opens_nothing(client, place):
    path = opened(client.sign_in(place[0]))
    client.fill("/account/calendar", {}, button="close")
    assert client.get(path).status_code == 404
    assert "No address is open" in client.get("/account/calendar").text


def test_a_new_address_closes_the_one_before(client, place):
    first = opened(client.sign_in(place[0]))
    second = opened(client)
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200


def test_a_guess_opens_nothing(client, place):
    assert client.get("/calendar/guess.ics").status_code == 404


def test_nobody_who_left_is_served(client, make, place):
    from tests.factories import changed

    path = opened(client.sign_in(place[0]))
    changed(place[0], active=False)
    assert client.application.test_client().get(path).status_code == 404
