"""Every kind of page that a role can come to, from its first page over links, in the demonstration."""

import re
from html import unescape

import pytest
from flask import Flask

from compliance.demo.people import PASSWORD, PEOPLE
from tests.browser.inspection import DESK, PHONE, axe
from tests.browser.visitor import Faulty, Visitor, parts_of
from tests.links import kind_of
from tests.together import Sound

pytestmark = pytest.mark.browser
HREF = re.compile(r'<a [^>]*href="([^"]*)"')
# How the parts of pages are built that a role before met in the browser: a role after needs no second look.
MET = Sound("met")
# Files that a role before was given: who may have them is asked elsewhere, and some take seconds to make.
GIVEN: set[str] = set()


def walk(app: Flask, visitor: Visitor) -> list[str]:
    """Look at each kind of page once, in the order of links; gives each address, or raises Faulty with all."""
    waiting, seen, visited, found = ["/"], set(), [], []
    visitor.axe_at = (PHONE, DESK)
    # The browser keeps it for every page to come: to hand it over anew costs as much as loading the page.
    visitor.page.add_init_script(script=axe())
    while waiting:
        link = waiting.pop(0)
        kind = kind_of(app, link)
        if kind is None or kind.startswith("static") or kind in seen or link in GIVEN:
            continue
        seen.add(kind)
        visited.append(link)
        html = fetched(visitor, link)
        if html is None:
            GIVEN.add(link)
            continue
        try:
            if not all(part in MET for part in parts_of(html)):
                visitor.go(link)
                for part in parts_of(html):
                    MET.add(part)
        except Faulty as fault:
            found.append(str(fault))
        waiting += [unescape(one) for one in HREF.findall(html)]
    if found:
        raise Faulty("\n".join(found))
    return visited


def fetched(visitor: Visitor, link: str) -> str | None:
    """The HTML behind a link, None for a file to keep; fails when it cannot be had."""
    answer = visitor.page.request.get(visitor.address + link)
    assert answer.ok, f"{link}: {answer.status}"
    assert answer.body(), f"{link}: empty"
    kind = answer.headers["content-type"].partition(";")[0]
    kept = answer.headers.get("content-disposition", "").startswith("attachment")
    return answer.text() if kind == "text/html" and not kept else None


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.role.value)
def test_every_kind_of_page_is_sound(demo, app, opens, person):
    visitor = opens().sign_in(person.email, PASSWORD)
    assert len(walk(app, visitor)) > 5


def test_every_kind_of_page_is_sound_without_signing_in(demo, app, opens):
    assert "/sign-in" in walk(app, opens())
