"""The feed of new statements, as a feed reader reads it, and the copies and tables beside each statement."""

import io
import zipfile

from lxml import etree

from reports.statement import from_json
from reports.statement.files import tables
from tests.conftest import at_most
from tests.kept import kept

ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESS = "/published/northmoor/2024-04-01-to-2025-03-31"


@kept
def force(make):
    return make.organisation("northmoor", name="Northmoor & <Moor> Constabulary")


@kept
def cast(make, force):
    return make.cast(force)


@kept
def published(make, force, cast):
    return make.published(force, make.period(2024), cast)


def feed_of(client):
    answer = client.get("/published/feed.atom")
    assert answer.mimetype == "application/atom+xml"
    return etree.fromstring(answer.data)


def one(element, name):
    """What RFC 4287 wants there exactly once."""
    (found,) = element.findall(f"{ATOM}{name}")
    return found.text


def links(element):
    return {(row.get("rel"), row.get("type")): row.get("href") for row in element.findall(f"{ATOM}link")}


def test_an_empty_feed_is_a_feed(client):
    feed = feed_of(client)
    assert one(feed, "id").endswith("/published/feed.atom")
    assert one(feed, "title") == "Annual statements on research integrity"
    assert feed.findall(f"{ATOM}entry") == []


def test_each_version_is_an_entry_with_an_address_for_good(client, make, published, cast):
    make.corrected(published, cast, "A name was <wrong> & long.")
    feed = feed_of(client)
    newest, first = feed.findall(f"{ATOM}entry")
    assert one(feed, "updated") == one(newest, "updated") == "2026-06-09T10:00:00+00:00"
    assert [
        one(row, "id").removeprefix(client.application.config["SERVICE_URL"]) for row in (newest, first)
    ] == [
        f"{ADDRESS}/version-2",
        f"{ADDRESS}/version-1",
    ]
    assert "It replaces version 1: A name was <wrong> & long." in one(newest, "summary")
    assert first.find(f"{ATOM}author/{ATOM}name").text == "Northmoor & <Moor> Constabulary"
    for row in (newest, first):
        for href in links(row).values():
            assert client.get(href).status_code == 200


def test_the_feed_asks_once_whatever_it_lists(client, make, published):
    client.get("/published/feed.atom")
    with at_most(6) as few:
        client.get("/published/feed.atom")
    for start in (2021, 2022):
        place = make.organisation()
        make.published(place, make.period(start), make.cast(place))
    with at_most(len(few)):
        assert len(feed_of(client).findall(f"{ATOM}entry")) == 3


def test_the_list_leads_to_the_feed(client, published):
    page = client.get("/published").text
    assert 'type="application/atom+xml"' in page
    assert "feed (Atom)" in page


def test_a_feed_that_has_not_changed_is_not_sent_again(client, published):
    tag = client.get("/published/feed.atom").headers["ETag"]
    assert client.get("/published/feed.atom", headers={"If-None-Match": tag}).status_code == 304


def test_a_copy_for_word_processors_and_every_table_stand_beside_the_document(client, published, cast):
    document = from_json(published.sign_off.snapshot)
    page = client.get(ADDRESS).text
    for name, content in tables(document).items():
        public = f"{ADDRESS}.csv" if name == "figures.csv" else f"{ADDRESS}/version-1/{name}"
        assert client.get(public).text == content.replace("\r\n", "\r\n")
        assert public.replace(".csv", "") in page
    client.sign_in(cast.lead)
    own = f"/statements/{published.reference}"
    for name, content in tables(document).items():
        assert client.get(f"{own}/{name}").text == content
    for address in (f"{ADDRESS}.docx", f"{ADDRESS}/version-1.docx", f"{own}/statement.docx"):
        with zipfile.ZipFile(io.BytesIO(client.get(address).data)) as copy:
            assert "Northmoor &amp; &lt;Moor&gt; Constabulary" in copy.read("word/document.xml").decode()
