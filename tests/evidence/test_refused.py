"""Whatever is wrong with an answer is said beside its field, for a project and an organisation; nothing typed is lost."""

import io

import pytest
from sqlalchemy import select

from compliance.db import db
from compliance.models import Answer, AssessmentAnswer, Evidence
from compliance.storage.store import store
from compliance.terms import Role

LARGEST = 1024 * 1024
PDF = b"%PDF-1.7\n1 0 obj\n"
FIX = {"fix": "Write the plan", "fix_owner": "Head of research"}
TYPED = {"note": "See the protocol", "evidence_title": "Letter of the panel", **FIX}
PAST = {**TYPED, "standing": "not_met", "fix_due_on": ["8", "6", "2026"], "evidence_title": ""}
NO_REASON = {"standing": "not_applicable", "note": "", "evidence_title": "Letter of the panel", "evidence_address": "https://a.example"}  # fmt: skip


def with_file(name: str, content: bytes):
    """An answer with a file."""
    return lambda: {**TYPED, "standing": "met", "evidence_file": (io.BytesIO(content), name)}


BAD = {
    "not applicable without a reason": (lambda: NO_REASON, "note", "Say why this does not apply"),
    "a due date in the past": (lambda: PAST, "fix_due_on", "Due date must be today or in the future"),
    "a wrong type": (with_file("run.exe", b"MZ\x90\0" + b"\0" * 60), "evidence_file", "Choose a PDF"),
    "an empty file": (with_file("letter.pdf", b""), "evidence_file", "The file is empty"),
    "a file too large": (with_file("letter.pdf", PDF + b"0" * LARGEST), "evidence_file", "the limit is 1 MB"),
    "a lying name": (with_file("picture.png", PDF), "evidence_file", "does not fit the content, which is a PDF"),
    "a PDF that runs": (with_file("a.pdf", PDF + b"/JS (x)"), "evidence_file", "holds a program"),
}  # fmt: skip


@pytest.fixture
def pages(client, make, monkeypatch):
    """The page of a project's check and of an organisation's requirement, for somebody who may answer both."""
    monkeypatch.setattr(store, "largest", LARGEST)
    force = make.tree()["northmoor"]
    make.period()
    lead = make.user(Role.INTEGRITY_LEAD, force)
    make.member(lead, Role.RESEARCH_LEAD, force)
    project = make.project(force, lead)
    client.sign_in(lead)
    return {
        "project": f"/projects/{project.reference}/checks/25-C12-R1",
        "organisation": "/assessment/northmoor/2025-26/25-C12-E1",
    }


@pytest.mark.parametrize("subject", ["project", "organisation"])
@pytest.mark.parametrize("kind", BAD)
def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(client, pages, kind, subject):
    typed, field, message = BAD[kind]
    answer = client.fill(pages[subject], typed())
    assert answer.status_code == 400
    beside = answer.text.split(f'id="{field}-error"')[1].split("</p>")[0]
    assert message in beside
    for words in (value for value in typed().values() if isinstance(value, str) and value):
        assert words in answer.text
    for model in (Answer, AssessmentAnswer, Evidence):
        assert db.session.scalar(select(model)) is None
