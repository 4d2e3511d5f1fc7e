"""Counts in words: what is met, what is missing, what does not apply."""

import pytest

from compliance.rules.checks import Count, summed


@pytest.mark.parametrize(
    ("counted", "words", "breakdown"),
    [
        (Count(), "none apply", ""),
        (Count(met=3), "all met", "3 met"),
        (Count(met=1, not_applicable=2), "all met", "1 met, 2 not applicable"),
        (
            Count(met=4, partly_met=1, not_met=1, not_assessed=2),
            "1 not met, 1 partly, 2 to judge",
            "4 met, 1 partly, 1 not met, 2 to judge",
        ),
    ],
)
def test_a_count_says_what_is_missing_and_what_there_is(counted, words, breakdown):
    assert (counted.words, counted.breakdown) == (words, breakdown)


def test_what_does_not_apply_is_judged_but_no_part_of_the_total():
    counted = Count(met=2, not_applicable=3, not_assessed=4)
    assert (counted.total, counted.asked, counted.judged) == (6, 9, 5)


def test_counts_add_up():
    assert summed([Count(met=1, not_met=2), Count(met=3, not_assessed=1)]) == Count(4, 0, 2, 0, 1)
    assert summed([]) == Count()
