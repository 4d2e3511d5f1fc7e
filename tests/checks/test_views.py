"""One requirement for one project: answered, read, answered again."""

from contextlib import contextmanager

from sqlalchemy import event

from compliance.db import db
from compliance.terms import Role
from tests.conftest import at_most
from tests.kept import kept

CODE = "25-C12-R3"


@kept
def lead(make):
    return make.user(Role.RESEARCH_LEAD, make.organisation("northmoor"))


@kept
def address(make, lead):
    project = make.project(lead.memberships[0].organisation, lead)
    return f"/projects/{project.reference}/checks/{CODE}"


def test_an_answer_leads_to_the_next_and_its_words_are_there_to_change(client, lead, address):
    client.sign_in(lead)
    answer = client.fill(address, {"standing": "partly_met", "note": "The agreement is not signed"})
    assert answer.location == address.replace(CODE, "25-C12-R4")
    page = client.get(address).text
    assert "The agreement is not signed</textarea>" in page
    client.fill(address, {"standing": "met"})
    assert client.get(address).text.count('class="app-timeline__item"') == 2


def test_a_save_asks_little_of_the_database_and_counts_anew_only_what_changed(client, lead, address):
    page = client.sign_in(lead).get(address)
    with at_most(11) as changed:
        assert client.send(page, {"standing": "met"}).status_code == 302
    assert any("INSERT INTO check_tally" in one for one in changed)
    page = client.get(address)
    with at_most(8) as again:
        assert client.send(page, {"standing": "met", "note": "In section 3"}).status_code == 302
    assert not any("check_tally" in one for one in again)


def test_an_answer_without_its_reason_is_refused_beside_the_field(client, lead, address):
    client.sign_in(lead)
    answer = client.fill(address, {"standing": "not_applicable"})
    assert answer.status_code == 400
    assert answer.text.count("Say why this does not apply") == 2


def test_the_second_of_two_who_answer_sees_both_and_may_save_theirs_knowingly(client, make, lead, address):
    other = make.user(Role.INTEGRITY_LEAD, lead.memberships[0].organisation, name="Ruth Okafor")
    mine = client.sign_in(lead).get(address)
    client.sign_in(other).fill(address, {"standing": "met", "note": "It is in the protocol"})
    typed = {
        "standing": "not_met",
        "note": "I found no agreement",
        "evidence_title": "The search",
        "evidence_address": "https://force.example/search",
    }
    both = client.sign_in(lead).send(mine, typed)
    assert both.status_code == 409
    for words in ("Ruth Okafor", "It is in the protocol", "9\u00a0June\u00a02026", "Keep this and leave"):
        assert words in both.text
    for words in typed.values():
        assert words in both.text
    assert "I found no agreement" not in client.get(address).text
    saved = client.send(both, {})
    assert saved.status_code == 302
    page = client.get(address).text
    assert page.count('class="app-timeline__item"') == 2
    assert "https://force.example/search" in page


def test_who_saves_knowingly_is_stopped_again_by_a_third_answer(client, make, lead, address):
    client.sign_in(lead)
    mine = client.get(address)
    client.fill(address, {"standing": "met"})
    both = client.send(mine, {"standing": "not_met", "note": "Mine"})
    client.fill(address, {"standing": "partly_met", "note": "A third"})
    again = client.send(both, {})
    assert again.status_code == 409
    assert "A third" in again.text
    assert "Mine" in again.text


def test_someone_who_only_reads_sees_the_answer_and_no_form(client, make, lead, address):
    client.sign_in(lead)
    client.fill(address, {"standing": "met", "note": "In the protocol"})
    client.sign_in(make.user(Role.AUDITOR, lead.memberships[0].organisation))
    page = client.get(address).text
    assert "In the protocol" in page
    assert "Save the answer" not in page


def test_a_long_history_is_told_ten_answers_at_a_time(client, lead, address):
    client.sign_in(lead)
    for number in range(1, 13):
        client.fill(address, {"standing": "met", "note": f"Answer {number} of all."})
    newest, older = (client.get(f"{address}?page={page}").text for page in (1, 2))
    told = [
        [number for number in range(1, 13) if f"<p>Answer {number} of all." in page]
        for page in (newest, older)
    ]
    assert told == [list(range(3, 13)), [1, 2]]
    assert 'aria-label="Page 2"' in newest
    assert "Answer 12 of all.</textarea>" in older
    client.fill(address, {"standing": "met", "note": "Answer 13"})
    with at_most(10):
        client.get(address)


@contextmanager
def locks():
    """How often the lock of those who write was asked for."""
    taken = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        if statement.startswith(("BEGIN IMMEDIATE", "SELECT pg_advisory_xact_lock")):
            taken.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield taken
    event.remove(db.engine, "before_cursor_execute", note)


def test_who_comes_second_is_told_without_queueing_behind_those_who_write(client, lead, address):
    page = client.sign_in(lead).get(address)
    with locks() as first:
        assert client.send(page, {"standing": "met"}).status_code == 302
    with locks() as second:
        assert client.send(page, {"standing": "met"}).status_code == 409
    # On PostgreSQL the trail asks for it once more, which costs nothing to who has it.
    assert first
    assert second == []
