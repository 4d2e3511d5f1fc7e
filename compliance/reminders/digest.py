"""A digest in words: plain text and HTML with the same content, and links instead of records."""

from datetime import date
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from markupsafe import Markup

from compliance import clock
from compliance.reminders.queries import Digest
from compliance.rules.due import day
from compliance.rules.reminders import Note

SERVICE = "Research integrity in policing"


def subject_of(digest: Digest) -> str:
    """How many things need somebody, the broken rule first."""
    count = len(digest.notes)
    things = "1 thing needs you" if count == 1 else f"{count} things need you"
    alarm = "Fieldwork without an approval; " if any(note.alarm for note in digest.notes) else ""
    return f"{alarm}{things}" if not alarm else f"{alarm}{things[0].lower()}{things[1:]}"


def link(note: Note, service: str) -> str:
    """The page on which it is put right."""
    kinds = {"PRJ-": "projects", "APR-": "approvals"}
    kind = kinds.get(note.subject[:4], "assessment")
    return f"{service.rstrip('/')}/{kind}/{note.subject}"


def line(note: Note, today: date) -> str:
    """What, about which record, by when."""
    since = f"since {day(note.on)}" if note.alarm else day(note.on)
    about = note.subject if note.alarm else f"{note.about} ({note.subject})"
    return f"{about}: {note.what}, {since}, {note.distance(today)}"


def text_of(digest: Digest, service: str, today: date) -> str:
    """The digest as plain text."""
    lines = [f"Dear {digest.user.name},", "", f"On {day(today)} this needs you:", ""]
    for note in digest.notes:
        lines += [f"* {line(note, today)}", f"  Why: {note.why}.", f"  {link(note, service)}", ""]
    lines += [f"{SERVICE}, {service}", "You are told of each thing once at each stage."]
    return "\n".join(lines) + "\n"


def html_of(digest: Digest, service: str, today: date) -> str:
    """The digest as HTML, without pictures and without anything fetched from elsewhere."""
    items = Markup().join(
        Markup("<li><p><strong>{}</strong><br>Why: {}.<br><a href='{}'>Open {}</a></p></li>").format(
            line(note, today), note.why, link(note, service), note.subject
        )
        for note in digest.notes
    )
    return str(
        Markup(
            "<!DOCTYPE html><html lang='en-GB'><head><meta charset='utf-8'><title>{title}</title></head>"
            "<body><p>Dear {name},</p><p>On {today} this needs you:</p><ul>{items}</ul>"
            "<p><a href='{address}'>{service}</a><br>You are told of each thing once at each stage.</p>"
            "</body></html>"
        ).format(
            title=subject_of(digest),
            name=digest.user.name,
            today=day(today),
            items=items,
            address=service,
            service=SERVICE,
        )
    )


def message_of(digest: Digest, sender: str, service: str, today: date) -> EmailMessage:
    """The digest as one message with both forms."""
    message = EmailMessage()
    message["From"] = Address(SERVICE, addr_spec=sender)
    message["To"] = Address(digest.user.name, addr_spec=digest.user.email)
    message["Subject"] = subject_of(digest)
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text_of(digest, service, today))
    message.add_alternative(html_of(digest, service, today), subtype="html")
    return message
