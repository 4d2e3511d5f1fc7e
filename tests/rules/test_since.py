"""What became of a figure since a meeting of the board."""

from datetime import date, timedelta

import pytest

from compliance.rules.board import NewMeeting, Ratio, since
from compliance.rules.broken import RuleBroken

TODAY = date(2026, 6, 9)


@pytest.mark.parametrize(
    ("now", "then", "words"),
    [
        (Ratio(5), Ratio(3), "+2"),
        (Ratio(1), Ratio(1234), "\N{MINUS SIGN}1,233"),
        (Ratio(0), Ratio(0), "no change"),
        # Nothing was counted then: no zero.
        (Ratio(0), None, "not counted then"),
        (Ratio(4, 8), Ratio(2, 8), "+2"),
        (Ratio(4, 8), Ratio(4, 6), "was 4 of 6"),
        (Ratio(4, 8), Ratio(4), "was 4"),
    ],
)
def test_a_figure_says_what_became_of_it(now, then, words):
    assert since(now, then) == words


@pytest.mark.parametrize("days", [-1, 8])
def test_a_meeting_is_recorded_while_its_figures_stand(days):
    with pytest.raises(RuleBroken):
        NewMeeting(TODAY - timedelta(days=days)).check(TODAY)
    NewMeeting(TODAY - timedelta(days=7)).check(TODAY)
    NewMeeting(TODAY).check(TODAY)
