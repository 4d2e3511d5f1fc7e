"""Who was named in a role, and when nobody was."""

from datetime import date

import pytest

from compliance.rules.holders import Holder, gaps, same_person

BEGAN, ENDED = date(2025, 4, 1), date(2026, 3, 31)


@pytest.mark.parametrize(
    ("spans", "open_days"),
    [
        ((), ((BEGAN, ENDED),)),
        (((BEGAN, None),), ()),
        (((BEGAN, date(2025, 10, 1)), (date(2025, 10, 1), None)), ()),
        (((date(2020, 1, 1), date(2026, 3, 31)),), ((ENDED, ENDED),)),
        (((date(2025, 4, 2), None),), ((BEGAN, BEGAN),)),
        (((date(2026, 4, 1), None),), ((BEGAN, ENDED),)),
        (((date(2020, 1, 1), date(2020, 2, 1)), (BEGAN, None)), ()),
    ],
)
def test_the_days_without_a_holder(spans, open_days):
    assert gaps([Holder("Jo", *span) for span in spans], BEGAN, ENDED) == open_days


def test_a_mailbox_is_nobody_twice():
    assert same_person([Holder(None, BEGAN)], [Holder(None, BEGAN)]) is None
    assert same_person([Holder("JO AMADI", BEGAN)], [Holder("Jo Amadi", BEGAN)]) == "JO AMADI"
