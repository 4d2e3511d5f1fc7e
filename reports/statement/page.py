"""Statement → HTML: for paper (the PDF), for the web as an article, for the web as a page."""

from datetime import date
from functools import cache

from jinja2 import Environment

from reports.pages import day, environment
from reports.statement import charts
from reports.statement.model import Promise, Statement, fingerprint, to_json

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
# What is signed is frozen before it is published.
PUBLISHED_LATER = "After it was signed; the date of publication stands on the public page"
PROMISES = {
    "not_begun": "Not begun",
    "in_progress": "In progress",
    "done": "Done",
    "carried_over": "Carried over",
    "dropped": "Dropped",
}


def promised(row: Promise) -> str:
    """What was promised, by whom, by when."""
    by = ", ".join(text for text in (row.owner, day(row.due_on) if row.due_on else "") if text)
    return f"{row.promised.rstrip('.')}. {by}".strip()


def became(row: Promise) -> str:
    """What is known of it; the new date where it is carried over."""
    until = f"Now by {day(row.new_due_on)}." if row.new_due_on else ""
    return " ".join(text for text in (row.note, until) if text) or "not provided"


@cache
def templates() -> Environment:
    """The environment, made once."""
    made = environment()
    made.filters.update(promised=promised, became=became)
    return made


def render(name: str, statement: Statement, published_on: date | None = None) -> str:
    """A template of statement/ with everything it may print."""
    return (
        templates()
        .get_template(f"statement/{name}")
        .render(
            s=statement,
            published_on=published_on or statement.published_on,
            later=PUBLISHED_LATER,
            chart=charts.standing(statement.commitments),
            motif=charts.motif(statement.commitments),
            fingerprint=fingerprint(to_json(statement)),
            standings=STANDINGS,
            contact_roles=CONTACTS,
            promise_states=PROMISES,
            shortfalls=[row for row in statement.requirements if row.standing in ("not_met", "partly_met")],
        )
    )


def to_print(statement: Statement) -> str:
    """The HTML that becomes the PDF, in the statement's layout."""
    return render(f"{statement.layout}.html", statement)


def to_article(statement: Statement, published_on: date | None = None) -> str:
    """The web twin for embedding below a page's own h1; everything the PDF holds.

    What is signed cannot know the day on which it will be published: the page that shows it says it.
    """
    return render("article.html", statement, published_on)


def to_html(statement: Statement) -> str:
    """The web twin as a page of its own."""
    return render("alone.html", statement)
