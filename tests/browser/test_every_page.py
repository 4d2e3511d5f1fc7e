"""Every kind of page that a role can come to, from its first page over links, in the demonstration."""

import re
from collections import Counter

import pytest
from flask import Flask
from playwright.sync_api import Error

from compliance.demo.people import PASSWORD, PEOPLE
from tests.browser.visitor import Faulty, Visitor
from tests.links import kind_of

pytestmark = pytest.mark.browser
# How many pages of one kind are looked at, and how many in all: a guard against going on for ever.
OF_ONE_KIND, IN_ALL = 1, 70
# What a browser would show in a viewer of its own; other files begin a download.
FILE = re.compile(r"\.(pdf|json|csv)($|\?)")
LINKS = "all => all.map(one => one.getAttribute('href'))"


def walk(app: Flask, visitor: Visitor) -> list[str]:
    """Look at each kind of page once, in the order of links; gives each address, or raises Faulty with all."""
    waiting, seen, visited, found = ["/"], Counter(), [], []
    while waiting and seen.total() < IN_ALL:
        link = waiting.pop(0)
        kind = kind_of(app, link)
        if kind is None or kind.startswith("static") or seen[kind] >= OF_ONE_KIND:
            continue
        seen[kind] += 1
        visited.append(link)
        if FILE.search(link):
            fetched(visitor, link)
            continue
        try:
            visitor.go(link)
        except Faulty as fault:
            found.append(str(fault))
        except Error as error:
            if "Download is starting" not in str(error):
                raise
            fetched(visitor, link)
            continue
        waiting += visitor.page.locator("a[href]").evaluate_all(LINKS)
    if found:
        raise Faulty("\n".join(found))
    return visited


def fetched(visitor: Visitor, link: str) -> None:
    """Fetch a file to keep, as a download would; fails when it cannot be had."""
    answer = visitor.page.request.get(visitor.address + link)
    assert answer.ok, f"{link}: {answer.status}"
    assert answer.body(), f"{link}: empty"


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.role.value)
def test_every_kind_of_page_is_sound(demo, app, opens, person):
    visitor = opens().sign_in(person.email, PASSWORD)
    assert len(walk(app, visitor)) > 5


def test_every_kind_of_page_is_sound_without_signing_in(demo, app, opens):
    assert "/sign-in" in walk(app, opens())
