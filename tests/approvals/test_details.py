"""What a body asks besides: a reference used before, and a high risk that is recorded truthfully and blocks."""

from datetime import date

import pytest

from compliance.approvals.queries import facts
from compliance.projects.fieldwork import record_start
from compliance.rules.approvals import start_blockers
from compliance.terms import ApprovalState, ApprovalStep, Involvement, Role
from tests.kept import kept

TODAY = date(2026, 6, 9)


@kept
def tree(make):
    return make.tree()


@pytest.fixture
def officer(client, make, tree):
    person = make.user(Role.ETHICS_OFFICER, tree["northmoor"])
    client.sign_in(person)
    return person


def save(client, approval, **values):
    return client.fill(f"/approvals/{approval.reference}/details", values)


def test_a_high_risk_is_recorded_after_the_decision_and_blocks_until_the_ico_was_asked(
    client, make, tree, officer
):
    project = make.project(tree["northmoor"], officer, involves=(Involvement.PERSONAL_DATA,))
    for row in project.approvals:
        make.decision(row, officer)
    record_start(project, TODAY, None, seen=project.version, by=officer)
    dpia = make.approval(project, "dpia")
    assert start_blockers([facts(dpia)], TODAY) == ()
    assert save(client, dpia, residual_risk="High").status_code == 302
    assert dpia.details["residual_risk"] == "High"
    (why,) = start_blockers([facts(dpia)], TODAY)
    assert "high risk remains, and the ICO was not consulted" in why.message
    assert "high risk remains" in client.get(f"/projects/{project.reference}").text
    assert "Fieldwork is running without a binding decision" in client.get("/my-work").text
    save(client, dpia, ico_consulted_on=["8", "6", "2026"])
    assert start_blockers([facts(dpia)], TODAY) == ()
    assert "without a binding decision" not in client.get("/my-work").text


def test_a_reference_used_before_is_told_on_the_details_too_and_across_organisations(
    client, make, tree, officer
):
    project = make.project(tree["northmoor"], officer)
    mine = make.approval(project)
    twin = make.approval(make.project(tree["northmoor"], officer, title="Another"))
    assert save(client, twin, body_reference="P/1").status_code == 302
    warned = save(client, mine, body_reference="p/1")
    assert warned.status_code == 400
    assert f"{twin.reference} has the same reference at this body" in warned.text
    assert client.send(warned, {"body_reference": "p/1", "keep": "yes"}).status_code == 302
    assert mine.body_reference == "p/1"
    assert save(client, mine).status_code == 302, "what was kept is not asked again"
    other = make.user(Role.ETHICS_OFFICER, tree["westmarch"])
    stranger = make.approval(make.project(tree["westmarch"], other))
    client.sign_in(other)
    told = save(client, stranger, body_reference="P/1").text
    assert "An approval of another organisation has the same reference" in told
    assert mine.reference not in told


def test_a_halted_approval_can_be_applied_for_anew(client, make, tree, officer):
    approval = make.decision(make.approval(make.project(tree["northmoor"], officer)), officer)
    make.step(approval, officer, ApprovalStep.HALTED)
    assert (
        client.fill(f"/approvals/{approval.reference}/replace", {"reason": "A new design"}).status_code == 302
    )
    assert approval.stage is ApprovalState.HALTED
    assert start_blockers([facts(approval), facts(approval.replaced_by)], TODAY) != ()
    make.decision(approval.replaced_by, officer)
    assert start_blockers([facts(approval), facts(approval.replaced_by)], TODAY) == ()


def test_what_is_saved_is_told_in_the_word_of_the_body_on_its_day(client, make, tree, officer):
    values = {"kind": "minor", "description": "A new poster", "reason": "Wrong number"}
    for body, sent, said in (
        ("nhs-rec", ["28", "4", "2026"], "Modification recorded"),
        ("nhs-rec", ["27", "4", "2026"], "Amendment recorded"),
        ("university-rec", ["1", "6", "2026"], "Amendment recorded"),
    ):
        project = make.project(
            tree["northmoor"], officer, involves=(Involvement.NHS, Involvement.UNIVERSITY), title=said
        )
        approval = make.decision(make.approval(project, body), officer, on=date(2026, 4, 1))
        checked = client.fill(f"/approvals/{approval.reference}/modification", {**values, "sent_on": sent})
        saved = client.send(checked, {}, button="confirmed", follow_redirects=True)
        assert said in saved.text, (body, sent)
