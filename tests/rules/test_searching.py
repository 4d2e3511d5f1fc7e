"""What is looked for: references however they are spelled, words however they are written."""

import pytest

from compliance.rules.searching import INDEXED, MOST, excerpt, fits, plain, terms_of, together

PROJECT = "prj 0024 prj0024 custody survey of detainees"


@pytest.mark.parametrize(
    "typed",
    ["PRJ-0024", "prj24", "PRJ0024", "prj 24", "PRJ–24", "PRJ-OO24", "prj_24", "pjr-0024", "24"],
)
def test_a_reference_is_found_however_it_is_spelled(typed):
    assert fits(terms_of(typed), PROJECT)


@pytest.mark.parametrize("typed", ["PRJ-0042", "prj2", "prj240", "APR-0024", "PRJ-24 bodyworn"])
def test_no_digit_of_a_reference_is_guessed(typed):
    assert not fits(terms_of(typed), PROJECT)


def test_letters_that_are_a_word_too_are_still_that_word():
    assert fits(terms_of("apr 2026"), plain("Ends 30 Apr 2026"))
    assert fits(terms_of("apr 26"), "apr0026 apr 0026")
    assert fits(terms_of("oil lil prj oil"), plain("Oil, lil, prj and oil"))


def test_words_are_beginnings_without_case_accents_and_signs():
    row = plain("Évaluation of officers’ body-worn cameras")
    for typed in (
        "evaluat",
        "EVALUATION",
        "officers",
        "officer's",
        "body worn",
        "camera",
        "cameras",
        "évalu",
    ):
        assert fits(terms_of(typed), row), typed
    assert not fits(terms_of("valuation"), row)
    assert not fits(terms_of("camera custody"), row), "every word must stand there"


def test_operators_and_signs_mean_plain_words_or_nothing():
    assert fits(terms_of('"custody" AND (survey*) ^of:'), plain("custody survey and of"))
    for nothing in ("", "  ", "***", '"', "\x00", "🙂", "^:()-'"):
        assert terms_of(nothing) == ()
    assert len(terms_of("word " * 2000)) == MOST
    assert len(terms_of("x" * 10_000)) == 1


def test_a_code_of_a_requirement_is_found_as_one_word():
    row = plain(f"25-C12-E1 {together('25-C12-E1')} A senior lead")
    assert fits(terms_of("25c12e1"), row)
    assert fits(terms_of("25-c12"), row)
    assert not fits(terms_of("25c13"), row)


def test_an_excerpt_shows_where_the_word_stands():
    text = "Long before. " * 30 + "Then a Survey of custody. " + "Long after. " * 30
    shown = excerpt(terms_of("survey"), text)
    assert "Then a Survey of custody." in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert excerpt(terms_of("absent"), text) == excerpt(terms_of("absent"), None) == ""
    assert INDEXED * 4 < 1024 * 1024, "what PostgreSQL takes, even when each letter has four bytes"
