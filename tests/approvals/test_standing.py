"""When an approval stands: halts, corrections and successors, in SQL and in the rules alike."""

from datetime import date

import pytest
from sqlalchemy import select

from compliance.approvals import actions
from compliance.approvals.queries import all_facts, lacks_decision
from compliance.db import db
from compliance.models import Project
from compliance.rules.approvals import NewDecision, start_blockers
from compliance.terms import ApprovalStep, Outcome, Role
from tests.kept import kept

S = ApprovalStep
TODAY = date(2026, 6, 9)


@kept
def place(make):
    force = make.organisation("northmoor", under=make.organisation("npcc"))
    lead, officer = make.user(Role.RESEARCH_LEAD, force), make.user(Role.ETHICS_OFFICER, force)
    return make.project(force, lead), officer


def lacks(project, on=TODAY) -> bool:
    """Whether something binding is missing, asked of the database and of the rules, which must agree."""
    found = db.session.scalars(select(Project).where(lacks_decision(on), Project.id == project.id)).all()
    told = start_blockers(all_facts(project.approvals), on)
    if on == TODAY:
        assert bool(found) == bool(told), told
    return bool(found)


def decided(make, place, outcome=Outcome.FAVOURABLE, **parts):
    return make.decision(make.approval(place[0]), place[1], outcome, on=date(2026, 5, 1), **parts)


def renewed(make, place, approval):
    return actions.replace(approval, "Renewal", seen=approval.version, by=place[1])


def test_a_halt_counts_from_its_day_and_a_resumption_from_its_own(make, place):
    approval = decided(make, place)
    make.step(approval, place[1], S.HALTED, on=date(2026, 5, 10))
    assert not lacks(place[0], date(2026, 5, 9))
    assert lacks(place[0], date(2026, 5, 10))
    assert lacks(place[0])
    make.step(approval, place[1], S.RESUMED, on=date(2026, 5, 20))
    assert lacks(place[0], date(2026, 5, 19))
    assert not lacks(place[0])


def test_what_has_ended_no_longer_covers_fieldwork(make, place):
    approval = decided(make, place)
    make.step(approval, place[1], S.ENDED, on=date(2026, 6, 1))
    assert not lacks(place[0], date(2026, 6, 1))
    assert lacks(place[0])


def test_a_corrected_decision_no_longer_counts(make, place):
    approval = decided(make, place)
    wrong = NewDecision(Outcome.UNFAVOURABLE, None, date(2026, 4, 30), None, "Read the wrong letter")
    actions.correct_decision(approval, wrong, letter=None, seen=approval.version, by=place[1])
    assert lacks(place[0])
    assert lacks(place[0], date(2026, 5, 2))


def test_a_renewal_that_is_not_decided_leaves_the_old_approval_in_force(make, place):
    successor = renewed(make, place, decided(make, place, expires_on=date(2026, 12, 31)))
    assert not lacks(place[0])
    assert lacks(place[0], date(2027, 1, 1))
    make.decision(successor, place[1], on=TODAY)
    assert not lacks(place[0])
    assert not lacks(place[0], date(2027, 1, 1))


def test_a_renewal_settles_what_has_expired_from_its_own_day_on(make, place):
    old = decided(make, place, expires_on=date(2026, 5, 31))
    assert lacks(place[0])
    make.decision(renewed(make, place, old), place[1], on=TODAY)
    assert not lacks(place[0])
    assert lacks(place[0], date(2026, 6, 5))


def test_a_refused_renewal_blocks_even_while_the_old_approval_lasts(make, place):
    old = decided(make, place, expires_on=date(2026, 12, 31))
    make.decision(renewed(make, place, old), place[1], Outcome.UNFAVOURABLE, on=TODAY)
    assert lacks(place[0])


def test_what_is_needed_after_all_is_open_again(make, place):
    approval = make.approval(place[0])
    actions.declare_not_required(approval, "No people", seen=approval.version, by=place[1])
    assert not lacks(place[0])
    renewed(make, place, approval)
    assert lacks(place[0])


def test_an_approval_is_replaced_once(make, place):
    old = decided(make, place)
    first = renewed(make, place, old)
    assert first.replaces is old
    assert old.replaced_by is first
    with pytest.raises(Exception, match=f"{first.reference} replaces this one already"):
        renewed(make, place, old)
