"""The board of a project counts each approval once, under the word that fits."""

import pytest

from compliance.rules.needed import GROUPS, counted, group_of, in_hand
from compliance.terms import ApprovalState

T = ApprovalState


@pytest.mark.parametrize("state", T)
def test_each_state_is_counted_under_one_word(state):
    assert sum(state in states for _, states in GROUPS) == 1


def test_the_sum_tells_first_what_needs_somebody():
    states = [T.ACTIVE, T.RESPONDED, T.ADVICE, T.NEEDED, T.NOT_REQUIRED, T.MODIFICATION_PENDING]
    assert counted(states) == [("missing", 1), ("in progress", 1), ("valid", 3), ("not needed", 1)]
    assert in_hand(states) == 4
    assert group_of(T.UNFAVOURABLE) == "missing"
