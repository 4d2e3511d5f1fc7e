"""The AI Covenant: six principles rated with evidence, nothing recorded as rated before; ALGO-CARE and ATRS alike."""

import pytest

from compliance.approvals import actions
from compliance.approvals.queries import covenants_of
from compliance.approvals.rating import rate
from compliance.rules.approvals import NewDecision
from compliance.rules.broken import RuleBroken
from compliance.rules.covenant import NewRating, not_rated
from compliance.rules.evidence import NewEvidence
from compliance.terms import ApprovalState, Involvement, Outcome, Principle, Role, Standing
from tests.conftest import TODAY
from tests.kept import kept

LINK = NewEvidence("Assessment", "https://force.example/covenant")


@kept
def place(make):
    """A project that uses AI, its lead, and its Covenant."""
    force = make.organisation("northmoor", under=make.organisation("npcc"))
    lead = make.user(Role.RESEARCH_LEAD, force)
    project = make.project(force, lead, involves=(Involvement.ALGORITHM_OR_AI,))
    return project, lead, make.approval(project, "ai-covenant")


def decide(approval, by, outcome=Outcome.ADVICE):
    new = NewDecision(outcome, None, TODAY.date())
    return actions.record_decision(approval, new, letter=None, seen=approval.version, by=by)


def rate_all(approval, by, principles=tuple(Principle)):
    for one in principles:
        rate(approval, NewRating(one, Standing.MET, "As agreed"), LINK, by=by)


def test_rated_with_evidence_is_refused_until_all_six_are(place):
    _, lead, approval = place
    with pytest.raises(
        RuleBroken, match="Lawful; Transparent; Explainable; Responsible; Accountable; Robust"
    ):
        decide(approval, lead)
    rate_all(approval, lead, tuple(Principle)[:5])
    with pytest.raises(RuleBroken, match="Robust") as broken:
        actions.check_decision(approval, NewDecision(Outcome.ADVICE, None, TODAY.date()), by=lead)
    assert broken.value.field == "outcome"
    assert "Lawful" not in broken.value.message
    assert approval.decisions == []
    rate_all(approval, lead, (Principle.ROBUST,))
    decide(approval, lead)
    assert approval.stage is ApprovalState.ADVICE


def test_a_rating_needs_the_scale_its_note_and_its_evidence(place):
    _, lead, approval = place
    for new, evidence, field in (
        (NewRating(Principle.LAWFUL, Standing.NOT_APPLICABLE, "x"), LINK, "rating"),
        (NewRating(Principle.LAWFUL, Standing.MET, " "), LINK, "note"),
        (NewRating(Principle.LAWFUL, Standing.MET, "x"), NewEvidence(), "evidence_address"),
    ):
        with pytest.raises(RuleBroken) as broken:
            rate(approval, new, evidence, by=lead)
        assert broken.value.field == field
    assert covenants_of(place[0]) == [(approval, {})]


def test_another_body_has_no_principles(make, place):
    with pytest.raises(RuleBroken, match="Only the AI Covenant"):
        rate(
            make.approval(place[0], "atrs"), NewRating(Principle.LAWFUL, Standing.MET, "x"), LINK, by=place[1]
        )


def test_the_latest_rating_counts_and_the_earlier_stays(client, place):
    project, lead, approval = place
    client.sign_in(lead)
    page = f"/approvals/{approval.reference}"
    assert "0 of 6 principles rated" in client.get(page).text
    refused = client.fill(f"{page}/principles/robust", {"rating": "met", "note": "Tested at two sites"})
    assert refused.status_code == 400
    assert "Give an address, choose a file, or choose kept evidence" in refused.text
    assert "Tested at two sites" in refused.text
    values = {"rating": "not_met", "note": "Not tested", "evidence_address": "https://force.example/test"}
    client.fill(f"{page}/principles/robust", {**values, "evidence_title": "Test plan"})
    again = client.get(f"{page}/principles/robust")
    assert "Rated not met by" in again.text
    kept = covenants_of(project)[0][1][Principle.ROBUST].evidence.reference
    client.fill(
        f"{page}/principles/robust", {"rating": "met", "note": "Tested now", "evidence_existing": kept}
    )
    for address in (page, f"{page}/record", f"/projects/{project.reference}"):
        shown = client.get(address).text
        assert "1 of 6 principles rated, 1 met" in shown, address
        assert "Tested now" in shown
        assert "Test plan" in shown
        assert "Not tested" not in shown.split("History")[0].split("Timeline")[0]


def test_a_project_without_ai_shows_no_covenant(client, make, place):
    _, lead, approval = place
    plain = make.project(approval.project.organisation, lead, title="Without AI")
    client.sign_in(lead)
    assert "principles rated" not in client.get(f"/projects/{plain.reference}").text
    panel = make.approval(plain)
    assert client.get(f"/approvals/{panel.reference}/principles/lawful").status_code == 404
    assert client.get(f"/approvals/{approval.reference}/principles/nonsense").status_code == 404


ALGO_CARE = (
    "advisory",
    "lawful",
    "granularity",
    "ownership",
    "challengeable",
    "accuracy",
    "responsible",
    "explainable",
)


def test_algo_care_is_not_rated_while_a_note_or_the_risk_is_missing(make, place):
    project, lead, _ = place
    approval = make.approval(project, "algo-care")
    notes = {**dict.fromkeys(ALGO_CARE, "Noted"), "accuracy": ""}
    actions.save_details(approval, notes, seen=approval.version, by=lead)
    with pytest.raises(RuleBroken, match=r"approval: Accuracy; Risk$"):
        decide(approval, lead)
    actions.save_details(approval, {"accuracy": "Tested", "risk": "Low"}, seen=approval.version, by=lead)
    decide(approval, lead)
    assert approval.stage is ApprovalState.ADVICE


def test_a_transparency_record_says_whether_it_is_required_and_where_it_is(make, place):
    project, lead, _ = place
    approval = make.approval(project, "atrs")
    with pytest.raises(RuleBroken, match=r"approval: Must a record be published\?$"):
        decide(approval, lead)
    actions.save_details(approval, {"atrs_required": "No"}, seen=approval.version, by=lead)
    with pytest.raises(RuleBroken, match="Address of the record; Published on"):
        decide(approval, lead, Outcome.FAVOURABLE)
    decide(approval, lead)
    assert approval.stage is ApprovalState.ADVICE


def test_an_approval_that_is_not_required_needs_no_answers(make, place):
    project, _, approval = place
    officer = make.user(Role.ETHICS_OFFICER, project.organisation)
    actions.declare_not_required(approval, "No model is used after all", seen=approval.version, by=officer)
    assert approval.stage is ApprovalState.NOT_REQUIRED
    assert covenants_of(project) == []


def test_what_is_not_rated_keeps_the_order_of_the_covenant():
    assert not_rated({Principle.LAWFUL, Principle.ROBUST}) == tuple(Principle)[1:5]
