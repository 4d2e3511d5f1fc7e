"""An approval lives through its pages: applied for, decided, modified, halted, ended, renewed; and what is refused."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from compliance.approvals.queries import latest
from compliance.rules.conditions import NewCondition
from compliance.terms import ApprovalState, ApprovalStep, ModificationKind, Outcome, Role
from tests.conftest import at_most
from tests.kept import kept

S, T = ApprovalStep, ApprovalState


@kept
def place(make):
    """A force, its lead, its ethics officer, and the approval that a project of the lead needs."""
    force = make.organisation("northmoor", under=make.organisation("npcc"))
    lead, officer = make.user(Role.RESEARCH_LEAD, force), make.user(Role.ETHICS_OFFICER, force)
    return make.approval(make.project(force, lead)), lead, officer


@pytest.fixture
def page(client, place):
    """The address of the approval, opened by the ethics officer."""
    client.sign_in(place[2])
    return f"/approvals/{place[0].reference}"


DECISION = {"outcome": "favourable|Approve", "decided_on": ["1", "6", "2026"]}


def decide(client, page, values=None):
    """Record a decision and confirm it on the page that shows all answers."""
    checked = client.fill(f"{page}/decision", values or DECISION)
    assert "Check your answers" in checked.text
    return client.send(checked, {}, button="Save the decision")


def sure(client, path, values):
    """Send a form and confirm it on the page that shows all answers."""
    checked = client.fill(path, values)
    assert "Check your answers" in checked.text
    return client.send(checked, {}, button="confirmed")


def test_from_the_application_to_the_final_word(client, place, page):
    approval, lead, _ = place
    assert "Record the application" in client.get(page).text
    sure(client, f"{page}/application", {"applied_on": ["1", "5", "2026"], "body_reference": "PANEL/7"})
    sure(client, f"{page}/steps/found_valid", {"on": ["2", "5", "2026"]})
    values = {
        "outcome": "favourable_with_conditions|Approve with minor amendments",
        "decided_on": ["20", "5", "2026"],
        "conditions-0-text": "Send the sheet.",
        "conditions-0-before_start": "yes",
        "conditions-0-owner_id": str(lead.id),
        "letter": "https://force.example/letter",
    }
    assert decide(client, page, values).status_code == 302
    shown = client.get(page).text
    assert "Fieldwork cannot begin yet" in shown
    assert "19 days after application sent; limit 30 days, 31 May 2026" in shown
    assert "Decision letter of 20 May 2026" in shown
    number = latest(approval).conditions[0].id
    client.fill(
        f"{page}/conditions/{number}",
        {
            "note": "Seen",
            "met_on": ["9", "6", "2026"],
            "evidence_title": "Sheet",
            "evidence_address": "https://force.example/sheet",
        },
    )
    assert approval.stage is T.ACTIVE
    checked = client.fill(
        f"{page}/modification",
        {
            "kind": "substantial",
            "description": "A second site",
            "reason": "Too few people",
            "sent_on": ["9", "6", "2026"],
        },
    )
    client.send(checked, {}, button="Save the modification")
    assert "Modification under review" in client.get(page).text
    sure(client, f"{page}/modification/decision", {"outcome": "favourable", "decided_on": ["9", "6", "2026"]})
    sure(client, f"{page}/steps/ended", {"on": ["9", "6", "2026"], "note": "Data collected"})
    sure(client, f"{page}/steps/closed", {"on": ["9", "6", "2026"]})
    told = client.get(page).text
    assert approval.stage is T.CLOSED
    for words in (
        "closed",
        "study ended",
        "decision on the modification: favourable",
        "condition met: Send the sheet<",
        "PANEL/7",
    ):
        assert words in told, words
    printed = client.get(f"{page}/record").text
    assert "Every decision" in printed
    assert "A second site" in printed


def test_what_was_entered_may_be_changed_before_it_is_saved(client, place, page):
    sure(client, f"{page}/application", {"applied_on": ["1", "5", "2026"]})
    checked = client.fill(f"{page}/decision", {**DECISION, "note": "By letter"})
    back = client.send(checked, {}, button="Change the answers")
    assert "Record the decision" in back.text
    assert "By letter" in back.text
    assert place[0].decisions == []


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({**DECISION, "decided_on": ["1", "5", "2030"]}, "Date of decision must be today or in the past"),
        ({**DECISION, "decided_on": ["1", "4", "2026"]}, "must not be before the application"),
        ({**DECISION, "expires_on": ["1", "5", "2026"]}, "The end must not be before the decision"),
        ({**DECISION, "decided_on": ["31", "2", "2026"]}, "must be a real date"),
        (
            {**DECISION, "outcome": "favourable_with_conditions|Approve with minor amendments"},
            "Enter at least one condition",
        ),
    ],
)
def test_a_wrong_decision_is_refused_with_everything_typed_kept(client, page, values, words):
    sure(client, f"{page}/application", {"applied_on": ["1", "5", "2026"]})
    refused = client.fill(f"{page}/decision", {**values, "note": "By letter"})
    assert refused.status_code == 400
    assert words in refused.text
    assert "By letter" in refused.text


def test_a_decision_before_the_application_says_where_to_put_it_right(client, page):
    shown = client.get(f"{page}/decision").text
    assert "Record first when the application was sent" in shown
    assert f'href="{page}/application"' in shown
    assert client.fill(f"{page}/decision", DECISION).status_code == 400


def test_a_second_decision_at_the_same_time_shows_both_versions(client, make, place, page):
    sure(client, f"{page}/application", {"applied_on": ["1", "5", "2026"]})
    checked = client.fill(f"{page}/decision", DECISION)
    make.decision(place[0], place[1], Outcome.PROVISIONAL, on=place[0].applied_on)
    late = client.send(checked, {}, button="Save the decision")
    assert late.status_code == 409
    assert "Provisional" in late.text
    assert "favourable" in late.text


@pytest.mark.parametrize("step", ["resumed", "reported", "lapsed", "halted"])
def test_a_step_that_cannot_follow_is_refused_by_its_address_too(client, place, page, step):
    assert client.get(f"{page}/steps/{step}").status_code == 400
    sent = client.fill(f"{page}/steps/{step}", {"on": ["9", "6", "2026"]})
    assert sent.status_code == 400
    assert place[0].events == []


@pytest.mark.parametrize("step", ["took_effect", "decided", "nonsense"])
def test_a_step_that_has_no_page_of_that_kind_is_not_found(client, page, step):
    assert client.get(f"{page}/steps/{step}").status_code == 404


def test_a_modification_to_an_ended_approval_is_refused(client, make, place, page):
    make.decision(place[0], place[2])
    make.step(place[0], place[2], S.ENDED)
    refused = client.get(f"{page}/modification")
    assert refused.status_code == 400
    assert "only while the approval is in force" in refused.text


def test_a_reference_used_before_is_kept_only_after_a_second_look(client, make, place, page):
    other = make.approval(make.project(place[0].project.organisation, place[1], title="Another"))
    sure(
        client,
        f"/approvals/{other.reference}/application",
        {"applied_on": ["1", "5", "2026"], "body_reference": "P/1"},
    )
    entered = {"applied_on": ["1", "5", "2026"], "body_reference": "P/1"}
    warned = client.fill(f"{page}/application", entered)
    assert warned.status_code == 400
    assert f"{other.reference} has the same reference" in warned.text
    checked = client.send(warned, {**entered, "keep": "yes"})
    assert client.send(checked, {}, button="confirmed").status_code == 302


def test_a_correction_stands_beside_what_it_corrects(client, make, place, page):
    make.decision(place[0], place[2], Outcome.UNFAVOURABLE)
    values = {**DECISION, "note": "The letter says approved"}
    checked = client.fill(f"{page}/correct", values)
    assert client.send(checked, {}, button="Save the correction").status_code == 302
    printed = client.get(f"{page}/record").text
    assert "Corrected later" in printed
    assert "The letter says approved" in printed
    assert place[0].stage is T.ACTIVE


def test_a_renewal_refers_to_what_it_replaces(client, make, place, page):
    make.decision(place[0], place[2])
    client.fill(f"{page}/replace", {"reason": "It ends too soon"})
    successor = place[0].replaced_by
    assert "Replaced by <a" in client.get(page).text
    shown = client.get(f"/approvals/{successor.reference}").text
    assert "In place of" in shown
    assert "Fieldwork cannot begin yet" not in shown, "the one that it replaces still counts"


def test_who_comes_to_an_approval_that_has_ended_is_led_to_a_new_one(client, make, place, page):
    make.decision(place[0], place[2], on=date(2026, 5, 1), expires_on=date(2026, 6, 1))
    shown = client.get(page).text
    assert "the approval holds only until 1 June 2026" in shown
    assert shown.index("Apply again") < shown.index("Record a modification")


def test_one_that_ran_out_before_its_condition_was_met_is_renewed_too(client, make, place, page):
    first = NewCondition("Name the helpline", before_start=True, due_on=None)
    held = {"on": date(2026, 5, 1), "expires_on": date(2026, 6, 1), "conditions": (first,)}
    make.decision(place[0], place[2], Outcome.FAVOURABLE_WITH_CONDITIONS, **held)
    shown = client.get(page).text
    assert "a condition to meet before the start" in shown
    assert "the approval holds only until" in shown, "everything that is missing is told at once"
    assert client.fill(f"{page}/replace", {"reason": "It ran out"}).status_code == 302
    assert place[0].replaced_by is not None


def test_the_questions_of_a_body_are_asked_and_kept(client, make, place):
    project = place[0].project
    client.sign_in(place[2])
    client.fill(
        f"/projects/{project.reference}/approvals/new", {"body_key": "dpia", "reason": "Personal data"}
    )
    added = next(row for row in project.approvals if row.body_key == "dpia")
    address = f"/approvals/{added.reference}"
    wrong = client.fill(f"{address}/details", {"ico_consulted_on": ["31", "2", "2026"]})
    assert wrong.status_code == 400
    client.fill(f"{address}/details", {"residual_risk": "High", "review_due_on": ["1", "3", "2027"]})
    assert added.details == {"residual_risk": "High", "review_due_on": "2027-03-01"}
    refused = client.fill(
        f"{address}/decision", {"outcome": "favourable|Signed off", "decided_on": ["1", "6", "2026"]}
    )
    assert "consult the ICO" in refused.text


def test_the_sheet_holds_exactly_the_approvals_of_the_filter_and_no_formula(client, make, place):
    approval, lead, officer = place
    make.project(approval.project.organisation, lead, title="=HYPERLINK(evil)")
    make.decision(approval, officer, expires_on=date(2026, 12, 31))
    client.sign_in(officer)
    book = load_workbook(io.BytesIO(client.get("/approvals.xlsx?decision=favourable").data)).active
    assert [row[1] for row in book.values] == ["Reference", approval.reference]
    everything = client.get("/approvals.csv").text
    assert everything.count("\n") == 3
    assert "'=HYPERLINK(evil)" in everything
    assert client.get("/approvals.csv?decision=favourable").text.count("\n") == 2
    assert client.get("/approvals.csv?before=2026-12-31").text.count("\n") == 1
    assert client.get("/approvals.csv?before=2027-01-01").text.count("\n") == 2


def test_the_record_asks_as_often_for_a_long_life_as_for_a_short_one(client, make, place, page):
    approval, _, officer = place
    make.decision(approval, officer)
    client.get(page)
    with at_most(30) as few:
        client.get(page)
    for _ in range(5):
        make.step(approval, officer, S.HALTED)
        make.step(approval, officer, S.RESUMED)
    with at_most(len(few)):
        client.get(page)


def test_the_register_asks_as_often_for_twenty_approvals_as_for_two(client, make, place):
    approval, lead, officer = place
    client.sign_in(officer)
    make.project(approval.project.organisation, lead)
    client.get("/approvals")
    with at_most(8):
        client.get("/approvals")
    for _ in range(10):
        make.decision(make.approval(make.project(approval.project.organisation, lead)), officer)
    with at_most(8):
        client.get("/approvals")


def test_a_kind_of_modification_says_who_decides(client, make, place, page):
    make.decision(place[0], place[2])
    shown = client.get(f"{page}/modification").text
    assert all(kind.label in shown for kind in ModificationKind)
    assert "The body decides" in shown
