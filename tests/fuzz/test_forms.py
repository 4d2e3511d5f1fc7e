"""A short, always equal run of what `bin/fuzz` does for minutes."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance import audit
from tests.fuzz.asking import Asked

EXAMPLES = 80


def test_nothing_that_is_typed_breaks_a_page_or_shows_what_is_of_others(app):
    asked = Asked(app)
    assert len(asked.addresses) > 100

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def any_page(data):
        asked.any_round(data)

    any_page()
    assert audit.verify()[1] is None
