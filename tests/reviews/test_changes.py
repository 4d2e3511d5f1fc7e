"""What changed since a review, who may reply, and what My work says to whom."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from compliance.assessments import actions as assessments
from compliance.db import db
from compliance.evidence import actions as evidence
from compliance.models import Evidence
from compliance.rules.evidence import NewEvidence
from compliance.terms import Role, Standing
from tests.conftest import TODAY, at_most, on_day
from tests.kept import kept

PAGE, CODE = "/assessment/northmoor/2025-26", "25-C12-E1"
POLICY = NewEvidence("Policy", "https://force.example/policy")


@kept
def people(make):
    """A force with somebody who judges, somebody who answers checks, and somebody who reviews."""
    tree = make.tree()
    roles = {"lead": Role.INTEGRITY_LEAD, "reviewer": Role.ETHICS_OFFICER, "researcher": Role.RESEARCH_LEAD}
    return {**tree, **{name: make.user(role, tree["northmoor"]) for name, role in roles.items()}}


def sent(client, make, people, **fix):
    """A judgement that was sent for review."""
    period = make.period()
    make.judgement(people["northmoor"], period, people["lead"], standing=Standing.PARTLY_MET, **fix)
    client.sign_in(people["lead"])
    client.send(client.get(PAGE), {}, button="Send 1 answer for review")
    return period


def reviewed(client, people, kind, comment=""):
    client.sign_in(people["reviewer"])
    return client.fill(f"{PAGE}/{CODE}/review", {"kind": kind, "comment": comment})


def later(minutes: int = 60):
    return on_day(TODAY + timedelta(minutes=minutes))


def test_a_reviewer_reads_what_will_be_done_and_what_became_of_it(client, make, people):
    sent(client, make, people, fix="Write it", fix_owner="Head of research", fix_due_on=date(2026, 9, 1))
    client.fill(f"{PAGE}/{CODE}/action", {"state": "in_progress", "note": "A draft is out"})
    page = client.sign_in(people["reviewer"]).get(f"{PAGE}/{CODE}/review").text.replace("\u00a0", " ")
    for words in ("Write it. Head of research, by 1 September 2026", "What became of it", "A draft is out"):
        assert words in page


def test_a_changed_plan_and_changed_evidence_are_highlighted(client, make, people):
    fix = {"fix": "Write it", "fix_owner": "Head of research", "fix_due_on": date(2026, 9, 1)}
    period = sent(client, make, people, **fix)
    reviewed(client, people, "returned", "By whom?")
    with later():
        changed = {**fix, "fix_owner": "Chief scientist", "fix_due_on": date(2026, 10, 1)}
        make.judgement(
            people["northmoor"],
            period,
            people["lead"],
            standing=Standing.PARTLY_MET,
            evidence=("Policy", "https://force.example/policy"),
            **changed,
        )
    page = client.get(f"{PAGE}/{CODE}/review").text
    for words in (
        "<del>Head of research</del> <ins>Chief scientist</ins>",
        "<del>1 September 2026</del> <ins>1 October 2026</ins>",
        "<del>nothing</del> <ins>Policy (EVD-0001)</ins>",
    ):
        assert words in page
    assert "<strong>Note:</strong> <del>" not in page


@pytest.mark.parametrize("change", ["added", "replaced", "detached"])
def test_evidence_that_changes_after_acceptance_changes_what_was_accepted(client, make, people, change):
    period, force, lead = make.period(), people["northmoor"], people["lead"]
    with on_day(TODAY - timedelta(hours=1)):
        make.judgement(force, period, lead, evidence=("Old policy", "https://force.example/old"))
    client.sign_in(lead)
    client.send(client.get(PAGE), {}, button="Send 1 answer for review")
    reviewed(client, people, "accepted")
    assert "Changed since accepted" not in client.get(PAGE).text
    kept = db.session.scalars(select(Evidence)).one()
    with later():
        if change == "added":
            assessments.add_evidence(force, period, CODE, POLICY, by=lead)
        elif change == "replaced":
            evidence.replace(kept, POLICY, seen=kept.version, by=lead)
        else:
            evidence.detach(kept.uses[0], by=lead)
    assert "Changed since accepted" in client.get(PAGE).text
    page = client.get(f"{PAGE}/{CODE}").text
    assert "<strong>Evidence:</strong> <del>Old policy (EVD-0001)</del>" in page
    assert "Old policy" in page.split("Judgements over time")[1]


def returned_check(client, make, people):
    """An answer of a project that a reviewer returned; its address."""
    project = make.project(people["northmoor"], people["researcher"])
    address = f"/projects/{project.reference}/checks/25-C12-R1"
    client.sign_in(people["researcher"]).fill(address, {"standing": "met", "note": "In the protocol"})
    client.send(client.get(f"/projects/{project.reference}"), {}, button="Send 1 answer for review")
    client.sign_in(people["reviewer"]).fill(f"{address}/review", {"kind": "returned", "comment": "Where?"})
    return address


def test_whoever_answers_may_reply_with_a_comment(client, make, people):
    address = returned_check(client, make, people)
    client.sign_in(people["researcher"])
    assert f"{address}/comment" in client.get(address).text
    assert client.get(f"{address}/review").status_code == 403
    empty = client.fill(f"{address}/comment", {"comment": ""})
    assert empty.status_code == 400
    assert "Write your comment" in empty.text
    assert client.fill(f"{address}/comment", {"comment": "In section four"}).status_code == 302
    assert "In section four" in client.sign_in(people["reviewer"]).get(f"{address}/review").text
    client.sign_in(make.user(Role.RESEARCH_LEAD, people["westmarch"]))
    assert client.get(f"{address}/comment").status_code == 404


def work_of(client, person) -> str:
    return client.sign_in(person).get("/my-work").text


def test_my_work_says_what_waits_for_a_review_and_what_came_back(client, make, people):
    sent(client, make, people)
    assert "Waits for your review" in work_of(client, people["reviewer"])
    assert f"{PAGE}/{CODE}/review" in work_of(client, people["reviewer"])
    assert "Waits for your review" not in work_of(client, people["lead"])
    reviewed(client, people, "returned", "Which half?")
    assert "Waits for your review" not in work_of(client, people["reviewer"])
    assert "Returned to you" in work_of(client, people["lead"])
    address = returned_check(client, make, people)
    page = work_of(client, people["researcher"])
    assert "Returned to you" in page
    assert f'href="{address}"' in page
    assert "Returned to you" not in work_of(client, make.user(Role.RESEARCH_LEAD, people["northmoor"]))


def test_my_work_asks_as_often_with_many_reviews_as_with_one(client, make, people):
    period = sent(client, make, people)
    work_of(client, people["reviewer"])
    with at_most(40) as few:
        client.get("/my-work")
    for code in ("25-C12-E2", "25-C12-E3"):
        make.judgement(people["northmoor"], period, people["lead"], code)
    client.sign_in(people["lead"])
    client.send(client.get(PAGE), {}, button="Send 2 answers for review")
    assert "Review 3 answers" in work_of(client, people["reviewer"])
    with at_most(len(few)):
        client.get("/my-work")
