"""Small numbers: no withheld cell can be worked out, a true 0 is printed, and the method itself gives nothing away."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.rules.broken import RuleBroken
from compliance.rules.suppression import (
    COLUMNS,
    TOTAL,
    Cell,
    NewPolicy,
    Why,
    exposed,
    proposal,
)

BELOW = 3
ROWS = ("FAB", "PLA")


def table(rows):
    """The numbers of rows as (reported, formal, part, full), with their totals."""
    found = {}
    for name, row in zip(ROWS, rows, strict=False):
        found |= {Cell(column, name): value for column, value in zip(COLUMNS, row, strict=True)}
    for number, column in enumerate(COLUMNS):
        found[Cell(column, TOTAL)] = sum(row[number] for row in rows)
    return found


def shown(numbers, withheld, below):
    """What a reader sees of each cell; a withheld one is no 0, one called small is small."""
    return {
        cell: value
        if cell not in withheld
        else (withheld[cell], value > 0, withheld[cell] is Why.COMPLEMENT or value < below)
        for cell, value in numbers.items()
    }


# Investigations with what they upheld, and allegations, each in every combination up to 4: one more than is asked
# about, since another table that prints the same is never further than one step away.
INVESTIGATED = [
    table([(0, *first), (0, *second)])
    for first, second in product(
        [one for one in product(range(5), repeat=3) if one[1] + one[2] <= one[0]], repeat=2
    )
]
REPORTED = [table([(first, 0, 0, 0), (second, 0, 0, 0)]) for first, second in product(range(5), repeat=2)]


def values_left(numbers, possible):
    """For each withheld cell the values that a reader who tries every table cannot tell apart."""
    withheld = proposal(numbers, BELOW)
    printed = shown(numbers, withheld, BELOW)
    fitting = [one for one in possible if shown(one, withheld, BELOW) == printed]
    assert numbers in fitting
    return {cell: {one[cell] for one in fitting} for cell in withheld}


@settings(max_examples=30, deadline=None)
@given(st.sampled_from([one for one in INVESTIGATED if max(one[Cell("formal", name)] for name in ROWS) <= 3]))
def test_no_withheld_cell_can_be_worked_out_from_what_is_printed(numbers):
    left = values_left(numbers, INVESTIGATED)
    assert all(len(values) > 1 for values in left.values()), left


@pytest.mark.parametrize(
    "numbers", [one for one in REPORTED if max(one[Cell("reported", name)] for name in ROWS) <= 3]
)
def test_no_allegation_can_be_worked_out_from_what_is_printed(numbers):
    left = values_left(numbers, REPORTED)
    assert all(len(values) > 1 for values in left.values()), left


row = st.tuples(*[st.integers(0, 4)] * 4).filter(lambda one: one[2] + one[3] <= one[1])


@settings(max_examples=200, deadline=None)
@given(st.lists(row, min_size=2, max_size=2), st.integers(3, 6))
def test_whatever_is_proposed_leaves_nothing_exposed(rows, below):
    numbers = table(rows)
    withheld = proposal(numbers, below)
    assert exposed(numbers, withheld, below) == []
    assert {cell for cell, value in numbers.items() if 0 < value < below} <= set(withheld)
    assert all(numbers[cell] for cell in withheld)


def test_a_single_small_cell_is_given_away_by_its_total_unless_another_is_withheld():
    numbers = table([(1, 0, 0, 0), (7, 0, 0, 0)])
    small = Cell("reported", "FAB")
    assert exposed(numbers, {small: Why.SMALL}, 5) == [small]
    assert proposal(numbers, 5) == {small: Why.SMALL, Cell("reported", "PLA"): Why.COMPLEMENT}


def test_a_zero_is_never_withheld_so_the_total_is():
    numbers = table([(2, 0, 0, 0), (0, 0, 0, 0)])
    assert set(proposal(numbers, 5)) == {Cell("reported", "FAB"), Cell("reported", TOTAL)}


def test_what_was_investigated_must_not_give_away_what_was_upheld():
    numbers = table([(9, 6, 5, 1), (9, 9, 9, 0)])
    small = dict.fromkeys((Cell("upheld_full", "FAB"), Cell("upheld_full", TOTAL)), Why.SMALL)
    assert exposed(numbers, small, 5)
    assert exposed(numbers, proposal(numbers, 5), 5) == []


def test_a_policy_that_withholds_nothing_proposes_nothing():
    assert proposal(table([(5, 5, 5, 0), (9, 0, 0, 0)]), 5) == {}


@pytest.mark.parametrize(("below", "allowed"), [(None, True), (3, True), (20, True), (2, False), (21, False)])
def test_a_threshold_makes_sense(below, allowed):
    if allowed:
        NewPolicy(below, "Ours").check()
    else:
        with pytest.raises(RuleBroken, match="from 3 to 20"):
            NewPolicy(below, "Ours").check()
