"""Every link that whoever sees most can come to leads to a sound page: several of each kind, in the demonstration.

The first page of each kind is opened in every role by tests/browser/test_every_page.py.
"""

from collections import Counter

from sqlalchemy import select

from compliance.db import db
from compliance.models import User
from tests.links import kind_of
from tests.pages import parse

# A first and another record, often in another state.
OF_ONE_KIND = 2


def broken_links(app, client) -> list[str]:
    """Links from page to page, from the first on, that lead to no page or to an error."""
    waiting, seen, found = ["/"], Counter(), []
    while waiting:
        link = waiting.pop(0)
        kind = kind_of(app, link)
        if kind is None or seen[kind] >= OF_ONE_KIND or seen[link]:
            continue
        seen.update((kind, link))
        answer = client.get(link, follow_redirects=True)
        if answer.status_code != 200:
            found.append(f"{link}: {answer.status_code}")
        elif answer.mimetype == "text/html":
            waiting += [one.get("href") or "" for one in parse(answer.text)[0].iter("a")]
    return found


def test_every_link_leads_to_a_sound_page(demo, app, client):
    client.sign_in(db.session.scalar(select(User).where(User.email == "integrity.lead@npcc.example")))
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
