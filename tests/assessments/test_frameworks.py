"""Every framework lives through the year: carried, confirmed, acted upon; funders answer as funders too."""

from datetime import UTC, date, datetime

import pytest

from compliance import clock
from compliance.access import organisations_below
from compliance.assessments import queries
from compliance.assessments.carrying import carry_forward, confirm
from compliance.assessments.promises import all_promised
from compliance.assessments.standings import standings
from compliance.rules.broken import RuleBroken
from compliance.terms import Role, Standing
from tests.conftest import on_day
from tests.factories import changed
from tests.kept import kept

PAGE = "/assessment/northmoor/2025-26"
FIX = {"fix": "Write one", "fix_owner": "Head of research", "fix_due_on": date(2026, 12, 1)}


@kept
def years(make):
    force, last, this = make.tree()["northmoor"], make.period(2024), make.period(2025)
    return force, last, this, make.user(Role.INTEGRITY_LEAD, force)


def test_answers_under_every_framework_are_carried_and_confirmed(client, make, years):
    force, last, this, lead = years
    for code in ("25-C3-E2", "C3-E2", "GOV-G2"):
        make.judgement(force, last, lead, code)
    client.sign_in(lead)
    client.send(client.get(PAGE), {}, button="Start from last year’s answers")
    assert "3 answers of last year wait to be confirmed" in client.get(f"{PAGE}/confirm").text
    assert "GOV-G2" not in client.get(f"{PAGE}/confirm?framework=concordat-2019").text
    client.send(client.get(f"{PAGE}/GOV-G2"), {}, button="It still holds: confirm it")
    assert client.fill(f"{PAGE}/confirm", {"codes": ["C3-E2", "25-C3-E2"]}).location == PAGE
    found = [row.requirement.code for row in queries.every_judgement(force.id, this.id) if row.answer]
    assert found == ["C3-E2", "25-C3-E2", "GOV-G2"]
    assert not any(row.carried for row in queries.every_judgement(force.id, this.id))


def test_what_is_not_carried_is_told(make, years):
    force, last, this, lead = years
    make.judgement(force, last, lead, "C3-E2")
    make.judgement(force, last, lead, "25-C3-E2")
    carry_forward(force, this, by=lead)
    confirm(force, this, ["C3-E2"], by=lead)
    following = make.period(2026)
    with pytest.raises(RuleBroken) as refused:
        carry_forward(force, following, by=lead)
    assert "1 answer was never confirmed last year" in refused.value.message
    assert "1 answer stands under an edition that has ended" in refused.value.message


def test_the_framework_stays_chosen(client, make, years):
    *_, lead = years
    client.sign_in(lead)
    page = client.get(f"{PAGE}?framework=government-guidance").text
    assert '<input type="hidden" name="framework" value="government-guidance">' in page
    assert "0 of 42 judged" in page
    assert f'href="{PAGE}?framework=concordat-2019"' in page
    one = client.get(f"{PAGE}/GOV-G2").text
    assert f'href="{PAGE}?framework=government-guidance"' in one
    assert "Expected of government bodies; wording not verified" in one
    assert "Binds government bodies" not in one


def test_an_action_under_the_guidance_stands_once_and_stays_until_it_is_closed(client, make, years):
    force, last, this, lead = years
    make.judgement(force, last, lead, "GOV-G2", Standing.NOT_MET, note="None", **FIX)
    carry_forward(force, this, by=lead)
    confirm(force, this, ["GOV-G2"], by=lead)
    client.sign_in(lead)
    page = client.get(f"{PAGE}/actions").text
    assert page.count("Head of research</div>") == 1
    assert "Said again in 2025 to 2026" in page
    make.judgement(force, this, lead, "GOV-G2", Standing.MET, note="Written")
    assert "Since judged met: record whether it is done" in client.get(f"{PAGE}/actions").text
    assert client.fill(f"{PAGE}/GOV-G2/action", {"state": "done"}).status_code == 302
    (one,) = all_promised(force.id)
    assert not one.promise.is_open
    assert "Done" in client.get(f"{PAGE}/GOV-G2").text
    assert client.get(f"{PAGE}/GOV-G3/action").status_code == 404


def test_last_years_actions_are_reported_whatever_the_edition(make, years):
    force, last, this, lead = years
    make.judgement(force, last, lead, "C3-E2", Standing.NOT_MET, note="None", **FIX)
    make.judgement(force, this, lead, "25-C3-E2")
    told = queries.to_report(force.id, last, this, as_at=clock.now())
    assert [row.promise.code for row in told] == ["C3-E2"]
    assert queries.to_report(force.id, last, this, as_at=datetime(2026, 6, 1, tzinfo=UTC)) == []


def test_who_pays_for_research_answers_as_a_funder_too(client, make, years):
    force, _, this, lead = years
    client.sign_in(lead)
    page = client.get(f"{PAGE}/25-C3-F1")
    assert "This does not bind" in page.text
    assert "Save the judgement" not in page.text
    with pytest.raises(RuleBroken, match="pay for research"):
        make.judgement(force, this, lead, "25-C3-F1")
    answer = client.fill(
        "/organisations/northmoor/details", {"funds_from_on": ["1", "4", "2025"], "governing_body": "Board"}
    )
    assert answer.status_code == 302
    assert "0 of 37 requirements judged" in client.get(PAGE).text
    assert "0 of 50 judged" in client.get(PAGE).text
    make.judgement(force, this, lead, "25-C3-F1")
    scope = organisations_below(force.id, date(2026, 6, 9))
    counted = standings(this.id, scope)
    assert sum(row.asked for row in counted[force.id].values()) == 37
    assert sum(row.met for row in counted[force.id].values()) == 1
    others = [found for number, found in counted.items() if number != force.id]
    assert {sum(row.asked for row in found.values()) for found in others} == {19}


def test_a_funder_marked_after_its_return_is_told_how_to_judge_its_new_duties(client, make, years):
    force, _, this, lead = years
    for row in queries.judgements(force.id, this.id):
        make.judgement(force, this, lead, row.requirement.code)
    make.sent(force, this, lead)
    client.sign_in(lead)
    assert "came to bind after that" not in client.get(PAGE).text
    changed(force, funds_from_on=date(2025, 4, 1))
    shown = client.get(PAGE).text
    assert "18\u00a0requirements came to bind after that and are not judged" in shown
    assert "The return has to be opened again" in shown
    assert "came to bind after that" not in client.get(f"{PAGE}?framework=concordat-2019").text


def test_the_duties_of_a_funder_end_with_its_funding(make, years):
    force, last, this, _ = years
    changed(force, funds_from_on=date(2024, 4, 1), funds_until_on=date(2025, 4, 1))
    assert len(queries.judgements(force.id, last.id)) == 37
    assert len(queries.judgements(force.id, this.id)) == 19


def test_an_end_without_a_beginning_is_refused(client, years):
    *_, lead = years
    client.sign_in(lead)
    page = client.fill("/organisations/northmoor/details", {"funds_until_on": ["1", "4", "2025"]})
    assert page.status_code == 400
    assert "Enter the first day on which it paid for research" in page.text


def test_a_day_of_the_past_shows_the_evidence_and_standing_of_that_day(client, make, years):
    force, _, this, lead = years
    with on_day(datetime(2026, 4, 20, 9, tzinfo=UTC)):
        make.judgement(force, this, lead, "25-C3-E2", Standing.NOT_MET)
    with on_day(datetime(2026, 5, 20, 9, tzinfo=UTC)):
        make.judgement(force, this, lead, "25-C3-E2", evidence=("Policy", "https://a.example"))
    client.sign_in(lead)
    assert "1\u00a0piece" in client.get(PAGE).text
    assert "1\u00a0piece" not in client.get(f"{PAGE}?as_at=2026-05-01").text
    assert "25-C3-E2 is met and asks the same" in client.get(f"{PAGE}/standing").text
    assert "25-C3-E2 is not met and asks the same" in client.get(f"{PAGE}/standing?as_at=2026-05-01").text
    assert "Nothing stands on this basis" not in client.get(f"{PAGE}/standing?show=direct").text
