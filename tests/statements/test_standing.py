"""What a document says of a requirement whose wording nobody, or somebody, held against its source."""

from datetime import date

from compliance import frameworks
from compliance.assessments.queries import Judgement
from compliance.rules.wording import Look
from compliance.statements.standing import requirements_of
from compliance.terms import Standing
from reports.statement.wording import requirement

ADA = date(2026, 4, 3), "Ada Obi"


def printed(code, look=None):
    framework, row = frameworks.holders()[code]
    judged = [Judgement(row, Standing.NOT_ASSESSED, None)]
    (one,) = requirements_of(judged, framework, {code: look} if look else {})
    return one.wording_verified, requirement(one)


def test_a_row_of_the_guidance_says_that_nobody_verified_it():
    verified, words = printed("GOV-G2")
    assert not verified
    assert words.endswith("Expected of government bodies; wording not verified.")


def test_a_look_at_the_source_changes_what_is_printed_with_who_and_when():
    verified, words = printed("GOV-G2", Look(True, *ADA))
    assert verified
    assert words.endswith("wording checked against the source on 3 April 2026 by Ada Obi.")
    verified, words = printed("GOV-G2", Look(False, *ADA))
    assert not verified
    assert words.endswith("the source was checked on 3 April 2026 by Ada Obi and says otherwise.")


def test_what_was_read_in_the_source_needs_no_words():
    verified, words = printed("25-C3-E2")
    assert verified
    assert "wording" not in words
