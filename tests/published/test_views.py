"""What everyone may read, without an account: statements, their data, their versions, and whether one is genuine."""

import hashlib
import io
import json

import pytest

from compliance import audit, clock
from compliance.db import db, transaction
from compliance.models import Publication, SignOff
from reports.statement import from_json
from tests.conftest import at_most
from tests.kept import kept
from tests.statement_factory import DOCUMENT

ADDRESS = "/published/northmoor/2024-04-01-to-2025-03-31"


@kept
def force(make):
    return make.organisation("northmoor", name="Northmoor Constabulary")


@kept
def cast(make, force):
    return make.cast(force)


@kept
def published(make, force, cast):
    return make.published(force, make.period(2024), cast)


def replaced(make, published, cast):
    return make.corrected(published, cast, "A name was wrong.")


def test_nothing_published_is_said(client):
    assert "No statement has been published yet" in client.get("/published").text


def test_the_list_holds_every_year_also_the_missing_one(client, make, published):
    make.period(2025)
    make.period(2023)
    page = client.get("/published").text
    assert ADDRESS in page
    assert page.count("No statement has been published for this year") == 1
    assert "2023-24</span>" not in page
    assert "1\u00a0statement with “north”" in client.get("/published?q=north").text
    assert "No statement fits" in client.get("/published?q=elsewhere").text


def test_the_list_asks_as_often_for_five_statements_as_for_one(client, make, published):
    client.get("/published")
    with at_most(8) as few:
        client.get("/published")
    for first in (2021, 2022, 2023):
        period = make.period(first)
        place = make.organisation()
        make.published(place, period, make.cast(place))
    with at_most(len(few)):
        assert "4\u00a0statements" in client.get("/published").text


def test_the_page_holds_what_was_signed_and_caches_may_keep_it(client, published):
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    assert "What we did, in plain words." in answer.text
    assert "This is a draft" not in answer.text
    assert "Not yet published" not in answer.text
    assert answer.text.count("9\u00a0June\u00a02026") > 2
    assert from_json(published.sign_off.snapshot).published_on is None
    assert f"{published.sign_off.fingerprint[:4]} " in answer.text
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    again = client.get(ADDRESS, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_the_files_are_those_that_were_signed(client, published):
    assert client.get(f"{ADDRESS}.pdf").data == DOCUMENT
    assert client.get(f"{ADDRESS}.json").text == published.sign_off.snapshot
    figures = client.get(f"{ADDRESS}.csv").text.splitlines()
    assert figures[0].startswith("key,title,value,previous,definition")
    assert len(figures) == 1 + len(from_json(published.sign_off.snapshot).figures) > 10
    for kind in ("projects.csv", "approvals.csv"):
        assert client.get(f"{ADDRESS}/version-1/{kind}").status_code == 200
    assert client.get(f"{ADDRESS}.exe").status_code == 404
    assert json.loads(client.get("/published/schema.json").text)["title"] == "Statement"


@pytest.mark.parametrize(
    "address",
    [
        "/published/northmoor/2024-04-01-to-2025-03-32",
        "/published/northmoor/2024",
        "/published/elsewhere/2024-04-01-to-2025-03-31",
        f"{ADDRESS}/version-2",
        f"{ADDRESS}/version-0.pdf",
    ],
)
def test_what_never_was_is_not_found(client, published, address):
    assert client.get(address).status_code == 404


def test_a_year_without_a_statement_says_so(client, make, force):
    make.period(2024)
    answer = client.get(ADDRESS)
    assert answer.status_code == 404
    assert "Northmoor Constabulary has not published" in answer.text


def test_a_signed_statement_is_not_public_before_it_is_published(client, make, force, cast):
    statement = make.complete(force, make.period(2024), cast)
    make.board_approval(statement, cast.board)
    make.signature(statement, cast.signatory)
    assert client.get(ADDRESS).status_code == 404
    assert client.get(f"{ADDRESS}.json").status_code == 404


def test_a_replaced_statement_stays_with_a_banner_and_the_reason(client, make, published, cast):
    new = replaced(make, published, cast)
    newest = client.get(ADDRESS).text
    assert "Version 2.0" in newest
    assert "It replaces version 1: A name was wrong." in newest
    old = client.get(f"{ADDRESS}/version-1").text
    assert "This statement was replaced on 9\u00a0June\u00a02026" in old
    assert client.get(f"{ADDRESS}/version-1.json").text == published.sign_off.snapshot
    assert client.get(f"{ADDRESS}.json").text == new.sign_off.snapshot
    assert "Replaced 9" in client.get("/published").text


def check(client, **values):
    return client.fill("/check", values, button="Check")


def upload(content, name="statement.json"):
    return (io.BytesIO(content), name)


def test_a_fingerprint_or_its_beginning_leads_to_its_statement(client, published):
    whole = published.sign_off.fingerprint
    spaced = " ".join(whole[at : at + 4].upper() for at in range(0, 16, 4))
    for given in (whole, spaced):
        page = check(client, fingerprint=given).text
        assert "This is the statement that was signed" in page
        assert whole in page


def test_a_replaced_one_is_told(client, make, published, cast):
    replaced(make, published, cast)
    page = check(client, fingerprint=published.sign_off.fingerprint).text
    assert "This was signed, and later replaced" in page
    assert "Version 1</a>" in page
    assert "version 2</a>: A name was wrong." in page


def test_the_hash_of_the_pdf_leads_to_the_version_that_it_is(client, make, published, cast):
    replaced(make, published, cast)
    whole = hashlib.sha256(DOCUMENT).hexdigest()
    page = check(client, fingerprint=whole).text
    assert "This is the statement that was signed" in page
    assert "Version 2</a>. It replaced version 1: A name was wrong." in page
    assert whole in page
    assert "published no statement" in check(client, fingerprint=whole[::-1]).text


def test_a_pdf_signed_before_its_hash_was_kept_is_not_said_to_be_unknown(client, make):
    early, document = make.organisation("westmarch", name="Westmarch Police"), b"%PDF-1.7 an early one"
    cast = make.cast(early)
    statement = make.statement(early, make.period(2024), cast.lead)
    made = {"statement": statement, "snapshot": "{}", "fingerprint": "cd" * 32, "pdf": document}
    when = {"audit_seq": 1, "audit_head": "ef" * 32, "signed_at": clock.now(), "signed_by": cast.signatory}
    with transaction():
        audit.record("test.published", subject=statement.reference, by=cast.lead)
        told = {"published_at": clock.now(), "published_by": cast.lead}
        db.session.add_all([SignOff(**made, **when), Publication(statement=statement, **told)])
    page = check(client, fingerprint=hashlib.sha256(document).hexdigest()).text
    assert "We have published no statement like this" not in page
    assert "We do not know this fingerprint" in page
    assert "Westmarch Police, 1\u00a0April\u00a02024 to 31\u00a0March\u00a02025, version 1" in page
    assert "Not kept when this was signed" in check(client, fingerprint="cd" * 32).text


def test_an_unknown_fingerprint_is_told(client, published):
    assert "We have published no statement like this" in check(client, fingerprint="ab" * 32).text


def test_a_draft_is_no_published_statement(client, make, force, cast):
    statement = make.complete(force, make.period(2024), cast)
    content = make.gathered(statement).content
    assert "We have published no statement like this" in check(client, fingerprint=content).text


@pytest.mark.parametrize(
    ("alter", "said"),
    [
        (lambda text: text, "This is the statement that was signed"),
        (
            lambda text: text.replace("in plain words", "in other words"),
            "This file differs from the signed one",
        ),
        (lambda _: "no statement", "We cannot read a statement in this file"),
        (lambda text: text.replace("STM-0001", "STM-0009"), "We have published no statement like this"),
    ],
)
def test_a_file_gets_one_of_the_plain_answers(client, published, alter, said):
    content = alter(published.sign_off.snapshot).encode()
    assert said in check(client, file=upload(content)).text


def test_nothing_or_nonsense_is_refused_in_words(client):
    assert "Choose a file, or enter a fingerprint" in check(client).text
    page = check(client, fingerprint="xyz")
    assert page.status_code == 400
    assert "Enter 16 to 64 characters" in page.text


def test_the_pdf_of_the_demonstration_is_genuine_until_a_byte_differs(demo, client):
    address = "/published/npcc/2024-04-01-to-2025-03-31"
    page = client.get(address).text
    assert "Invented for demonstration" in page
    assert "after the period ended" in page
    content = client.get(f"{address}.pdf").data
    assert content.startswith(b"%PDF-")
    assert "This is the statement that was signed" in check(client, file=upload(content, "a.pdf")).text
    altered = content[:-10] + b"          "
    assert "This file differs from the signed one" in check(client, file=upload(altered, "a.pdf")).text
    empty = b"%PDF-1.7 nothing in it"
    assert "We cannot read a statement in this file" in check(client, file=upload(empty, "a.pdf")).text
