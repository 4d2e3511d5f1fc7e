"""One requirement for one project: answered, read, answered again."""

import pytest

from compliance.terms import Role

CODE = "25-C12-R3"


@pytest.fixture
def lead(make):
    return make.user(Role.RESEARCH_LEAD, make.organisation("northmoor"))


@pytest.fixture
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


def test_an_answer_without_its_reason_is_refused_beside_the_field(client, lead, address):
    client.sign_in(lead)
    answer = client.fill(address, {"standing": "not_applicable"})
    assert answer.status_code == 400
    assert answer.text.count("Say why this does not apply") == 2


def test_someone_who_only_reads_sees_the_answer_and_no_form(client, make, lead, address):
    client.sign_in(lead)
    client.fill(address, {"standing": "met", "note": "In the protocol"})
    client.sign_in(make.user(Role.AUDITOR, lead.memberships[0].organisation))
    page = client.get(address).text
    assert "In the protocol" in page
    assert "Save the answer" not in page
