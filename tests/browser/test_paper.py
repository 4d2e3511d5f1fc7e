"""A page on paper: no heading and no head of a table stands alone at the foot, and no page is empty."""

import io
import re
from collections.abc import Iterator

import pytest
from pypdf import PdfReader

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
RULES = re.compile(r"h2,h3,\.app-key,[^}]*}|\.app-table tbody:first[^}]*}|\.app-table:not\([^{]*{[^}]*}")


def filled() -> str:
    """Headings with tables, so many and at such distances that some would fall at the foot of a page."""
    return "".join(
        f'<p class="govuk-body">{"words " * (number * 37 % 110)}</p>'
        f'<h2 class="govuk-heading-m app-h2">Heading {number}</h2>'
        f'<table class="govuk-table app-table"><thead class="govuk-table__head"><tr>'
        f'<th scope="col" class="govuk-table__header">Column {number}</th></tr></thead><tbody>'
        + '<tr><td class="govuk-table__cell">A cell</td></tr>' * (number % 5 + 1)
        + "</tbody></table>"
        for number in range(60)
    )


def printed(visitor: Visitor, style: str = "") -> list[list[str]]:
    """The lines of each page of the filled page on paper, without its number."""

    def page(route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=response.text().replace("</main>", f"{filled()}</main>"))

    def sheet(route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=RULES.sub(style, response.text()))

    visitor.page.route("**/help", page)
    if style:
        visitor.page.route("**/app.css", sheet)
    visitor.page.goto(visitor.address + "/help")
    pages = PdfReader(io.BytesIO(visitor.page.pdf(prefer_css_page_size=True))).pages
    lines = [[one.strip() for one in page.extract_text().splitlines()] for page in pages]
    return [[one for one in page if one and not re.fullmatch(r"\d+ of \d+", one)] for page in lines]


def alone(pages: list[list[str]]) -> Iterator[str]:
    """What stands at the foot of a page without what it heads, and pages that hold nothing."""
    for lines in pages:
        if not lines:
            yield "an empty page"
        elif re.match(r"Heading|Column", lines[-1]):
            yield lines[-1]


def test_nothing_that_heads_stands_alone_at_the_foot_of_a_page(opens):
    pages = printed(opens())
    assert len(pages) > 8
    assert list(alone(pages)) == []


def test_without_the_rules_for_paper_something_does(opens):
    assert list(alone(printed(opens(), style="i{}")))
