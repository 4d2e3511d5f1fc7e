"""Exemptions from publishing: with a reason by its code, approved by somebody other than the lead, looked at again."""

import pytest
from sqlalchemy import select

from compliance.db import db
from compliance.models import Exemption
from compliance.terms import Role
from tests.kept import kept

GIVEN = {
    "exempt_from": "results",
    "code": "x7",
    "kind": "delay",
    "reason": "Participants must not know the groups yet",
    "approver": "Head of research",
    "decided_on": ["1", "6", "2026"],
    "review_on": ["1", "9", "2026"],
    "expires_on": ["1", "12", "2026"],
}


@kept
def place(make):
    """A project, its lead, and an ethics officer."""
    force = make.organisation("northmoor", under=make.organisation("npcc"))
    lead = make.user(Role.RESEARCH_LEAD, force)
    return make.project(force, lead), lead, make.user(Role.ETHICS_OFFICER, force)


def add(client, project, **fault):
    return client.fill(f"/projects/{project.reference}/exemptions/new", {**GIVEN, **fault})


def test_an_exemption_stands_on_the_record_of_the_project(client, place):
    project, _, officer = place
    client.sign_in(officer)
    assert add(client, project).status_code == 302
    shown = client.get(f"/projects/{project.reference}").text
    for words in ("X7 Prejudice to the study itself", "Published later", "Head of research", "must not know"):
        assert words in shown, words


def test_the_lead_cannot_record_an_exemption_of_their_own_project(client, place):
    project, lead, _ = place
    client.sign_in(lead)
    refused = add(client, project)
    assert refused.status_code == 400
    assert "Someone other than the project’s lead" in refused.text
    assert "Participants must not know" in refused.text
    assert db.session.scalars(select(Exemption)).all() == []


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"kind": "withhold"}, "This reason can only delay"),
        ({"expires_on": ["", "", ""]}, "until when it is delayed"),
        ({"decided_on": ["1", "7", "2026"]}, "today or in the past"),
        ({"review_on": ["1", "5", "2026"]}, "review must not be before"),
        ({"expires_on": ["1", "5", "2026"]}, "end must not be before"),
        ({"code": ""}, "Select the reason"),
        ({"approver": " "}, "Enter who approved it"),
    ],
)
def test_what_no_exemption_can_be_is_refused(client, place, fault, words):
    client.sign_in(place[2])
    refused = add(client, place[0], **fault)
    assert refused.status_code == 400
    assert words in refused.text
