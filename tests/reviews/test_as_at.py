"""Where a review stood on a day of the past: what was said, answered or attached later is left out."""

from contextlib import contextmanager
from datetime import timedelta

import pytest

from compliance.checks import actions as checks
from compliance.reviews import actions as reviews
from compliance.reviews.queries import checks_of
from compliance.rules.checks import NewAnswer
from compliance.rules.evidence import NewEvidence
from compliance.rules.reviews import NewReview
from compliance.terms import ReviewKind, Role, Standing
from tests.conftest import TODAY, on_day

CODE = "25-C12-R1"
PROOF = NewEvidence("Protocol", "https://force.example/protocol")


@contextmanager
def days_ago(days):
    with on_day(TODAY - timedelta(days=days)):
        yield


@pytest.fixture
def story(make):
    """A project whose answer is sent, accepted, gets new evidence and changes, ten days apart."""
    force = make.organisation("northmoor")
    lead, reviewer = make.user(Role.RESEARCH_LEAD, force), make.user(Role.ETHICS_OFFICER, force)
    project = make.project(force, lead)
    check = make.check(project, CODE)

    def answer(standing, evidence=PROOF):
        checks.answer_check(check, NewAnswer(standing, "Written"), evidence, seen=check.version, by=lead)

    def say(new):
        (row,) = [one for one in checks_of(project.id) if one.answers]
        reviews.say(row, new, seen=row.answers[0].id, subject=project.reference, by=reviewer)

    with days_ago(60):
        answer(Standing.MET, NewEvidence())
    with days_ago(50):
        reviews.send([check], subject=project.reference, by=lead)
    with days_ago(40):
        say(NewReview(ReviewKind.ACCEPTED, None))
    with days_ago(30):
        answer(Standing.MET)
    with days_ago(20):
        reviews.send([check], subject=project.reference, by=lead)
    with days_ago(10):
        say(NewReview(ReviewKind.RETURNED, "Which page?"))
    return project, lead


def test_the_record_of_a_project_shows_each_review_as_it_stood(client, story):
    project, lead = story
    client.sign_in(lead)

    def shown(days):
        on = (TODAY - timedelta(days=days)).date()
        page = client.get(f"/projects/{project.reference}?as_at={on}").text
        states = ("With the reviewer", "Accepted", "Changed since accepted", "Returned")
        return [one for one in states if f">{one}<" in page], "for review</button>" in page

    assert [shown(days) for days in (61, 55, 45, 35, 25, 15, 5)] == [
        ([], False),
        ([], False),
        (["With the reviewer"], False),
        (["Accepted"], False),
        (["Changed since accepted"], False),
        (["With the reviewer"], False),
        (["Returned"], False),
    ]
    assert "Send 1\u00a0answer for review" in client.get(f"/projects/{project.reference}").text
