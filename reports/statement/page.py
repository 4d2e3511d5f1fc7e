"""Statement → HTML: for paper (the PDF), for the web as an article, for the web as a page."""

from collections.abc import Callable
from datetime import date
from functools import cache
from importlib import import_module

from jinja2 import Environment

from reports import letters, narrative
from reports.pages import environment
from reports.statement import charts, wording
from reports.statement.blocks import Document, texts
from reports.statement.document import Unprintable, document
from reports.statement.model import Statement


@cache
def templates() -> Environment:
    """The environment, made once."""
    made = environment()
    made.tests["of"] = lambda block, kind: type(block).__name__ == kind
    return made


def render(name: str, statement: Statement, published_on: date | None = None) -> str:
    """A template of statement/ with everything it may print. Raises document.Unprintable."""
    made = document(statement, published_on)
    period = wording.period(statement)
    return (
        templates()
        .get_template(f"statement/{name}")
        .render(s=statement, document=made, period=period, motif=charts.motif(statement.commitments))
    )


def to_print(statement: Statement) -> str:
    """The HTML that becomes the PDF, in the statement's layout. Raises Unprintable."""
    return printable(render("print.html", statement), lambda: document(statement))


def printable(html: str, made: Callable[[], Document]) -> str:
    """The HTML of a document with letters that our fonts have; where one is not, `made` tells its place.

    Raises Unprintable.
    """
    html = letters.written(html)
    if strange := letters.strange_in(html):
        place = place_of(set(strange), made())
        raise Unprintable(
            f"{place} holds {letters.named(strange)}, which the fonts of the document do not have: "
            "write it in other words"
        )
    return html


def place_of(characters: set[str], made: Document) -> str:
    """Where the first of these characters stands."""
    for part in made.parts:
        for block in part.blocks:
            for text in texts(block):
                if characters & set(letters.written(text)):
                    return f"{part.number} {part.title or 'The statement'}, “{text[:60]}”,".strip()
    return "The statement"


def to_words(text: str) -> str:
    """A narrative as the web page shows it, alone. Raises narrative.Unfit."""
    return templates().get_template("statement/words.html").render(blocks=narrative.blocks(text))


def to_article(statement: Statement, published_on: date | None = None) -> str:
    """The web twin for embedding below a page's own h1; everything the PDF holds.

    What is signed cannot know the day on which it will be published: the page that shows it says it.
    """
    return render("article.html", statement, published_on)


def to_html(statement: Statement) -> str:
    """The web twin as a page of its own."""
    return render("alone.html", statement)


def to_docx(statement: Statement) -> bytes:
    """The word-processor copy; what makes it is loaded with the first one. Raises Unprintable."""
    copy: bytes = import_module("reports.statement.docx").to_docx(statement)
    return copy
