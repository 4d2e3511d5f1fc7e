"""A number that one force withholds must not follow from the sum above it and what the others published."""

import pytest

from compliance.rules import faults
from compliance.rules.suppression import Cell, NewDecision, NewPolicy, given_away
from compliance.statements import actions, entering, queries
from compliance.statements.gather import gather
from compliance.terms import AllegationKind

REPORTED = Cell("reported", "PLA")


def test_only_what_a_single_one_withholds_is_given_away():
    both, one = {"A": {REPORTED}, "B": {REPORTED}}, {"A": {REPORTED}, "B": set()}
    assert given_away({REPORTED}, both) == []
    assert given_away({REPORTED}, one) == [(REPORTED, "A")]
    assert given_away(set(), one) == []


def withhold(statement, cast) -> None:
    """Decide that each number that is proposed is withheld."""
    shown = gather(queries.current_draft(statement), site="").shown
    for cell in shown.undecided:
        new = NewDecision(withheld=True, reason="Small.")
        number = shown.numbers[cell]
        entering.decide(statement, cell, new, number=number, below=shown.below, by=cast.lead)


def publish(make, statement, cast) -> None:
    make.board_approval(statement, cast.board)
    make.signature(statement, cast.signatory)
    actions.publish(statement, by=cast.lead)


def warned(statement):
    return [row for row in faults.warnings(queries.readiness(statement)) if row.key == "given_away"]


@pytest.mark.parametrize("withholds", [True, False])
def test_the_sum_above_warns_once_everybody_has_published(make, withholds):
    tree, period = make.tree(), make.period()
    council, first, second = (tree[code] for code in ("npcc", "northmoor", "westmarch"))
    casts = [make.cast(place) for place in (council, first, second)]
    make.case(first, casts[1].lead, kinds=(AllegationKind.PLAGIARISM,))
    if withholds:
        entering.set_policy(first, NewPolicy(5, "The chief officers decided."), by=casts[1].lead)
    own = make.complete(first, period, casts[1])
    withhold(own, casts[1])
    publish(make, own, casts[1])
    other = make.complete(second, period, casts[2])
    for place, cast in ((first, casts[1]), (second, casts[2])):
        make.sent(place, period, cast.lead)
    above = make.statement(council, period, casts[0].lead)
    assert warned(above) == []
    publish(make, other, casts[2])
    told = [row.facts for row in warned(above)]
    assert bool(told) is withholds
    if withholds:
        assert "Plagiarism: reported of Northmoor Constabulary" in told[0]
        entering.set_policy(council, NewPolicy(5, "The council decided."), by=casts[0].lead)
        assert warned(above) == []
