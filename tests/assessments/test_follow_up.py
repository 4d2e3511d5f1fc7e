"""What one year hands to the next: answers to confirm, and what became of what was to be done."""

from datetime import date

import pytest

from compliance.access import organisations_below
from compliance.assessments import queries
from compliance.assessments.promises import promised
from compliance.assessments.standings import standings
from compliance.rules.broken import RuleBroken
from compliance.rules.promises import NewStep
from compliance.terms import ActionState, Role, Standing

PAGE = "/assessment/northmoor/2025-26"
TODAY = date(2026, 6, 9)


def years(make):
    """A force that judged two requirements last year and none this year."""
    tree = make.tree()
    last, this = make.period(2024), make.period(2025)
    lead = make.user(Role.INTEGRITY_LEAD, tree["northmoor"])
    make.judgement(tree["northmoor"], last, lead, "25-C12-E1", note="Policy of 2024")
    make.judgement(
        tree["northmoor"],
        last,
        lead,
        "25-C12-E2",
        Standing.NOT_MET,
        note="No policy",
        fix="Write one",
        fix_owner="Head of research",
        fix_due_on=date(2026, 12, 1),
    )
    return tree["northmoor"], last, this, lead


def counted(place, period):
    counts = standings(period.id, organisations_below(place.id, TODAY))
    return sum(count.judged for count in counts[place.id].values())


def test_last_years_answers_count_only_once_they_are_confirmed(client, make):
    force, _, this, lead = years(make)
    client.sign_in(lead)
    client.send(client.get(PAGE), {}, button="Start from last year’s answers")
    assert counted(force, this) == 0
    shown = client.get(PAGE).text
    assert shown.count("Not re-confirmed") == 2
    assert "2\u00a0answers" in shown
    page = client.fill(f"{PAGE}/confirm", {"codes": ["25-C12-E1"]})
    assert page.status_code == 302
    assert counted(force, this) == 1
    answer = queries.judgements(force.id, this.id)[0].answer
    assert (answer.note, answer.answered_by.name, answer.carried_from_id) == (
        "Policy of 2024",
        lead.name,
        None,
    )


def test_one_click_on_the_page_of_the_requirement_confirms(client, make):
    force, _, this, lead = years(make)
    client.sign_in(lead)
    client.send(client.get(PAGE), {}, button="Start from last year’s answers")
    client.send(client.get(f"{PAGE}/25-C12-E2"), {}, button="It still holds: confirm it")
    assert counted(force, this) == 1


def test_judging_anew_takes_the_place_of_last_years_answer(client, make):
    force, _, this, lead = years(make)
    client.sign_in(lead)
    client.send(client.get(PAGE), {}, button="Start from last year’s answers")
    client.fill(f"{PAGE}/25-C12-E2", {"standing": "met", "note": "Written in May"})
    found = {row.requirement.code: row for row in queries.judgements(force.id, this.id)}
    assert (found["25-C12-E2"].standing, found["25-C12-E2"].carried) == (Standing.MET, False)
    assert found["25-C12-E1"].carried


def test_confirming_nothing_says_what_to_do(client, make):
    *_, lead = years(make)
    client.sign_in(lead)
    client.send(client.get(PAGE), {}, button="Start from last year’s answers")
    page = client.fill(f"{PAGE}/confirm")
    assert page.status_code == 400
    assert "Select the answers that still hold" in page.text


def test_what_was_promised_is_followed_up(client, make):
    force, last, _, lead = years(make)
    client.sign_in(lead)
    assert promised(force.id, last.id)[0].promise.state is ActionState.NOT_BEGUN
    assert "Write one" in client.get(f"{PAGE}/actions").text
    page = client.fill("/assessment/northmoor/2024-25/25-C12-E2/action", {"state": "carried_over"})
    assert "Enter the new date" in page.text
    client.fill(
        "/assessment/northmoor/2024-25/25-C12-E2/action",
        {"state": "carried_over", "due_on": ["1", "3", "2027"]},
    )
    one = promised(force.id, last.id)[0].promise
    assert (one.state, one.due_on, one.is_open) == (ActionState.CARRIED_OVER, date(2027, 3, 1), True)
    client.fill("/assessment/northmoor/2024-25/25-C12-E2/action", {"state": "done"})
    assert not promised(force.id, last.id)[0].promise.is_open


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewStep(ActionState.CARRIED_OVER, None, None), "due_on"),
        (NewStep(ActionState.CARRIED_OVER, None, date(2026, 6, 8)), "due_on"),
        (NewStep(ActionState.DROPPED, None, None), "note"),
    ],
)
def test_a_step_that_lacks_something_is_refused(new, field):
    with pytest.raises(RuleBroken) as refused:
        new.check(TODAY)
    assert refused.value.field == field
