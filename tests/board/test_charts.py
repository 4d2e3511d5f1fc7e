"""Where the shapes of a board lie."""

import pytest

from compliance.board.charts import ALL, NONE, bar, trend
from compliance.rules.board import Ratio
from compliance.rules.checks import Count


def test_a_trend_lies_between_none_and_all():
    shown = trend("Returns", ["2024 to 2025", "2025 to 2026"], [Ratio(0, 4), Ratio(4, 4)])
    assert [point.y for point in shown.points] == [NONE, ALL]
    assert [point.newest for point in shown.points] == [False, True]
    assert len(shown.lines) == 1
    assert shown.words == "Up: 0 of 4, 4 of 4."


def test_a_line_is_not_drawn_across_a_year_that_counted_nothing():
    shown = trend("Returns", ["1", "2", "3"], [Ratio(1, 2), Ratio(0, 0), Ratio(2, 2)])
    assert len(shown.points) == 2
    assert shown.lines == ()


def test_a_trend_without_any_point_still_has_words():
    shown = trend("Returns", ["1", "2"], [Ratio(0, 0), Ratio(0, 0)])
    assert shown.labelled == ()
    assert shown.words == "No trend yet: 0 of 0, 0 of 0."


@pytest.mark.parametrize(
    ("counted", "parts"),
    [
        (Count(met=3, partly_met=1), [("met", 0, 75), ("partly", 75, 25)]),
        (Count(not_met=1, not_assessed=1), [("not-met", 0, 50)]),
        (Count(not_applicable=4), []),
        (Count(), []),
    ],
)
def test_a_bar_is_as_wide_as_what_it_counts(counted, parts):
    assert [(one.kind, one.x, one.width) for one in bar(counted)] == parts
