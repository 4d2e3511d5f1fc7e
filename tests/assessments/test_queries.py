"""Periods, standings, judgements and returns, as boards and statements ask for them."""

from datetime import date

import pytest
from werkzeug.exceptions import NotFound

from compliance import frameworks
from compliance.access import organisations_below, organisations_where
from compliance.assessments import queries
from compliance.assessments.asked import asked_of
from compliance.assessments.standings import standings
from compliance.permissions import Permission
from compliance.rules.checks import Count
from compliance.terms import ReturnState, Role, Standing
from tests.conftest import at_most
from tests.kept import kept

TODAY = date(2026, 6, 9)


@kept
def tree(make):
    return make.tree()


@kept
def lead(make, tree):
    return make.user(Role.INTEGRITY_LEAD, tree["npcc"])


def test_periods_come_newest_first_and_are_found_by_their_key(make):
    make.period(2024)
    make.period(2025)
    assert [period.key for period in queries.periods()] == ["2025-26", "2024-25"]
    assert queries.get_period("2024-25").starts_on == date(2024, 4, 1)
    with pytest.raises(NotFound):
        queries.get_period("2019-20")


@pytest.mark.parametrize(
    ("today", "key"),
    [
        (date(2024, 3, 31), None),
        (date(2024, 4, 1), "2024-25"),
        (date(2025, 3, 31), "2024-25"),
        (date(2025, 4, 1), "2024-25"),
        (date(2026, 3, 31), "2024-25"),
        (date(2026, 4, 1), "2025-26"),
        (date(2030, 1, 1), "2025-26"),
    ],
)
def test_the_current_period_is_the_latest_that_ended_else_the_one_that_runs(make, today, key):
    make.period(2024)
    make.period(2025)
    found = queries.current_period(today)
    assert (found.key if found else None) == key


def test_standings_count_what_nobody_judged(make, tree, lead):
    period, other = make.period(2025), make.period(2024)
    make.judgement(tree["northmoor"], period, lead, "25-C12-E1", Standing.MET)
    make.judgement(tree["northmoor"], period, lead, "25-C12-E2", Standing.NOT_MET)
    make.judgement(tree["northmoor"], period, lead, "25-C12-E3", Standing.NOT_ASSESSED)
    make.judgement(tree["northmoor"], other, lead, "25-C12-E4", Standing.MET)
    scope = organisations_below(tree["npcc"].id, TODAY)
    period_id = period.id
    with at_most(1):
        found = standings(period_id, scope)
    assert set(found) == {one.id for one in tree.values()}
    assert found[tree["northmoor"].id]["C12"] == Count(met=1, not_met=1, not_assessed=2)
    assert found[tree["westmarch"].id] == {
        "C12": Count(not_assessed=4),
        "C3": Count(not_assessed=5),
        "C4": Count(not_assessed=7),
        "C5": Count(not_assessed=3),
    }


def test_standings_keep_to_the_organisations_asked_for(make, tree):
    force_lead = make.user(Role.INTEGRITY_LEAD, tree["northmoor"])
    scope = organisations_where(force_lead, Permission.ASSESSMENT_VIEW, TODAY)
    assert set(standings(make.period().id, scope)) == {tree["northmoor"].id, tree["forensic"].id}


def test_judgements_follow_the_framework_and_hold_the_latest_answer(make, tree, lead):
    period = make.period()
    link = ("Policy", "https://northmoor.example/policy")
    make.judgement(tree["northmoor"], period, lead, "25-C3-E1", Standing.NOT_MET, evidence=link)
    make.judgement(tree["northmoor"], period, lead, "25-C3-E1", Standing.PARTLY_MET, note="Written")
    make.judgement(tree["westmarch"], period, lead, "25-C3-E2", Standing.MET)
    ids = tree["northmoor"].id, period.id, lead.id
    with at_most(2):
        found = queries.judgements(*ids[:2])
        judged = {row.requirement.code: row for row in found if row.answer}
        answer = judged["25-C3-E1"].answer
        assert (answer.standing, answer.note, answer.answered_by.id) == (
            Standing.PARTLY_MET,
            "Written",
            ids[2],
        )
        assert [one.title for one in answer.assessment.evidence] == ["Policy"]
    assert list(judged) == ["25-C3-E1"]
    order = [row.code for row in asked_of(frameworks.get(queries.FRAMEWORK))]
    assert [row.requirement.code for row in found] == order
    assert len(order) == 19
    assert {row.standing for row in found} == {Standing.NOT_ASSESSED, Standing.PARTLY_MET}


def test_returns_name_who_sent_who_is_late_and_who_owes_none(make, tree, lead):
    period = make.period(2025)
    make.organisation("newcomer", under=tree["npcc"], returns_from_on=date(2026, 4, 1))
    make.organisation("elsewhere")
    make.sent(tree["northmoor"], period, lead)

    def states(on, below="npcc"):
        assert tree[below].id != period.key  # reads both before counting
        with at_most(2):
            found = queries.returns(period, on, below=tree[below])
        return {row.organisation.code: row.state for row in found}

    assert states(TODAY) == {
        "forensic": ReturnState.MISSING,
        "northmoor": ReturnState.SENT,
        "westmarch": ReturnState.MISSING,
    }
    assert states(date(2026, 4, 30))["westmarch"] is ReturnState.NOT_DUE
    assert states(TODAY, below="northmoor") == {"forensic": ReturnState.MISSING}
    sent = next(row.sent for row in queries.returns(period, TODAY, below=tree["npcc"]) if row.sent)
    assert sent.sent_by == lead
