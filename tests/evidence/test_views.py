"""Evidence is added with an answer, used again, replaced, and served only to those who may see its record."""

import io
from datetime import date
from inspect import getsource, unwrap

from flask import current_app
from sqlalchemy import select

from compliance import forms
from compliance.db import db
from compliance.evidence import queries
from compliance.models import AuditEvent, Evidence
from compliance.rules.conditions import NewCondition
from compliance.storage.store import store
from compliance.terms import Outcome, Role
from tests.conftest import at_most
from tests.factories import changed

PDF = b"%PDF-1.7\n1 0 obj\n"


def answered(client, make, **evidence):
    """A project whose first check is answered with this evidence; its page, the project and the person."""
    tree = make.tree()
    person = make.user(Role.RESEARCH_LEAD, tree["northmoor"])
    project = make.project(tree["northmoor"], person)
    client.sign_in(person)
    page = client.fill(
        f"/projects/{project.reference}/checks/25-C12-R1",
        {"standing": "met", "note": "See the protocol", **evidence},
    )
    return page, project, person, tree


def file(name: str = "letter.pdf", content: bytes = PDF):
    return (io.BytesIO(content), name)


def only() -> Evidence:
    return db.session.scalars(select(Evidence)).one()


def test_a_file_is_kept_and_given_back_as_a_download(client, make):
    page, project, person, _ = answered(client, make, evidence_file=file(), evidence_title="Decision letter")
    assert page.status_code == 302
    evidence = only()
    assert (evidence.title, evidence.file_name, evidence.media_type, evidence.size) == (
        "Decision letter",
        "letter.pdf",
        "application/pdf",
        len(PDF),
    )
    answer = client.get(f"/evidence/{evidence.reference}/file")
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Decision letter" in client.get(f"/projects/{project.reference}/checks/25-C12-R1").text
    assert db.session.scalar(select(AuditEvent).where(AuditEvent.event == "check.answered")) is not None
    assert person.name in client.get(f"/evidence/{evidence.reference}").text


def test_a_refused_file_keeps_the_rest_of_the_form(client, make):
    page, *_ = answered(client, make, evidence_file=file("letter.pdf", b"MZ\x90\0" + b"\0" * 60))
    assert page.status_code == 400
    assert "Choose a PDF" in page.text
    assert "See the protocol" in page.text
    assert db.session.scalar(select(Evidence)) is None


def test_a_file_far_above_the_limit_keeps_the_rest_of_the_form(client, make, monkeypatch):
    monkeypatch.setitem(current_app.config, "EVIDENCE_LARGEST", 1024 * 1024)
    monkeypatch.setattr(store, "largest", 1024 * 1024)
    page, *_ = answered(client, make, evidence_file=file(content=PDF + b"0" * 15 * 1024 * 1024))
    assert page.status_code == 400
    assert "The file is too large: the limit is 1 MB" in page.text
    assert "See the protocol" in page.text
    assert db.session.scalar(select(Evidence)) is None


def test_every_page_that_takes_evidence_takes_a_whole_file(app):
    """A scanned letter is larger than a form without files may be."""
    asking = [view for view in app.view_functions.values() if ".offer_evidence(" in getsource(unwrap(view))]
    assert len(asking) > 4
    assert [view.__name__ for view in asking if not getattr(view, "takes_files", False)] == []


def test_a_large_letter_is_kept_with_an_approval_and_with_a_condition(client, make):
    force = make.organisation("northmoor")
    lead, officer = make.user(Role.RESEARCH_LEAD, force), make.user(Role.ETHICS_OFFICER, force)
    approval = make.approval(make.project(force, lead))
    asked = (NewCondition("Send the sheet", before_start=True, due_on=None),)
    make.decision(approval, officer, Outcome.FAVOURABLE_WITH_CONDITIONS, conditions=asked)
    client.sign_in(officer)
    for number, page in enumerate(("documents/new", f"conditions/{approval.decisions[0].conditions[0].id}")):
        letter = file(content=PDF + b"%" + str(number).encode() + b"0" * 3 * 1024 * 1024 + b"\n%%EOF\n")
        values = {"evidence_title": "Letter", "evidence_file": letter}
        if number:
            values |= {"note": "Sent", "met_on": ["9", "6", "2026"]}
        assert client.fill(f"/approvals/{approval.reference}/{page}", values).status_code == 302
    assert len(approval.evidence) == 2


def test_above_what_is_read_at_all_the_page_says_what_to_do(client, make, monkeypatch):
    monkeypatch.setitem(current_app.config, "EVIDENCE_LARGEST", 100 * 1024)
    page, *_ = answered(client, make, evidence_file=file(content=PDF + b"0" * 3 * 1024 * 1024))
    assert page.status_code == 413
    assert "what you typed is still there" in page.text
    assert "Choose a smaller file" in page.text


def test_evidence_that_the_list_leaves_out_is_named_by_its_reference(client, make, monkeypatch):
    _, project, *_ = answered(
        client, make, evidence_address="https://force.example/policy", evidence_title="Policy"
    )
    address = f"/projects/{project.reference}/checks/25-C12-R2"
    assert "leaves out" not in client.get(address).text
    for module in (queries, forms):
        monkeypatch.setattr(module, "OFFERED", 0)
    page = client.fill(address, {"standing": "met", "evidence_reference": "evd-9999"})
    assert page.status_code == 400
    assert "Choose evidence that the organisation keeps" in page.text
    assert client.send(page, {"evidence_reference": only().reference.lower()}).status_code == 302
    assert len(only().uses) == 2


def test_evidence_is_used_again_without_a_second_copy(client, make):
    _, project, *_ = answered(
        client, make, evidence_address="https://force.example/policy", evidence_title="Policy"
    )
    client.fill(
        f"/projects/{project.reference}/checks/25-C12-R2",
        {"standing": "met", "evidence_existing": only().reference},
    )
    evidence = only()
    assert len(evidence.uses) == 2
    assert "25-C12-R2" in client.get(f"/evidence/{evidence.reference}").text


def test_a_title_without_anything_behind_it_says_what_to_do(client, make):
    page, *_ = answered(client, make, evidence_title="Policy")
    assert page.status_code == 400
    assert "Enter the address of the evidence, or choose a file" in page.text


def test_people_of_another_force_do_not_find_it(client, make):
    _, _, _, tree = answered(client, make, evidence_file=file())
    evidence = only()
    client.sign_in(make.user(Role.RESEARCH_LEAD, tree["westmarch"]))
    assert client.get(f"/evidence/{evidence.reference}").status_code == 404
    assert client.get(f"/evidence/{evidence.reference}/file").status_code == 404
    client.sign_in(make.user(Role.AUDITOR, tree["npcc"]))
    assert client.get(f"/evidence/{evidence.reference}/file").status_code == 200


def test_whoever_added_it_and_left_the_force_does_not_find_it(client, make):
    _, _, person, tree = answered(client, make, evidence_file=file())
    evidence = only()
    assert client.get(f"/evidence/{evidence.reference}").status_code == 200
    make.member(person, Role.RESEARCH_LEAD, tree["westmarch"])
    changed(person.memberships[0], until_on=date(2026, 6, 1))
    client.sign_in(person)
    assert client.get("/evidence").status_code == 200
    assert client.get(f"/evidence/{evidence.reference}").status_code == 404
    assert client.get(f"/evidence/{evidence.reference}/file").status_code == 404


def test_the_list_of_an_organisation_holds_what_is_below_it(client, make):
    _, _, _, tree = answered(client, make, evidence_file=file())
    client.sign_in(make.user(Role.AUDITOR, tree["npcc"]))
    assert only().reference in client.get("/evidence?organisation=npcc").text
    assert only().reference not in client.get("/evidence?organisation=westmarch").text


def test_a_newer_version_takes_its_place_and_the_old_one_stays(client, make):
    _, project, *_ = answered(client, make, evidence_file=file(), evidence_title="Policy")
    old = only().reference
    page = client.fill(f"/evidence/{old}/replace", {"evidence_file": file("policy.pdf", PDF + b"2")})
    newer = page.location.rsplit("/", 1)[1]
    assert "A newer version is in force" in client.get(f"/evidence/{old}").text
    assert client.get(f"/evidence/{old}/file").data == PDF
    shown = client.get(f"/projects/{project.reference}/checks/25-C12-R1").text
    assert newer in shown
    assert f"/evidence/{old}/file" not in shown


def test_detached_evidence_no_longer_supports_the_record(client, make):
    _, project, *_ = answered(
        client, make, evidence_address="https://force.example/policy", evidence_title="Policy"
    )
    page = client.get(f"/evidence/{only().reference}")
    client.send(page, {}, button="Detach from this record")
    assert (
        "https://force.example/policy"
        not in client.get(f"/projects/{project.reference}/checks/25-C12-R1").text
    )
    assert "Ended" in client.get(f"/evidence/{only().reference}").text


def test_two_people_describe_it_at_once_and_the_second_sees_both(client, make):
    answered(client, make, evidence_address="https://force.example/policy", evidence_title="Policy")
    reference = only().reference
    page = client.get(f"/evidence/{reference}/describe")
    client.fill(f"/evidence/{reference}/describe", {"title": "Policy of 2026"})
    late = client.send(page, {"title": "Our policy"})
    assert late.status_code == 409
    assert "Policy of 2026" in late.text
    assert "Our policy" in late.text


def test_the_list_asks_as_often_for_many_as_for_one(client, make):
    _, project, *_ = answered(client, make, evidence_address="https://force.example/1", evidence_title="One")
    with at_most(12) as few:
        assert "1\u00a0piece of evidence" in client.get("/evidence").text
    for number in range(5):
        client.fill(
            f"/projects/{project.reference}/checks/25-C12-R3",
            {
                "standing": "met",
                "evidence_address": f"https://force.example/{number}",
                "evidence_title": f"No. {number}",
            },
        )
    with at_most(len(few)):
        client.get("/evidence")


def test_a_file_that_the_store_lost_is_told_and_not_a_crash(client, make, app):
    answered(client, make, evidence_file=file())
    store.inner.place(only().sha256).unlink()
    page = client.get(f"/evidence/{only().reference}/file")
    assert page.status_code == 503
    assert "not available" in page.text
