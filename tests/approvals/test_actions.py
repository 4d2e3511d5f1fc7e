"""The life of an approval in rows: what is kept, what is refused, and who may say what."""

from datetime import date

import pytest

from compliance.approvals import actions, history, steps
from compliance.approvals.conditions import meet_condition
from compliance.approvals.queries import facts, latest, open_conditions
from compliance.conflict import Conflict
from compliance.db import HistoryRewritten
from compliance.models import Approval
from compliance.rules.approval_life import replay
from compliance.rules.approvals import NewApplication, NewApproval, NewDecision, start_blockers
from compliance.rules.broken import RuleBroken
from compliance.rules.conditions import NewCondition
from compliance.rules.evidence import NewEvidence
from compliance.rules.modifications import NewModification, NewModificationDecision
from compliance.terms import ApprovalState, ApprovalStep, ModificationKind, Outcome, Role
from tests.factories import changed
from tests.kept import kept

S, T = ApprovalStep, ApprovalState
TODAY = date(2026, 6, 9)
FC = Outcome.FAVOURABLE_WITH_CONDITIONS


@kept
def place(make):
    """A force, its research lead, its ethics officer, and the approval that a project of the lead needs."""
    force = make.organisation("northmoor", under=make.organisation("npcc"))
    lead, officer = make.user(Role.RESEARCH_LEAD, force), make.user(Role.ETHICS_OFFICER, force)
    return make.approval(make.project(force, lead)), lead, officer


def in_force(make, place, **parts) -> Approval:
    return make.decision(place[0], place[2], on=date(2026, 5, 20), **parts)


def change(approval, by, kind=ModificationKind.SUBSTANTIAL, on=date(2026, 6, 1), *, urgent=False):
    new = NewModification(kind, "A second site", "Too few people took part", urgent, on)
    return steps.send_modification(approval, new, seen=approval.version, by=by)


def replayed(approval):
    return replay(history.moves_of(approval), history.asks_of(None))


def test_a_favourable_decision_is_in_force_at_once_and_its_history_replays(make, place):
    approval = in_force(make, place)
    assert [row.step for row in approval.events] == [S.SENT, S.DECIDED, S.TOOK_EFFECT]
    assert [row.number for row in approval.events] == [1, 2, 3]
    assert approval.stage is T.ACTIVE is replayed(approval).stage


def test_a_condition_before_the_start_holds_it_back_until_somebody_confirms_it(make, place):
    approval, lead, officer = place
    condition = NewCondition("Send the sheet", before_start=True, due_on=None, owner_id=lead.id)
    make.decision(approval, officer, FC, conditions=(condition,))
    assert approval.stage is T.WITH_CONDITIONS
    assert [one.message for one in start_blockers([facts(approval)], TODAY)] == [
        "Force research ethics panel: a condition to meet before the start"
    ]
    row = latest(approval).conditions[0]
    with pytest.raises(RuleBroken, match="someone else must confirm"):
        meet_condition(row, "Sent", by=lead)
    for wrong, words in ((date(2026, 6, 10), "in the past"), (date(2026, 6, 8), "before the decision")):
        with pytest.raises(RuleBroken, match=words) as broken:
            meet_condition(row, "Seen", by=officer, on=wrong)
        assert broken.value.field == "met_on"
    meet_condition(row, "Seen", by=officer, shown_by=NewEvidence("Sheet", "https://force.example/sheet"))
    assert approval.stage is T.ACTIVE
    assert row.met_on == TODAY
    assert row.met_evidence.address == "https://force.example/sheet"
    assert row.met_evidence in approval.evidence
    with pytest.raises(RuleBroken, match="already"):
        meet_condition(row, "Again", by=officer)


@pytest.mark.parametrize("before_start", [True, False])
def test_a_condition_that_nobody_was_named_for_is_the_leads_and_another_person_confirms_it(
    make, place, before_start
):
    approval, lead, officer = place
    condition = NewCondition("Send it", before_start=before_start, due_on=None)
    make.decision(approval, officer, FC, conditions=(condition,))
    row = latest(approval).conditions[0]
    with pytest.raises(RuleBroken, match="someone else must confirm"):
        meet_condition(row, "Sent", by=lead)
    assert row.met_at is None
    meet_condition(row, "Seen", by=officer)
    assert approval.stage is T.ACTIVE


def test_two_decisions_at_once_become_a_conflict(make, place):
    approval, lead, officer = place
    actions.apply(approval, NewApplication(date(2026, 5, 1), None), seen=approval.version, by=lead)
    seen = approval.version
    new = NewDecision(Outcome.PROVISIONAL, None, TODAY)
    actions.record_decision(approval, new, letter=None, seen=seen, by=officer)
    with pytest.raises(Conflict):
        actions.record_decision(approval, new, letter=None, seen=seen, by=lead)
    assert len(approval.decisions) == 1


def test_a_decision_before_the_application_or_without_one_is_refused(make, place):
    approval, lead, _ = place
    new = NewDecision(Outcome.FAVOURABLE, None, date(2026, 5, 1))
    with pytest.raises(RuleBroken, match="Record first when the application was sent"):
        actions.record_decision(approval, new, letter=None, seen=approval.version, by=lead)
    actions.apply(approval, NewApplication(date(2026, 5, 4), None), seen=approval.version, by=lead)
    with pytest.raises(RuleBroken, match="not be before the application") as broken:
        actions.record_decision(approval, new, letter=None, seen=approval.version, by=lead)
    assert broken.value.field == "decided_on"
    assert approval.decisions == []


def test_a_wrong_decision_is_corrected_beside_the_old_one_and_a_met_condition_stays_met(make, place):
    approval, _, officer = place
    conditions = (NewCondition("Send the sheet", before_start=True, due_on=None),)
    make.decision(approval, officer, FC, on=date(2026, 6, 3), conditions=conditions)
    meet_condition(latest(approval).conditions[0], "Seen", by=officer)
    right = NewDecision(FC, None, date(2026, 6, 1), None, "The letter is of 1 June", conditions)
    actions.correct_decision(approval, right, letter=None, seen=approval.version, by=officer)
    assert len(approval.decisions) == 2
    assert latest(approval).decided_on == date(2026, 6, 1)
    assert latest(approval).conditions[0].met_note == "Seen"
    assert approval.stage is T.ACTIVE
    bare = NewDecision(Outcome.FAVOURABLE, None, date(2026, 6, 1))
    with pytest.raises(RuleBroken, match="Say what was wrong"):
        actions.correct_decision(approval, bare, letter=None, seen=approval.version, by=officer)


def test_a_modification_has_its_own_decision_and_changes_nothing_decided_before(make, place):
    approval = in_force(make, place, expires_on=date(2026, 12, 31))
    first = latest(approval)
    change(approval, place[1])
    assert approval.stage is T.MODIFICATION_PENDING
    assert start_blockers([facts(approval)], TODAY) == ()
    new = NewModificationDecision(Outcome.UNFAVOURABLE, "Refused", date(2026, 6, 5), note="Too large")
    steps.decide_modification(approval, new, seen=approval.version, by=place[2])
    assert approval.stage is T.ACTIVE
    assert latest(approval) is first
    assert approval.modifications[0].events[-1].outcome is Outcome.UNFAVOURABLE


def test_a_modification_may_move_the_last_day_and_the_old_one_stays_on_record(make, place):
    approval = in_force(make, place, expires_on=date(2026, 12, 31))
    change(approval, place[1])
    early = NewModificationDecision(Outcome.FAVOURABLE, None, date(2026, 6, 5), date(2026, 12, 1))
    with pytest.raises(RuleBroken, match="later than the present one"):
        steps.decide_modification(approval, early, seen=approval.version, by=place[2])
    later = NewModificationDecision(Outcome.FAVOURABLE, None, date(2026, 6, 5), date(2027, 6, 30))
    steps.decide_modification(approval, later, seen=approval.version, by=place[2])
    assert [row.expires_on for row in approval.decisions] == [date(2026, 12, 31), date(2027, 6, 30)]
    assert facts(approval).expires_on == date(2027, 6, 30)


def test_a_modification_may_bring_conditions_beside_those_that_stand(make, place):
    approval = in_force(make, place, outcome=FC, conditions=(make.condition("Report each month"),))
    change(approval, place[1])
    bare = NewModificationDecision(FC, None, date(2026, 6, 5))
    with pytest.raises(RuleBroken, match="at least one condition"):
        steps.decide_modification(approval, bare, seen=approval.version, by=place[2])
    new = NewModificationDecision(
        FC, None, date(2026, 6, 5), conditions=(make.condition("Tell the site"),), in_use_on=date(2026, 6, 8)
    )
    steps.decide_modification(approval, new, seen=approval.version, by=place[2])
    assert approval.stage is T.ACTIVE
    assert [row.text for row in open_conditions(approval)] == ["Report each month", "Tell the site"]
    assert approval.events[-1].in_use_on == date(2026, 6, 8)


def test_a_minor_modification_waits_for_nobody(make, place):
    approval = in_force(make, place)
    change(approval, place[1], ModificationKind.MINOR)
    assert approval.stage is T.ACTIVE
    with pytest.raises(RuleBroken, match="is a substantial modification"):
        change(approval, place[1], ModificationKind.MINOR, urgent=True)


def test_a_modification_to_an_ended_approval_is_refused(make, place):
    approval = in_force(make, place)
    make.step(approval, place[1], S.ENDED)
    with pytest.raises(RuleBroken, match="only while the approval is in force"):
        change(approval, place[1], on=TODAY)


def test_the_lead_cannot_say_that_an_approval_is_not_required(make, place):
    approval, lead, officer = place
    with pytest.raises(RuleBroken, match="Someone other than the project’s lead"):
        actions.declare_not_required(approval, "No people", seen=approval.version, by=lead)
    screened = NewDecision(Outcome.NOT_REQUIRED, "Screened, not needed", TODAY, note="No people")
    with pytest.raises(RuleBroken, match="Someone other than the project’s lead"):
        actions.check_decision(approval, screened, by=lead)
    with pytest.raises(RuleBroken, match="Someone other than the project’s lead"):
        actions.record_decision(approval, screened, letter=None, seen=approval.version, by=lead)
    make.decision(approval, officer)
    with pytest.raises(RuleBroken, match="Someone other than the project’s lead"):
        actions.correct_decision(approval, screened, letter=None, seen=approval.version, by=lead)
    assert approval.stage is T.ACTIVE
    actions.correct_decision(approval, screened, letter=None, seen=approval.version, by=officer)
    assert approval.stage is T.NOT_REQUIRED


def test_high_residual_risk_needs_the_ico_before_a_favourable_decision_and_blocks_after_it(make, place):
    officer = place[2]
    approval = actions.add_approval(place[0].project, NewApproval("dpia", "Personal data"), by=officer)
    actions.save_details(approval, {"residual_risk": "High"}, seen=approval.version, by=officer)
    signed = NewDecision(Outcome.FAVOURABLE, "Signed off", TODAY)
    with pytest.raises(RuleBroken, match="consult the ICO") as broken:
        actions.record_decision(approval, signed, letter=None, seen=approval.version, by=officer)
    assert broken.value.field == "ico_consulted_on"
    consulted = {"residual_risk": "High", "ico_consulted_on": "2026-05-01"}
    actions.save_details(approval, consulted, seen=approval.version, by=officer)
    actions.record_decision(approval, signed, letter=None, seen=approval.version, by=officer)
    assert start_blockers([facts(approval)], TODAY) == ()
    actions.save_details(approval, {"ico_consulted_on": None}, seen=approval.version, by=officer)
    assert "high risk remains" in start_blockers([facts(approval)], TODAY)[0].message


def test_a_reference_used_before_at_the_same_body_is_kept_only_on_purpose(make, place):
    approval, lead, _ = place
    other = make.approval(make.project(approval.project.organisation, lead, title="Another"))
    used = NewApplication(date(2026, 5, 4), "PANEL/7")
    actions.apply(other, used, seen=other.version, by=lead)
    with pytest.raises(RuleBroken, match=f"{other.reference} has the same reference") as broken:
        actions.apply(approval, used, seen=approval.version, by=lead)
    assert broken.value.field == "body_reference"
    kept = NewApplication(date(2026, 5, 4), "panel/7", keep_reference=True)
    actions.apply(approval, kept, seen=approval.version, by=lead)
    assert approval.body_reference == "panel/7"


def test_an_unknown_body_is_refused_in_words(place):
    with pytest.raises(RuleBroken, match="no body with the code mystery") as broken:
        actions.add_approval(place[0].project, NewApproval("mystery", "Because"), by=place[1])
    assert broken.value.field == "body_key"


def test_history_is_added_to_and_never_changed(make, place):
    approval = in_force(make, place)
    with pytest.raises(HistoryRewritten):
        changed(approval.events[0], happened_on=date(2020, 1, 1))


def test_every_step_moves_the_version_even_when_the_stage_stays(make, place):
    approval = in_force(make, place)
    make.step(approval, place[1], S.HALTED)
    before = approval.version
    make.step(approval, place[1], S.PROGRESS_REPORTED)
    assert approval.version > before
    assert approval.stage is T.HALTED


def test_every_approval_may_name_its_reviewer_conflicts_summary_and_marking(place):
    approval, lead, _ = place
    given = {"lead_reviewer": "Chair", "conflicts_declared": "Yes", "public_summary": "Plain", "strange": "x"}
    actions.save_details(approval, given, seen=approval.version, by=lead)
    assert set(approval.details) == {"lead_reviewer", "conflicts_declared", "public_summary"}
