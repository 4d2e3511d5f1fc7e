"""The conditions that boards and statements count projects by."""

from datetime import date

import pytest
from sqlalchemy import func, select

from compliance.approvals.queries import lacks_decision
from compliance.db import db
from compliance.models import Project, ReportingPeriod
from compliance.projects import queries
from compliance.projects.queries import possible_leads
from compliance.rules.conditions import NewCondition
from compliance.terms import ApprovalStep, Outcome, Role, ScopeDecision, ScopeReason
from tests.factories import changed
from tests.kept import kept

START = date(2025, 9, 1)


@kept
def place(make):
    """A force and somebody who records everything there."""
    force = make.organisation("northmoor")
    return force, make.user(Role.INTEGRITY_LEAD, force)


def begun(make, place, **parts):
    """A project whose fieldwork began."""
    return changed(make.project(*place), **{"started_on": START, **parts})


def holds(condition) -> bool:
    """Whether the condition is true of the only project."""
    return bool(db.session.scalar(select(func.count()).select_from(Project).where(condition)))


@pytest.mark.parametrize(
    ("decided_on", "outcome", "expires_on", "counted"),
    [
        (date(2025, 8, 20), Outcome.FAVOURABLE, None, True),
        (START, Outcome.FAVOURABLE, None, True),
        (date(2025, 9, 2), Outcome.FAVOURABLE, None, False),
        (date(2025, 8, 20), Outcome.UNFAVOURABLE, None, False),
        (date(2025, 8, 20), Outcome.FAVOURABLE, START, True),
        (date(2025, 8, 1), Outcome.FAVOURABLE, date(2025, 8, 31), False),
        (None, None, None, False),
    ],
)
def test_the_decision_that_counts_is_the_one_on_the_day_of_the_start(
    make, place, decided_on, outcome, expires_on, counted
):
    project = begun(make, place)
    if decided_on:
        make.decision(make.approval(project), place[1], outcome, on=decided_on, expires_on=expires_on)
    assert holds(queries.decided_before_start()) is counted


def test_a_later_decision_does_not_change_what_stood_at_the_start(make, place):
    project = begun(make, place)
    make.decision(make.approval(project), place[1], on=date(2025, 8, 20))
    make.step(make.approval(project), place[1], ApprovalStep.SUSPENDED, on=date(2026, 2, 1))
    assert holds(queries.decided_before_start())
    assert holds(lacks_decision(date(2026, 2, 1)))


def test_each_project_is_judged_by_its_own_start(make, place):
    early, late = begun(make, place), begun(make, place, started_on=date(2025, 10, 1))
    for project in (early, late):
        make.decision(make.approval(project), place[1], on=date(2025, 9, 15))
    decided = db.session.scalars(select(Project).where(queries.decided_before_start())).all()
    assert decided == [late]


def test_a_condition_still_open_is_counted_apart_from_the_decision(make, place):
    project = begun(make, place)
    conditions = (NewCondition("Send the sheet", before_start=True, due_on=None),)
    outcome = Outcome.FAVOURABLE_WITH_CONDITIONS
    make.decision(make.approval(project), place[1], outcome, on=date(2025, 8, 20), conditions=conditions)
    assert holds(queries.decided_before_start())
    assert holds(lacks_decision(date(2026, 6, 9)))


@pytest.mark.parametrize(
    ("published_on", "counted"), [(date(2025, 8, 31), True), (START, False), (None, False)]
)
def test_a_protocol_counts_when_it_was_public_before_the_start(make, place, published_on, counted):
    begun(make, place, protocol_published_on=published_on)
    assert holds(queries.protocol_in_advance()) is counted
    assert holds(~queries.protocol_in_advance()) is not counted


@pytest.mark.parametrize(
    ("started_on", "ended_on", "expected"),
    [
        (date(2025, 4, 1), None, (True, False, True)),
        (date(2026, 3, 31), date(2026, 4, 1), (True, False, True)),
        (date(2025, 3, 31), date(2025, 4, 1), (False, True, True)),
        (date(2024, 5, 1), date(2025, 3, 31), (False, False, False)),
        (date(2026, 4, 1), None, (False, False, False)),
        (None, None, (False, False, False)),
    ],
)
def test_a_project_counts_where_its_dates_lie(make, place, started_on, ended_on, expected):
    period = make.period(2025)
    begun(make, place, started_on=started_on, ended_on=ended_on)
    asked = (queries.begun_in, queries.ended_in, queries.under_way_in)
    assert tuple(holds(condition(period)) for condition in asked) == expected
    joined = select(func.count()).select_from(ReportingPeriod)
    rows = [db.session.scalar(joined.join(Project, condition(ReportingPeriod))) for condition in asked]
    assert tuple(map(bool, rows)) == expected


def test_work_out_of_scope_counts_nowhere(make, place):
    begun(make, place, scope_decision=ScopeDecision.OUT_OF_SCOPE, scope_reason=ScopeReason.CONSULTATION)
    period = make.period(2025)
    assert not holds(queries.begun_in(period))
    assert not holds(queries.under_way_in(period))


def test_who_may_lead_has_a_role_in_the_force_or_leads_above_it(make):
    at = make.tree()
    here = [make.user(Role.RESEARCH_LEAD, at["northmoor"]), make.user(Role.ETHICS_OFFICER, at["northmoor"])]
    above = [make.user(Role.INTEGRITY_LEAD, at["npcc"]), make.user(Role.RESEARCH_LEAD, at["npcc"])]
    strangers = [
        make.user(Role.RESEARCH_LEAD, at["westmarch"]),
        make.user(Role.INTEGRITY_LEAD, at["westmarch"]),
        make.user(Role.BOARD_MEMBER, at["npcc"]),
        make.user(Role.RESEARCH_LEAD, at["forensic"]),
    ]
    leads = set(possible_leads(at["northmoor"].id))
    assert leads == {*here, *above}
    assert not leads & set(strangers)
