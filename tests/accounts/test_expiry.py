"""A sign-in that ends while somebody types loses nothing."""

from io import BytesIO

from compliance.assessments.queries import get_assessment
from compliance.terms import Role

PAGE = "/assessment/northmoor/2025-26/25-C12-E1"


def typing(client, make):
    """A lead with a filled form on the screen; the page, and what stands behind it."""
    tree, period = make.tree(), make.period()
    lead = make.user(Role.INTEGRITY_LEAD, tree["northmoor"])
    client.sign_in(lead)
    return client.get(PAGE), lead, tree["northmoor"], period


def sign_out(client):
    with client.session_transaction() as session:
        del session["sign_in"]


def sign_in(client, person):
    client.sign_in(person)


def test_what_was_typed_is_sent_again_after_signing_in_again(client, make):
    page, lead, force, period = typing(client, make)
    sign_out(client)
    kept = client.send(page, {"standing": "met", "note": "A long and careful reason"})
    assert kept.status_code == 401
    assert "A long and careful reason" in kept.text
    assert "A file cannot be kept" not in kept.text, "none was chosen"
    assert '<li class="app-break">0</li>' not in kept.text, "nobody typed the version"
    assert get_assessment(force.id, period.id, "25-C12-E1") is None
    sign_in(client, lead)
    client.send(kept, {}, button="Send it again")
    assert get_assessment(force.id, period.id, "25-C12-E1").answers[0].note == "A long and careful reason"


def test_who_chose_a_file_is_told_to_choose_it_again(client, make):
    page, *_ = typing(client, make)
    sign_out(client)
    letter = (BytesIO(b"%PDF-1.7\n"), "letter.pdf")
    kept = client.send(page, {"standing": "met", "note": "A long reason", "evidence_file": letter})
    assert "A file cannot be kept" in kept.text


def test_a_session_that_was_lost_altogether_keeps_it_too(client, make):
    page, lead, force, period = typing(client, make)
    client.delete_cookie("session")
    kept = client.send(page, {"standing": "met", "note": "A long and careful reason"})
    assert kept.status_code == 400
    sign_in(client, lead)
    client.send(kept, {}, button="Send it again")
    assert get_assessment(force.id, period.id, "25-C12-E1") is not None


def test_the_words_of_another_site_are_not_handed_back(client, make):
    page, *_ = typing(client, make)
    sign_out(client)
    values = {"standing": "met", "note": "Planted by a stranger"}
    answer = client.send(page, values, headers={"Origin": "https://elsewhere.example"})
    assert "Planted by a stranger" not in answer.text
    client.delete_cookie("session")
    answer = client.send(page, values, headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 400
    assert "Planted by a stranger" not in answer.text


def test_a_password_is_never_handed_back(client, make):
    page = client.get("/sign-in")
    client.delete_cookie("session")
    answer = client.send(page, {"email": "a@b.example", "password": "something secret"})
    assert answer.status_code == 400
    assert "something secret" not in answer.text
