"""When somebody is reminded, at which stage, and who else is told."""

from datetime import date, timedelta

import pytest

from compliance.rules.reminders import Note, roles_told, stage_of, stage_of_alarm, stage_of_waiting
from compliance.terms import Role

TODAY = date(2026, 6, 9)
OFFICER, INTEGRITY, BOARD = Role.ETHICS_OFFICER, Role.INTEGRITY_LEAD, Role.BOARD_MEMBER


@pytest.mark.parametrize(
    ("days", "stage", "of_an_end"),
    [
        (91, None, None),
        (90, None, "ahead-90"),
        (31, None, "ahead-90"),
        (30, "ahead-30", "ahead-30"),
        (8, "ahead-30", "ahead-30"),
        (7, "ahead-7", "ahead-7"),
        (2, "ahead-7", "ahead-7"),
        (1, "ahead-1", "ahead-7"),
        (0, "day", "day"),
        (-1, "day", "day"),
        (-6, "day", "day"),
        (-7, "late-1", "late-1"),
        (-13, "late-1", "late-1"),
        (-14, "late-2", "late-2"),
    ],
)
def test_a_stage_follows_from_the_distance(days, stage, of_an_end):
    on = TODAY + timedelta(days=days)
    assert stage_of(on, TODAY) == stage
    assert stage_of(on, TODAY, end=True) == of_an_end


def test_a_body_is_waited_for_some_days_and_asked_after_once():
    assert stage_of_waiting(TODAY - timedelta(days=4), TODAY) is None
    assert (
        stage_of_waiting(TODAY - timedelta(days=5), TODAY)
        == stage_of_waiting(date(2026, 1, 1), TODAY)
        == "ask"
    )


def test_an_alarm_sounds_at_once_and_then_each_week():
    stages = [stage_of_alarm(TODAY - timedelta(days=days), TODAY) for days in (0, 6, 7, 14)]
    assert stages == ["alarm-0", "alarm-0", "alarm-1", "alarm-2"]


@pytest.mark.parametrize(
    ("what", "days_late", "roles"),
    [
        ({"ours": True, "end": False, "alarm": False}, 6, ()),
        ({"ours": True, "end": False, "alarm": False}, 7, (INTEGRITY,)),
        ({"ours": True, "end": True, "alarm": False}, -30, (OFFICER,)),
        ({"ours": False, "end": False, "alarm": False}, 30, (OFFICER,)),
        ({"ours": True, "end": False, "alarm": True}, 0, (OFFICER, INTEGRITY)),
        ({"ours": True, "end": False, "alarm": True}, 3, (OFFICER, INTEGRITY, BOARD)),
    ],
)
def test_who_else_is_told(what, days_late, roles):
    assert roles_told(**what, days_late=days_late) == roles


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today"), (1, "in 1 day"), (3, "in 3 days"), (-1, "1 day late"), (-9, "9 days late")],
)
def test_the_distance_is_said_in_words(days, words):
    note = Note("APR-0001", "Panel", "x", "day", "due", TODAY + timedelta(days=days), "why")
    assert note.distance(TODAY) == words


def test_what_has_ended_is_not_late_and_an_alarm_says_how_long_it_lasts():
    days = (TODAY - timedelta(days=9), TODAY + timedelta(days=9))
    over, to_come = (Note("APR-0001", "Panel", "x", "day", "last day", on, "why", ends=True) for on in days)
    alarm = Note("PRJ-0001", "a project", "alarm", "day", "fieldwork", days[0], "why", alarm=True)
    assert [one.distance(TODAY) for one in (over, to_come, alarm)] == [
        "9 days ago",
        "in 9 days",
        "for 9 days",
    ]
