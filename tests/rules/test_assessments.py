"""What an organisation may say of itself, and when its return is late."""

from dataclasses import replace
from datetime import date

import pytest

from compliance.rules.assessments import (
    ReturnReady,
    check_sendable,
    owes_return,
    refuse_locked,
    return_blockers,
    return_state,
    return_warnings,
)
from compliance.rules.broken import RuleBroken
from compliance.rules.checks import NewAnswer
from compliance.terms import ContactRole, ReturnState, Standing

TODAY = date(2026, 6, 9)
TOMORROW = date(2026, 6, 10)
FIX = "Write the policy"


@pytest.mark.parametrize(
    ("sent", "on", "state"),
    [
        (True, date(2026, 4, 1), ReturnState.SENT),
        (True, date(2027, 1, 1), ReturnState.SENT),
        (False, date(2026, 4, 30), ReturnState.NOT_DUE),
        (False, date(2026, 5, 1), ReturnState.MISSING),
    ],
)
def test_a_return_is_late_the_day_after_its_due_date(sent, on, state):
    assert return_state(sent=sent, due_on=date(2026, 4, 30), on=on) is state


@pytest.mark.parametrize(
    ("since", "owes"),
    [(None, False), (date(2020, 4, 1), True), (date(2026, 3, 31), True), (date(2026, 4, 1), False)],
)
def test_a_return_is_owed_from_the_first_day_for_which_it_is_asked(since, owes):
    assert owes_return(since, date(2026, 3, 31)) is owes


@pytest.mark.parametrize(
    "judgement",
    [
        NewAnswer(Standing.MET, None),
        NewAnswer(Standing.NOT_ASSESSED, None),
        NewAnswer(Standing.PARTLY_MET, "Half of it"),
        NewAnswer(Standing.NOT_APPLICABLE, "We commission no research"),
        NewAnswer(Standing.NOT_MET, "No policy", FIX, "Head of research", TODAY),
        NewAnswer(Standing.PARTLY_MET, None, FIX, "Head of research", TOMORROW),
    ],
)
def test_a_judgement_may_say(judgement):
    judgement.check(TODAY)


@pytest.mark.parametrize(
    ("judgement", "field", "message"),
    [
        (NewAnswer(Standing.NOT_APPLICABLE, None), "note", "Say why this does not apply"),
        (NewAnswer(Standing.NOT_MET, None), "note", "Say what is missing"),
        (NewAnswer(Standing.PARTLY_MET, "x", None, "Ada", TOMORROW), "fix", "Say what will be done"),
        (NewAnswer(Standing.PARTLY_MET, "x", FIX, None, TOMORROW), "fix_owner", "Say who will do it"),
        (
            NewAnswer(Standing.PARTLY_MET, "x", FIX, "Ada", None),
            "fix_due_on",
            "Enter the date by which it will be done",
        ),
        (
            NewAnswer(Standing.PARTLY_MET, "x", FIX, "Ada", date(2026, 6, 8)),
            "fix_due_on",
            "Due date must be today or in the future",
        ),
        (
            NewAnswer(Standing.MET, "x", FIX, "Ada", TOMORROW),
            "fix",
            "Only what is partly met or not met has something to put right",
        ),
    ],
)
def test_a_judgement_may_not_say(judgement, field, message):
    with pytest.raises(RuleBroken) as broken:
        judgement.check(TODAY)
    assert (broken.value.field, broken.value.message) == (field, message)


def test_what_was_sent_stays_as_it_was():
    refuse_locked(sent=False)
    with pytest.raises(RuleBroken, match="has been sent"):
        refuse_locked(sent=True)


READY = ReturnReady(owed=True, ends_on=date(2026, 3, 31), today=TODAY, to_judge=0)


@pytest.mark.parametrize(
    ("change", "blockers"),
    [
        ({}, ()),
        ({"vacant": (ContactRole.SENIOR_LEAD,), "without_fix": 3}, ()),
        ({"to_judge": 1}, ("1 requirement is still to judge",)),
        ({"to_judge": 4}, ("4 requirements are still to judge",)),
        ({"today": date(2026, 3, 31)}, ("The reporting period has not ended",)),
        ({"today": date(2026, 4, 1)}, ()),
        (
            {"today": date(2026, 3, 1), "to_judge": 2},
            ("The reporting period has not ended", "2 requirements are still to judge"),
        ),
        (
            {"owed": False, "to_judge": 2},
            ("No return is asked of this organisation for this period",),
        ),
    ],
)
def test_what_stops_a_return(change, blockers):
    ready = replace(READY, **change)
    assert return_blockers(ready) == blockers
    if blockers:
        with pytest.raises(RuleBroken, match=blockers[0]):
            check_sendable(ready)
    else:
        check_sendable(ready)


@pytest.mark.parametrize(
    ("change", "warnings"),
    [
        ({}, []),
        ({"vacant": (ContactRole.FIRST_CONTACT,)}, ["Nobody is named as first point of contact"]),
        ({"without_fix": 1}, ["1 shortfall does not say what will be done"]),
        ({"without_fix": 2}, ["2 shortfalls do not say what will be done"]),
    ],
)
def test_what_a_return_will_be_asked_about(change, warnings):
    assert [one.message for one in return_warnings(replace(READY, **change))] == warnings
