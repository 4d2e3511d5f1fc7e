"""Nothing is printed as law that nobody held against its source."""

from datetime import date

import pytest

from compliance import frameworks
from compliance.frameworks.schema import Modality
from compliance.rules.broken import RuleBroken
from compliance.rules.wording import (
    Look,
    NewWordingCheck,
    can_be_checked,
    strength_of,
    wording_of,
    words_of,
)
from compliance.terms import Wording

EVERY = [row for framework in frameworks.everything().values() for row in framework.requirements]
UNVERIFIED = [row for row in EVERY if not row.modality_verified]


def named(code):
    return frameworks.holders()[code][1]


@pytest.mark.parametrize(
    ("code", "agrees", "words", "mark"),
    [
        ("GOV-G2", None, "Expected of government bodies; wording not verified", Wording.NOT_CONFIRMED),
        ("GOV-G2", True, "Expected of government bodies; wording checked against the source on 3 April 2026 by Ada Obi", Wording.CONFIRMED),
        ("GOV-G2", False, "Expected of government bodies; the source was checked on 3 April 2026 by Ada Obi and says otherwise", Wording.DIFFERS),
        ("GOV-M8", None, "Our own addition, not a requirement of anyone", Wording.NO_SOURCE),
        ("GOV-A11", None, "A convention among government bodies, not a requirement; wording not verified", Wording.NOT_CONFIRMED),
        ("GOV-A12", None, "Not known whether this is expected of government bodies; wording not verified", Wording.NOT_CONFIRMED),
        ("C1-F1", None, "Expected of funders; wording not verified", Wording.NOT_CONFIRMED),
        ("C2-E1", None, "Asked of employers (“must”)", Wording.CONFIRMED),
        ("25-C12-R1", None, "Asked of the research community (“responsible for”)", Wording.CONFIRMED),
    ],
)  # fmt: skip
def test_one_place_gives_the_words_and_the_mark(code, agrees, words, mark):
    look = None if agrees is None else Look(agrees, date(2026, 4, 3), "Ada Obi")
    assert words_of(named(code), look) == words
    assert wording_of(named(code), look) is mark


@pytest.mark.parametrize("row", UNVERIFIED, ids=lambda row: row.code)
def test_an_unverified_row_never_reads_as_law(row):
    words = words_of(row)
    assert "wording not verified" in words or row.modality is Modality.OURS
    assert "“" not in words
    assert wording_of(row) in (Wording.NOT_CONFIRMED, Wording.NO_SOURCE)
    assert "as the source words it" not in strength_of(row)


@pytest.mark.parametrize("row", EVERY, ids=lambda row: row.code)
def test_every_row_has_words_for_its_strength(row):
    assert strength_of(row)
    assert can_be_checked(row) == (not row.modality_verified and row.modality is not Modality.OURS)


def test_a_wording_seen_elsewhere_is_told_apart_from_an_assumption():
    assert strength_of(named("GOV-G2")).startswith(
        "“Must” as we take it. Seen outside the source: Landing page"
    )
    assert strength_of(named("GOV-G1")) == "“Must” as we take it: an assumption"


@pytest.mark.parametrize(
    ("agrees", "address", "note", "field"),
    [
        (True, "http://gov.uk/a", None, "address"),
        (True, "https://", None, "address"),
        (True, "https://gov uk", None, "address"),
        (False, "https://gov.uk/a", None, "note"),
        (False, "https://gov.uk/a", "", "note"),
    ],
)
def test_a_look_at_the_source_needs_its_address_and_a_difference_its_words(agrees, address, note, field):
    with pytest.raises(RuleBroken) as broken:
        NewWordingCheck(agrees, address, note).check()
    assert broken.value.field == field


def test_a_complete_look_passes():
    NewWordingCheck(agrees=True, address="https://gov.uk/a").check()
    NewWordingCheck(agrees=False, address="https://gov.uk/a", note="It says should").check()
