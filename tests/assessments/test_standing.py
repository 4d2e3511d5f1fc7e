"""Answered once, read under each framework: what was said, what follows, what nobody knows."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from compliance.assessments.derived import columns
from compliance.db import db
from compliance.models import Evidence
from compliance.rules.assessments import refuse_retired
from compliance.rules.broken import RuleBroken
from compliance.rules.derivation import Basis
from compliance.terms import Role, Standing
from tests.conftest import at_most

PAGE = "/assessment/northmoor/2025-26"


def place(make):
    tree = make.tree()
    period = make.period()
    lead = make.user(Role.INTEGRITY_LEAD, tree["northmoor"])
    return tree["northmoor"], period, lead


def known(force, period):
    return {
        cell.requirement.code: cell.derived
        for column in columns(force.id, period.id)
        for cell in column.cells
    }


def test_an_answer_under_2025_gives_a_derived_standing_under_2019(make):
    force, period, lead = place(make)
    assert known(force, period)["C3-E2"].basis is Basis.MISSING
    make.judgement(force, period, lead, "25-C3-E2")  # equal to C3-E2 by the crosswalk, pair 24
    found = known(force, period)
    assert (found["25-C3-E2"].basis, found["25-C3-E2"].standing) == (Basis.DIRECT, Standing.MET)
    assert (found["C3-E2"].basis, found["C3-E2"].standing) == (Basis.DERIVED, Standing.MET)
    assert found["C3-E2"].origins[0].ref.code == "25-C3-E2"


def test_a_direct_answer_under_2019_wins_over_what_follows(client, make):
    force, period, lead = place(make)
    make.judgement(force, period, lead, "25-C3-E2")
    client.sign_in(lead)
    client.fill(f"{PAGE}/C3-E2", {"standing": "not_met", "note": "Not as 2019 asked it"})
    found = known(force, period)["C3-E2"]
    assert (found.basis, found.standing, found.conflict) == (Basis.DIRECT, Standing.NOT_MET, True)
    assert "contradict" in client.get(f"{PAGE}/standing").text


def test_the_assessment_under_another_framework_says_what_follows_beside_what_is_not_assessed(client, make):
    force, period, lead = place(make)
    make.judgement(force, period, lead, "25-C3-E2")
    client.sign_in(lead)
    assert "Derived: " not in client.get(PAGE).text
    old = client.get(f"{PAGE}?framework=concordat-2019").text
    assert old.count("Derived: met") == 1
    assert "0 of 28 requirements judged" in old
    client.fill(f"{PAGE}/C3-E2", {"standing": "not_met", "note": "Not as 2019 asked it"})
    assert "Derived: " not in client.get(f"{PAGE}?framework=concordat-2019").text
    assert "Derived: " not in client.get(f"{PAGE}?framework=concordat-2019&as_at=2026-01-01").text


def test_the_page_of_a_requirement_says_what_follows_for_it(client, make):
    force, period, lead = place(make)
    make.judgement(force, period, lead, "25-C3-E2")
    client.sign_in(lead)
    shown = client.get(f"{PAGE}/C3-E2").text
    assert "<strong>Derived:</strong> 25-C3-E2 is met and asks the same. An answer here stands instead." in (
        " ".join(shown.split())
    )
    client.fill(f"{PAGE}/C3-E2", {"standing": "not_met", "note": "Not as 2019 asked it"})
    shown = client.get(f"{PAGE}/C3-E2").text
    assert "These answers contradict each other." in shown
    assert "An answer here stands instead" not in shown


def test_an_answer_that_is_not_confirmed_gives_nothing(client, make):
    force, period, lead = place(make)
    make.judgement(force, make.period(2024), lead, "25-C3-E2")
    client.sign_in(lead)
    client.send(client.get(PAGE), {}, button="Start from last year’s answers")
    assert known(force, period)["C3-E2"].basis is Basis.MISSING


def test_a_retired_edition_takes_no_answer(client, make):
    force, _, lead = place(make)
    make.period(2026)
    client.sign_in(lead)
    address = "/assessment/northmoor/2026-27/C3-E2"
    shown = client.get(address).text
    assert "No longer judged" in shown
    assert "Save the judgement" not in shown
    assert "Add evidence" not in shown
    token = re.search(r'name="csrf_token" value="([^"]+)"', shown)[1]
    page = client.post(address, data={"csrf_token": token, "standing": "met", "note": "As before"})
    assert page.status_code == 400
    assert "ended on 31 March 2026" in page.text
    assert "As before" in page.text
    link = {"evidence_title": "Policy", "evidence_address": "https://force.example/policy"}
    page = client.fill(f"{address}/evidence", link)
    assert page.status_code == 400
    assert page.text.count("ended on 31 March 2026") == 2
    assert "https://force.example/policy" in page.text
    assert db.session.scalar(select(Evidence)) is None
    assert known(force, make.period(2027))["C3-E2"].basis is Basis.MISSING


def test_an_edition_in_force_for_part_of_a_period_may_be_answered():
    refuse_retired("2019", date(2026, 3, 31), date(2025, 4, 1))
    refuse_retired("2025", None, date(2030, 4, 1))
    with pytest.raises(RuleBroken):
        refuse_retired("2019", date(2026, 3, 31), date(2026, 4, 1))


def test_the_page_asks_as_often_with_many_answers_as_with_none(client, make):
    force, period, lead = place(make)
    client.sign_in(lead)
    with at_most(12) as few:
        assert "Nothing known" in client.get(f"{PAGE}/standing").text
    for code in ("25-C12-E1", "25-C3-E2", "25-C5-E2"):
        make.judgement(force, period, lead, code)
    with at_most(len(few)):
        assert "Derived:" in client.get(f"{PAGE}/standing").text
