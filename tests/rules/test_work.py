"""Since when something is missing, and by when a case is expected to be completed."""

from datetime import date

import pytest

from compliance.rules.approvals import Facts
from compliance.rules.work import case_due_on, missing_since
from compliance.terms import Outcome, ProjectState, Waiting
from compliance.work.items import Item, Pile, in_order

STARTED, TODAY = date(2026, 5, 3), date(2026, 6, 9)


def facts(reference: str = "APR-0001", outcome: Outcome | None = Outcome.FAVOURABLE, **parts) -> Facts:
    return Facts(reference, "Panel", binding=True, outcome=outcome, decided_on=date(2026, 4, 1), **parts)


@pytest.mark.parametrize(
    ("approvals", "since"),
    [
        ([facts(outcome=None)], STARTED),
        ([facts(outcome=Outcome.UNFAVOURABLE)], STARTED),
        ([facts(open_before_start=1)], STARTED),
        ([facts(open_before_start=1, expires_on=date(2027, 1, 1))], STARTED),
        ([facts(expires_on=date(2026, 5, 31))], date(2026, 6, 1)),
        ([facts(expires_on=date(2026, 4, 30))], STARTED),
        (
            [facts(expires_on=date(2026, 5, 31)), facts("APR-0002", expires_on=date(2026, 5, 20))],
            date(2026, 5, 21),
        ),
        (
            [facts(expires_on=date(2026, 5, 31)), facts("APR-0002", expires_on=date(2027, 1, 1))],
            date(2026, 6, 1),
        ),
        ([facts(expires_on=date(2026, 5, 31)), facts("APR-0002", outcome=None)], STARTED),
    ],
)
def test_fieldwork_lacks_a_decision_since_its_start_or_the_end_of_the_decision(approvals, since):
    assert missing_since(approvals, STARTED, TODAY) == since


@pytest.mark.parametrize(
    ("opened", "due"),
    [
        (date(2026, 3, 9), date(2026, 6, 1)),
        (date(2026, 6, 5), date(2026, 8, 28)),
        (date(2026, 6, 6), date(2026, 8, 28)),
    ],
)
def test_a_case_is_expected_to_take_sixty_working_days(opened, due):
    assert case_due_on(opened) == due


def test_broken_rules_come_first_then_late_then_due_then_undated():
    def item(what, status, on):
        return Item(what, "", status, "", {}, on=on)

    piles = [
        Pile("a", (item("undated", ProjectState.DRAFT, None), item("today", Waiting.LATE, TODAY))),
        Pile(
            "b",
            (
                item("long late", Waiting.LATE, date(2024, 1, 1)),
                item("soon", Waiting.LATE, date(2026, 6, 20)),
            ),
        ),
        Pile(
            "c",
            (
                item("alarm", Waiting.START_NOT_ALLOWED, date(2026, 6, 1)),
                item("late", Waiting.LATE, date(2026, 6, 8)),
            ),
        ),
    ]
    found = [one.what for one in in_order(piles, TODAY)]
    assert found == ["alarm", "long late", "late", "today", "soon", "undated"]
