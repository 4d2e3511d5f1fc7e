"""Where an organisation stands among others, without a number of another."""

from itertools import product

import pytest

from compliance.rules.board import Ratio
from compliance.rules.comparison import FEWEST, comparable, place, tenth


@pytest.mark.parametrize(
    ("ratio", "found"),
    [(Ratio(0, 7), 0), (Ratio(1, 10), 1), (Ratio(99, 1000), 0), (Ratio(9, 10), 9), (Ratio(7, 7), 9)],
)
def test_a_share_lies_in_its_tenth(ratio, found):
    assert tenth(ratio) == found


def test_a_place_counts_who_lies_lower_alike_and_higher():
    found = place(Ratio(5, 10), [Ratio(0, 5), Ratio(59, 100), Ratio(6, 10), Ratio(1, 1)])
    assert (found.lower, found.alike, found.higher, found.others) == (1, 1, 2, 4)
    assert sum(found.tenths) == 4


def test_with_too_few_others_or_nothing_of_its_own_there_is_no_place():
    few = [Ratio(1, 2)] * (FEWEST - 1)
    assert place(Ratio(1, 2), few) is None
    assert place(Ratio(1, 2), [*few, Ratio(1, 2)]) is not None
    assert place(Ratio(0, 0), [Ratio(1, 2)] * FEWEST) is None


def test_small_numbers_are_left_out_and_an_empty_share_is_no_zero():
    assert comparable([Ratio(1, 4), Ratio(1, 5), Ratio(0, 0)], smallest=5) == [Ratio(1, 5)]
    assert comparable([Ratio(0, 0), Ratio(0, 1)], smallest=1) == [Ratio(0, 1)]


def test_a_tenth_never_tells_the_number_behind_it():
    """Of five projects or more, every tenth in which a share can lie fits several numbers of some size."""
    fits: dict[int, set[tuple[int, int]]] = {}
    for whole, part in product(range(5, 30), range(30)):
        if part <= whole:
            fits.setdefault(tenth(Ratio(part, whole)), set()).add((part, whole))
    assert all(len(numbers) > 20 for numbers in fits.values())
