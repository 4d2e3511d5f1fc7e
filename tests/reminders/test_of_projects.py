"""Clearances and exemptions in reminders and in the calendar, without the name of a person or a reason."""

from datetime import UTC, date, datetime

from icalendar import Calendar

from compliance.exemptions.actions import add_exemption
from compliance.reminders.actions import make_feed
from compliance.reminders.feed import calendar_of
from compliance.reminders.queries import digests
from compliance.rules.exemptions import NewExemption
from compliance.terms import ExemptFrom, ExemptionKind, ExemptionReason, Role
from tests.conftest import on_day
from tests.kept import kept

SITE = "https://research.example"


@kept
def place(make):
    tree = make.tree()
    lead = make.user(Role.RESEARCH_LEAD, tree["northmoor"], email="lead@northmoor.example")
    officer = make.user(Role.ETHICS_OFFICER, tree["northmoor"], email="officer@northmoor.example")
    project = make.project(tree["northmoor"], lead)
    make.clearance(project, officer, person="Contractor A", expires_on=date(2026, 6, 29))
    exempt(project, officer, review_on=date(2026, 7, 9))
    return project, lead, officer


def exempt(project, officer, **dates):
    reason, kind = ExemptionReason.X7, ExemptionKind.DELAY
    until = {"decided_on": date(2026, 6, 1), "expires_on": date(2026, 12, 1), **dates}
    new = NewExemption(ExemptFrom.RESULTS, reason, kind, "Secret reason", "Head of research", **until)
    return add_exemption(project, new, by=officer)


def told(on: date) -> dict[str, set[tuple[str, str, str]]]:
    with on_day(datetime(on.year, on.month, on.day, 7, tzinfo=UTC)):
        return {
            one.user.email: {(note.about, note.what, note.stage) for note in one.notes} for one in digests(on)
        }


def test_who_keeps_the_project_is_reminded_of_each_at_its_stages(place):
    found = told(date(2026, 6, 9))
    assert found["lead@northmoor.example"] >= {
        ("a person’s clearance", "ends", "ahead-30"),
        ("an exemption", "is to be looked at again", "ahead-30"),
    }
    assert ("an exemption", "is to be looked at again", "late-1") in told(date(2026, 7, 17))[
        "officer@northmoor.example"
    ]
    assert ("an exemption", "ends", "ahead-90") in told(date(2026, 9, 15))["lead@northmoor.example"]


def test_one_that_was_looked_at_again_is_not_told_any_more(place):
    project, _, officer = place
    exempt(project, officer, review_on=date(2027, 1, 1))
    assert not any(
        "looked at again" in what for _, what, _ in told(date(2026, 7, 17))["lead@northmoor.example"]
    )


def test_the_calendar_holds_them_for_who_keeps_the_project_and_nobody_else(make, place):
    project, _, officer = place
    make_feed(officer)
    text = calendar_of(officer, SITE).decode()
    events = {str(one["SUMMARY"]): one["DTSTART"].dt for one in Calendar.from_ical(text).walk("VEVENT")}
    assert events[f"A person’s clearance ends ({project.reference})"] == date(2026, 6, 29)
    assert events[f"An exemption is to be looked at again ({project.reference})"] == date(2026, 7, 9)
    assert events[f"An exemption ends ({project.reference})"] == date(2026, 12, 1)
    assert "Contractor A" not in text
    assert "Secret" not in text
    stranger = make.user(Role.ETHICS_OFFICER, make.organisation("farfield"))
    assert project.reference not in calendar_of(stranger, SITE).decode()
