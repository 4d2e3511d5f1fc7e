"""Answers are sent, returned, sent again, accepted, and change; nobody reviews their own."""

from compliance.terms import Role, Standing
from tests.conftest import at_most


def place(make):
    """A force with a lead who judged one requirement, and somebody who may review it."""
    tree = make.tree()
    period = make.period()
    lead = make.user(Role.INTEGRITY_LEAD, tree["northmoor"])
    reviewer = make.user(Role.ETHICS_OFFICER, tree["northmoor"])
    make.judgement(tree["northmoor"], period, lead, standing=Standing.PARTLY_MET, note="Half of it")
    return tree, period, lead, reviewer


PAGE = "/assessment/northmoor/2025-26"
CODE = "25-C12-E1"


def send(client, person):
    client.sign_in(person)
    return client.send(client.get(PAGE), {}, button="Send 1 answer for review")


def test_an_answer_goes_to_and_fro_until_it_is_accepted_and_then_changes(client, make):
    _, _, lead, reviewer = place(make)
    send(client, lead)
    assert "With the reviewer" in client.get(PAGE).text
    client.sign_in(reviewer)
    page = client.fill(f"{PAGE}/{CODE}/review", {"kind": "returned", "comment": "Which half?"})
    assert page.status_code == 302
    client.sign_in(lead)
    shown = client.get(f"{PAGE}/{CODE}").text
    assert "Which half?" in shown
    assert "Returned" in client.get(PAGE).text
    client.fill(f"{PAGE}/{CODE}", {"standing": "met", "note": "All of it"})
    send(client, lead)
    client.sign_in(reviewer)
    review = client.get(f"{PAGE}/{CODE}/review").text
    assert "<del>Partly met</del>" in review
    assert "<ins>All of it</ins>" in review
    client.fill(f"{PAGE}/{CODE}/review", {"kind": "accepted"})
    assert "Accepted" in client.get(PAGE).text
    client.sign_in(lead)
    client.fill(f"{PAGE}/{CODE}", {"standing": "not_met", "note": "It was withdrawn"})
    assert "Changed since accepted" in client.get(PAGE).text


def test_nobody_reviews_their_own_answer(client, make):
    _, _, lead, _ = place(make)
    send(client, lead)
    page = client.fill(f"{PAGE}/{CODE}/review", {"kind": "accepted", "comment": "Fine, I say"})
    assert page.status_code == 400
    assert "Someone else must review it" in page.text
    assert "Fine, I say" in page.text


def test_an_answer_that_changed_under_the_reviewer_is_a_conflict(client, make):
    tree, period, lead, reviewer = place(make)
    send(client, lead)
    client.sign_in(reviewer)
    page = client.get(f"{PAGE}/{CODE}/review")
    make.judgement(tree["northmoor"], period, lead, standing=Standing.NOT_MET, note="None of it")
    late = client.send(page, {"kind": "accepted", "comment": "Good"})
    assert late.status_code == 409
    assert "None of it" in late.text
    assert "Good" in late.text


def test_nothing_new_is_told_and_sends_nothing(client, make):
    _, _, lead, _ = place(make)
    send(client, lead)
    client.get(PAGE)
    assert "Send 1" not in client.get(PAGE).text
    token = (
        client.get(f"{PAGE}/{CODE}").text.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    )
    client.post(f"{PAGE}/send-for-review", data={"csrf_token": token})
    assert "There is no new answer to send for review" in client.get(PAGE).text


def test_the_answers_of_a_project_are_reviewed_too(client, make):
    tree, _, _, reviewer = place(make)
    person = make.user(Role.RESEARCH_LEAD, tree["northmoor"])
    project = make.project(tree["northmoor"], person)
    client.sign_in(person)
    address = f"/projects/{project.reference}/checks/25-C12-R1"
    client.fill(address, {"standing": "met", "note": "In the protocol"})
    client.send(client.get(f"/projects/{project.reference}"), {}, button="Send 1 answer for review")
    client.sign_in(reviewer)
    client.fill(f"{address}/review", {"kind": "returned", "comment": "Which section?"})
    client.sign_in(person)
    assert "Which section?" in client.get(address).text


def test_the_assessment_asks_as_often_with_many_reviews_as_with_one(client, make):
    tree, period, lead, _ = place(make)
    send(client, lead)
    with at_most(22) as few:
        client.get(PAGE)
    for code in ("25-C12-E2", "25-C12-E3", "25-C12-E4"):
        make.judgement(tree["northmoor"], period, lead, code)
    client.send(client.get(PAGE), {}, button="Send 3 answers for review")
    with at_most(len(few)):
        client.get(PAGE)
