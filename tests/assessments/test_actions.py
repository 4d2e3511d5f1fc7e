"""Judging, evidence and the return: what is stored, what is refused, what the trail says."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from compliance.assessments import actions, queries, returning
from compliance.conflict import Conflict
from compliance.db import db
from compliance.models import Assessment, AssessmentAnswer, AuditEvent
from compliance.rules.broken import RuleBroken
from compliance.rules.checks import NewAnswer
from compliance.rules.evidence import NewEvidence
from compliance.terms import Role, Standing
from tests.kept import kept

CODE = "25-C4-E1"
NO_LINK = NewEvidence(None, None)
MET = NewAnswer(Standing.MET, "Policy in force")


@kept
def force(make):
    return make.tree()["northmoor"]


@kept
def lead(make, force):
    return make.user(Role.INTEGRITY_LEAD, force)


@kept
def period(make):
    return make.period(2025)


def judge_everything(make, force, period, lead):
    for row in queries.judgements(force.id, period.id):
        make.judgement(force, period, lead, row.requirement.code)


def test_a_judgement_is_kept_with_its_fix_its_link_and_its_reason_in_the_trail(make, force, period, lead):
    new = NewAnswer(Standing.NOT_MET, "No policy", "Write it", "Head of research", date(2026, 9, 30))
    link = NewEvidence("Minutes", "https://northmoor.example/minutes")
    actions.judge(force, period, CODE, new, link, seen=0, by=lead)
    row = queries.get_assessment(force.id, period.id, CODE)
    assert (row.standing, row.commitment, row.version) == (Standing.NOT_MET, "C4", 1)
    assert (row.answers[0].fix_owner, row.answers[0].fix_due_on) == ("Head of research", date(2026, 9, 30))
    assert [one.address for one in row.evidence] == ["https://northmoor.example/minutes"]
    event = db.session.scalar(select(AuditEvent).where(AuditEvent.event == "assessment.judged").limit(1))
    assert (event.subject, event.actor) == ("northmoor 2025-26 25-C4-E1", f"account {lead.id}")


def test_an_earlier_judgement_stays_below_the_new_one(make, force, period, lead):
    make.judgement(force, period, lead, CODE, Standing.PARTLY_MET)
    make.judgement(force, period, lead, CODE, Standing.PARTLY_MET)
    make.judgement(force, period, lead, CODE, Standing.MET)
    row = queries.get_assessment(force.id, period.id, CODE)
    assert [one.standing.value for one in row.answers] == ["met", "partly_met", "partly_met"]
    assert row.version == 3


@pytest.mark.parametrize("seen", [0, 2])
def test_a_judgement_of_another_version_conflicts_and_stores_nothing(make, force, period, lead, seen):
    make.judgement(force, period, lead, CODE)
    with pytest.raises(Conflict):
        actions.judge(force, period, CODE, MET, NO_LINK, seen=seen, by=lead)
    assert db.session.scalar(select(func.count()).select_from(AssessmentAnswer)) == 1


def test_a_version_of_what_nobody_judged_conflicts(force, period, lead):
    with pytest.raises(Conflict):
        actions.judge(force, period, CODE, MET, NO_LINK, seen=1, by=lead)


def test_a_broken_rule_stores_nothing(force, period, lead):
    half = NewEvidence("Policy", None)
    with pytest.raises(RuleBroken, match="Enter the address"):
        actions.judge(force, period, CODE, MET, half, seen=0, by=lead)
    with pytest.raises(RuleBroken, match="Say why"):
        actions.judge(force, period, CODE, NewAnswer(Standing.NOT_APPLICABLE, None), NO_LINK, seen=0, by=lead)
    assert db.session.scalar(select(func.count()).select_from(Assessment)) == 0


def test_evidence_before_a_judgement_leaves_the_requirement_to_judge(force, period, lead):
    link = NewEvidence("Policy", "https://northmoor.example/policy")
    actions.add_evidence(force, period, CODE, link, by=lead)
    actions.add_evidence(force, period, CODE, replace(link, title="Minutes"), by=lead)
    row = queries.get_assessment(force.id, period.id, CODE)
    assert (row.standing, len(row.evidence), row.answers) == (Standing.NOT_ASSESSED, 2, [])
    with pytest.raises(RuleBroken, match="Enter an address, or choose"):
        actions.add_evidence(force, period, CODE, NO_LINK, by=lead)
    with pytest.raises(RuleBroken, match="https"):
        actions.add_evidence(force, period, CODE, NewEvidence("Policy", "http://x.example"), by=lead)


def test_a_return_waits_for_every_judgement_and_then_locks_them(make, force, period, lead):
    with pytest.raises(RuleBroken, match="19 requirements are still to judge"):
        returning.send_return(force, period, by=lead)
    judge_everything(make, force, period, lead)
    sent = returning.send_return(force, period, by=lead)
    assert queries.sent_return(force.id, period.id).id == sent.id
    with pytest.raises(RuleBroken, match="has been sent"):
        make.judgement(force, period, lead, CODE, Standing.NOT_APPLICABLE)
    with pytest.raises(RuleBroken, match="has been sent"):
        actions.add_evidence(force, period, CODE, NewEvidence("Late", "https://x.example"), by=lead)
    with pytest.raises(RuleBroken, match="has been sent"):
        returning.send_return(force, period, by=lead)


def test_a_locked_period_leaves_the_next_one_open(make, force, period, lead):
    make.sent(force, period, lead)
    assert make.judgement(force, make.period(2026), lead, CODE).standing is Standing.MET
