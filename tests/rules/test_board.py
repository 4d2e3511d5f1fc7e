"""How figures compare, in words."""

import pytest

from compliance.rules.board import Direction, Ratio, change, most_to_do, story, together
from compliance.rules.checks import Count


@pytest.mark.parametrize(
    ("now", "before", "direction", "words"),
    [
        (Ratio(47, 52), Ratio(38, 49), Direction.UP, "up from 38 of 49"),
        (Ratio(5, 10), Ratio(6, 10), Direction.DOWN, "down from 6 of 10"),
        (Ratio(1, 3), Ratio(2, 6), Direction.SAME, "Same as the year before: 2 of 6"),
        (Ratio(6), Ratio(9), Direction.DOWN, "down from 9"),
        (Ratio(2), Ratio(2), Direction.SAME, "Same as the year before: 2"),
        (Ratio(0), Ratio(0), Direction.SAME, "Same as the year before: 0"),
        (Ratio(3, 4), Ratio(0, 0), Direction.UNKNOWN, "The year before: 0 of 0"),
        (Ratio(0, 0), Ratio(1, 2), Direction.UNKNOWN, "The year before: 1 of 2"),
        (Ratio(3, 4), None, Direction.UNKNOWN, "No figure for the year before"),
    ],
)
def test_a_change_is_told_as_a_direction_and_in_words(now, before, direction, words):
    found = change(now, before)
    assert (found.direction, found.words) == (direction, words)


@pytest.mark.parametrize(
    ("ratios", "words"),
    [
        ([(1, 4), (2, 4), (3, 4)], "Up each year"),
        ([(1, 4), (1, 4), (3, 4)], "Up"),
        ([(3, 4), (1, 4)], "Down"),
        ([(3, 4), (2, 4), (1, 4)], "Down each year"),
        ([(1, 4), (3, 4), (2, 4)], "Uneven"),
        ([(1, 2), (2, 4)], "Unchanged"),
        ([(1, 4), (0, 0), (3, 4)], "Up"),
        ([(0, 0), (1, 2)], "No trend yet"),
        ([], "No trend yet"),
    ],
)
def test_a_trend_is_told_in_words(ratios, words):
    assert story([Ratio(*one) for one in ratios]) == words


def test_whoever_has_most_not_met_comes_first():
    worst = {"a": Count(not_met=2)}
    middle = {"a": Count(not_met=1), "b": Count(partly_met=5)}
    least = {"a": Count(met=3, partly_met=1)}
    assert sorted([least, worst, middle], key=most_to_do) == [worst, middle, least]
    assert together([*worst.values(), *middle.values()]) == Count(not_met=3, partly_met=5)
