"""The words that a statement prints for what its data say."""

from datetime import date

from reports.pages import day
from reports.statement.blocks import Cell, Line, Span, cell, line
from reports.statement.model import Contact, Promise, Replaced, RequirementStanding, ReturnRow, Statement

# Its look, and its name.
STANDINGS = {
    "met": ("met", "Met"),
    "partly_met": ("partly", "Partly met"),
    "not_met": ("unmet", "Not met"),
    "not_applicable": ("other", "Not applicable"),
    "not_assessed": ("other", "Not assessed"),
}
CONTACTS = {
    "senior_lead": "Senior lead for research integrity",
    "first_contact": "First point of contact",
    "confidential_liaison": "Confidential liaison",
}
PROMISES = {
    "not_begun": "Not begun",
    "in_progress": "In progress",
    "done": "Done",
    "carried_over": "Carried over",
    "dropped": "Dropped",
}
OUTCOMES = {
    "favourable": "Favourable",
    "with_conditions": "With conditions",
    "provisional": "Provisional",
    "unfavourable": "Unfavourable",
    "advice": "Advice",
    "other": "Other",
}
# The answers that field 1B of the RICS template offers; whatever else is stated as "Other".
TYPES = ("higher education institution", "industry", "independent research performing organisation")
# What is signed is frozen before it is published.
PUBLISHED_LATER = "After it was signed; the date of publication stands on the public page"
NIL = "No allegation was received and no formal investigation was completed in the period."
COUNTING = (
    "Reported: by date of receipt. Formal investigations and what they upheld: by date of completion, "
    "wherever they began; ongoing ones are left out."
)


def promised(row: Promise) -> str:
    """What was promised, by whom, by when."""
    by = ", ".join(text for text in (row.owner, day(row.due_on) if row.due_on else "") if text)
    return f"{row.promised.rstrip('.')}. {by}".strip()


def became(row: Promise) -> str:
    """What is known of it; the new date where it is carried over."""
    until = f"Now by {day(row.new_due_on)}." if row.new_due_on else ""
    note = f"{row.note.rstrip('.')}." if row.note and until else row.note
    return " ".join(text for text in (note, until) if text) or "not provided"


def standing(row: RequirementStanding) -> Cell:
    """How a requirement stands, with its square."""
    look, name = STANDINGS[row.standing]
    return cell(name, look)


def requirement(row: RequirementStanding) -> str:
    """A requirement in full; wording that nobody verified says so."""
    doubt = "" if row.wording_verified else " Wording not verified."
    doubt = f" {row.wording}." if row.wording else doubt
    return f"{row.text} ({row.code}, {row.source_ref}){doubt}"


def note_on(row: RequirementStanding) -> str:
    """What stands beside a requirement."""
    return "Carried forward from last year, not confirmed" if row.carried_forward else row.note or "none"


def remedy(row: RequirementStanding) -> str:
    """What will be done about a shortfall, by whom, by when; empty when nobody said."""
    by = ", ".join(text for text in (row.fix_owner, day(row.fix_due_on) if row.fix_due_on else "") if text)
    return f"{row.fix.rstrip('.')}. {by}".strip() if row.fix else ""


def return_of(row: ReturnRow) -> Cell:
    """Whether and when a return came."""
    if row.state == "sent" and row.sent_on:
        return cell(day(row.sent_on))
    return cell("Not received", "flag") if row.state == "missing" else cell("None asked for")


def who(row: Contact, *, since: bool = False) -> Line:
    """A contact with its post and address; with its days where that is asked for."""
    named = ", ".join(text for text in (row.person, row.post, row.email) if text)
    begins = f", from {day(row.from_on)}" if since else ""
    ends = f", until {day(row.last_on)}" if row.last_on else ""
    return line(f"{named}{begins}{ends}")


def contacts(statement: Statement, role: str, *, since: bool = False) -> Cell:
    """Everybody in a role, or that it is vacant; where neither is known, that it was not provided."""
    named = tuple(who(row, since=since) for row in statement.contacts if row.role == role)
    return named or (cell("Vacant", "flag") if role in statement.vacant else cell("not provided"))


def type_of(statement: Statement) -> str:
    """The answer to field 1B."""
    kind = statement.organisation.type
    return kind if kind.lower() in TYPES else f"Other: {kind[:1].lower()}{kind[1:]}"


def address(href: str, words: str = "") -> Line:
    """A link; without words of its own its address without the scheme."""
    return (Span(words or href.removeprefix("https://").removeprefix("http://"), href=href),)


def replaced(row: Replaced, reason: str) -> Cell:
    """The statement that this one replaces, and why."""
    told = f", signed on {day(row.signed_on)}, fingerprint {row.fingerprint}"
    return tuple(
        part for part in ((*address(row.address, row.version), Span(told)), line(reason)) if part[0].text
    )


def published(statement: Statement, published_on: date | None) -> Cell:
    """When it became public, as far as that is known."""
    if published_on:
        return cell(day(published_on))
    if statement.state == "final":
        return cell(PUBLISHED_LATER)
    return cell("Not yet published", "flag")


def cases(statement: Statement) -> str:
    """The sentence above table 3B."""
    found = statement.misconduct
    told = (
        NIL
        if found.nil
        else f"Cases reported in the period: {found.cases_reported.text}; cases whose formal investigation "
        f"was completed: {found.cases_completed.text}. One case may hold several allegations; the table "
        "counts allegations."
    )
    return f"{told} Questionable research practices, counted apart: {found.questionable_practices.text}."


def counting(statement: Statement) -> str:
    """The note under table 3B."""
    found = statement.misconduct
    other = f"Other: {found.other_text}." if found.other_text else ""
    return " ".join(text for text in (COUNTING, *found.notes, other) if text)


def period(statement: Statement) -> str:
    """Both days of the period."""
    return f"{day(statement.period.starts_on)} to {day(statement.period.ends_on)}"


def unsaid(statement: Statement, words: str) -> Cell:
    """What stands where a formality is missing: still to come in a draft, else that nobody gave it."""
    return cell(words, "flag") if statement.state == "draft" else cell("not provided")


def edition(statement: Statement) -> str:
    """What it is measured against."""
    found = statement.edition
    return f"{found.title}, {found.edition} edition{'. ' + found.note if found.note else ''}"
