"""Every link that a role can come to leads to a sound page: several pages of each kind, in the demonstration."""

from collections import Counter

import pytest
from sqlalchemy import select

from compliance.db import db
from compliance.demo.people import PEOPLE
from compliance.models import User
from tests.links import kind_of
from tests.pages import parse

# A first and another record, often in another state.
OF_ONE_KIND = 2
# Files that a role before was given: who may have them is asked elsewhere, and some take seconds to make.
GIVEN: set[str] = set()


def broken_links(app, client) -> list[str]:
    """Links from page to page, from the first on, that lead to no page or to an error."""
    waiting, seen, found = ["/"], Counter(), []
    while waiting:
        link = waiting.pop(0)
        kind = kind_of(app, link)
        if kind is None or seen[kind] >= OF_ONE_KIND or seen[link] or link in GIVEN:
            continue
        seen.update((kind, link))
        answer = client.get(link, follow_redirects=True)
        if answer.status_code != 200:
            found.append(f"{link}: {answer.status_code}")
        elif answer.mimetype != "text/html":
            GIVEN.add(link)
        else:
            waiting += [one.get("href") or "" for one in parse(answer.text)[0].iter("a")]
    return found


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.role.value)
def test_every_link_leads_to_a_sound_page(demo, app, client, person):
    client.sign_in(db.session.scalar(select(User).where(User.email == person.email)))
    assert broken_links(app, client) == []


def test_every_link_leads_to_a_sound_page_without_signing_in(demo, app, client):
    assert broken_links(app, client) == []


def test_a_link_that_leads_nowhere_is_found(app, client, monkeypatch):
    page = app.view_functions["guidance.help"]
    planted = '<p><a href="/nowhere">x</a></p></main>'
    monkeypatch.setitem(app.view_functions, "guidance.help", lambda: page().replace("</main>", planted))
    assert broken_links(app, client) == ["/nowhere: 404"]


def test_a_link_that_leads_nowhere_is_a_page_that_is_looked_at(app):
    assert kind_of(app, "/nowhere/at/all").startswith("no such page")
    assert kind_of(app, "https://elsewhere.example/projects") is None
    assert kind_of(app, "/projects?q=x&page=2") == "projects.index page q"
