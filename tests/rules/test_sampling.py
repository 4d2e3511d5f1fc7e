"""A draw depends on its seed and on what it is drawn from, and on nothing else."""

import pytest

from compliance.rules.broken import RuleBroken
from compliance.rules.sampling import LARGEST, NewResponse, NewSample, drawn, fingerprint
from compliance.terms import ConditionsKept, ProtocolKept

BY_HAND = ["APR-0003", "APR-0002", "APR-0001"]
ALL = [f"APR-{number:04d}" for number in range(1, 301)]


def test_the_same_seed_draws_the_same_whatever_the_order():
    first = drawn(ALL, "spring 2026", 5)
    assert first == drawn(reversed(ALL), "spring 2026", 5) == drawn({*ALL}, "spring 2026", 5)
    assert len(set(first)) == 5
    assert drawn(ALL, "autumn 2026", 5) != first
    assert drawn(ALL, "spring 2026", 9)[:5] == first, "a larger sample begins with the smaller"
    assert fingerprint(ALL) == fingerprint(reversed(ALL)) != fingerprint(ALL[1:])


def test_a_draw_can_be_made_again_by_hand():
    # printf 'a\nAPR-0001' | sha256sum, and so for each; the lowest comes first.
    assert drawn(["APR-0001", "APR-0002", "APR-0003"], "a", 3) == BY_HAND


def test_every_approval_is_drawn_about_as_often():
    times = dict.fromkeys(ALL, 0)
    for seed in range(600):
        for one in drawn(ALL, str(seed), 30):
            times[one] += 1
    assert 30 < min(times.values()) <= max(times.values()) < 95


@pytest.mark.parametrize("size", [0, -1, 4, LARGEST + 1])
def test_a_sample_is_of_what_there_is(size):
    with pytest.raises(RuleBroken):
        NewSample(size, "a").check(["APR-0001", "APR-0002", "APR-0003"])
    NewSample(3, "a").check(["APR-0001", "APR-0002", "APR-0003"])


def test_a_no_has_its_reason_and_nobody_answers_for_their_own_project():
    no = NewResponse(ProtocolKept.NO, ConditionsKept.NONE, None)
    with pytest.raises(RuleBroken, match="what you found"):
        no.check(1, 2)
    NewResponse(ProtocolKept.NO, ConditionsKept.NONE, "A second site").check(1, 2)
    with pytest.raises(RuleBroken, match="You lead this project"):
        NewResponse(ProtocolKept.YES, ConditionsKept.YES, None).check(1, 1)
