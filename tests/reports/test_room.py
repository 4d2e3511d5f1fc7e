"""Calls that have room take no memory from the system again and again."""

import resource

from reports.press import with_room

DEPTHS, TIMES = 120, 200


def leaf(*_numbers: int) -> None:
    """Ends at once: its frame comes and goes."""


def at_every_depth(left: int = DEPTHS) -> None:
    """Call often, at this depth and at each below it: one of them lies at the end of a piece of the stack."""
    for _ in range(TIMES):
        leaf(1, 2, 3)
    if left:
        at_every_depth(left - 1)


def pages_taken(work) -> int:
    """How many pages of memory the system had to give."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    work()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def test_calls_with_room_take_memory_once():
    with_room(at_every_depth)
    assert pages_taken(lambda: with_room(at_every_depth)) < TIMES / 2


def test_calls_without_it_take_memory_each_time_somewhere():
    # Where this fails, Python keeps the pieces, and nothing needs room any more.
    at_every_depth()
    assert pages_taken(at_every_depth) > TIMES / 2


def test_what_the_work_gives_comes_back():
    assert with_room(lambda: 7) == 7
