"""The engine's page: sealed, free of complaints, and the same read as XML, which is quick, and as HTML."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5

from reports import pdf
from reports.statement import pack, to_print

PAGE = (
    '<!DOCTYPE html><html lang="en"><head><title>A page</title>{}</head><body><h1>A page</h1>{}</body></html>'
)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", '<img src="file:///etc/hostname" alt="x"/>'),
        ("", '<img src="http://127.0.0.1:9/x.png" alt="x"/>'),
        ("", '<img src="https://127.0.0.1:9/x.png" alt="x"/>'),
        ("", '<img src="data:image/png;base64,AAAA" alt="x"/>'),
        ("", '<img src="app:../compliance/config.py" alt="x"/>'),
        ("", '<img src="app:/../pyproject.toml" alt="x"/>'),
        ("", '<img src="app:missing.svg" alt="x"/>'),
        ("", '<img src="../pyproject.toml" alt="x"/>'),
        ('<link rel="attachment" href="file:///etc/hostname"/>', ""),
        ('<style>@import url("file:///etc/hostname");</style>', ""),
        (
            '<style>@font-face { font-family: x; src: url("http://127.0.0.1:9/x") } h1 { font-family: x }</style>',
            "",
        ),
        ('<link rel="stylesheet" href="http://127.0.0.1:9/x.css"/>', ""),
    ],
)
def test_nothing_outside_can_be_reached(head, body):
    with pytest.raises(pdf.PdfError) as refused:
        pdf.to_pdf(PAGE.format(head, body))
    assert "well-formed" not in str(refused.value)


def test_what_lies_in_reports_can_be_reached():
    assert pdf.to_pdf(PAGE.format("", '<img src="app:draft-strip.svg" alt="x"/>')).startswith(b"%PDF")


def test_a_complaint_of_the_library_stops_the_document():
    with pytest.raises(pdf.PdfError, match="Ignored"):
        pdf.to_pdf(PAGE.format("<style>h1 { colour: blue }</style>", ""))


@pytest.mark.parametrize("body", ["<p>One<br>two</p>", "<p>One", "<p>&nbsp;</p>", "<p hidden>One</p>"])
def test_a_page_that_is_not_well_formed_is_refused(body):
    with pytest.raises(pdf.PdfError, match="not well-formed"):
        pdf.to_pdf(PAGE.format("", body))


# For whoever reads HTML the declaration is an attribute, for whoever reads XML it has become the name.
DECLARED = "{http://www.w3.org/2000/xmlns/}xmlns"


def told(root: Element) -> Iterator[tuple[object, ...]]:
    """What a tree holds, in its order: elements with their attributes, and words."""
    for each in root.iter():
        words = (" ".join((text or "").split()) for text in (each.text, each.tail))
        yield each.tag, {name: value for name, value in each.items() if name != DECLARED}, *words


def as_html(page: str) -> list[tuple[object, ...]]:
    """The same as whoever reads HTML has it."""
    return list(told(tinyhtml5.parse(page, namespace_html_elements=False)))


def as_xml(page: str) -> list[tuple[object, ...]]:
    """The same as the engine is given it."""
    return list(told(pdf.page(page, pdf.Sealed()).etree_element))


@pytest.fixture(scope="module")
def pages(variants, papers) -> dict[str, str]:
    """Everything that is printed."""
    return {**{name: to_print(one) for name, one in variants.items()}, "pack": pack.to_print(papers)}


@pytest.mark.parametrize("name", ["government", "rics", "draft", "pack"])
def test_a_page_says_the_same_read_as_html(pages, name):
    assert len(as_xml(pages[name])) > 300
    assert as_xml(pages[name]) == as_html(pages[name])


def test_a_page_that_html_reads_otherwise_is_found(pages):
    table = "<table><tr><td>One</td></tr></table>"
    page = pages["government"].replace("<h2", f"{table}<h2", 1)
    assert as_xml(page) != as_html(page)
