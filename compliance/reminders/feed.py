"""A person's dates as a calendar (RFC 5545), without any content of the records.

The library is heavy: this is loaded when the first calendar is asked for.
"""

from datetime import timedelta
from urllib.parse import urlsplit

from icalendar import Calendar, Event

from compliance import clock
from compliance.models import User
from compliance.reminders.queries import dates_of, dates_of_projects_of, returns_of
from compliance.rules.due import Due


def calendar_of(user: User, service: str) -> bytes:
    """The dates of approvals, clearances, exemptions and returns that this person keeps, a whole day each."""
    calendar = Calendar()
    calendar.add("prodid", "-//Research integrity in policing//Dates of approvals//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Research integrity: dates of approvals")
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"value": "DURATION"})
    for approval, due in dates_of(user):
        what = f"{due.what.split(':', 1)[0]} ({approval.body_name}, {approval.reference})"
        calendar.add_component(event_of("approvals", approval.reference, what, due, service))
    for row in dates_of_projects_of(user):
        what = f"{row.about} {row.due.what} ({row.project.reference})"
        calendar.add_component(event_of("projects", row.project.reference, what, row.due, service))
    for note in returns_of(user):
        what = f"{note.about} {note.what} ({note.subject})"
        due = Due(note.key, note.what, note.on, note.why, "", ours=True)
        calendar.add_component(event_of("assessment", note.subject, what, due, service))
    content: bytes = calendar.to_ical()
    return content


def event_of(kind: str, reference: str, what: str, due: Due, service: str) -> Event:
    """One date: what, why, and where to put it right."""
    address = f"{service.rstrip('/')}/{kind}/{reference}"
    event = Event()
    event.add("uid", f"{reference}/{due.key}@{urlsplit(service).hostname}")
    event.add("dtstamp", clock.now())
    event.add("dtstart", due.on)
    event.add("dtend", due.on + timedelta(days=1))
    event.add("summary", f"{what[0].upper()}{what[1:]}")
    event.add("description", f"{due.why}.\n{address}")
    event.add("url", address)
    event.add("transp", "TRANSPARENT")
    return event
