"""The requirements are those that the service set out to carry: counts, dates, marks of sureness."""

import re
from collections import Counter
from datetime import date

import pytest

from compliance import frameworks
from compliance.frameworks.schema import Modality, Relation, Responsibility, Subject, Sureness

CONCORDATS = ("concordat-2019", "concordat-2025")


def bound(key):
    return dict(Counter(row.binds for row in frameworks.get(key).requirements))


def by_letter(key, pattern):
    return dict(Counter(re.match(pattern, row.code)[1] for row in frameworks.get(key).requirements))


def test_2019_has_61_duties_and_the_statement_has_five_contents_that_are_not_counted():
    framework = frameworks.get("concordat-2019")
    assert bound("concordat-2019") == {
        Responsibility.RESEARCH_COMMUNITY: 11,
        Responsibility.EMPLOYERS: 28,
        Responsibility.FUNDERS: 22,
    }
    assert len(framework.requirements) == 61
    assert len(list(framework.codes)) == 66
    assert [part.code for part in framework.requirement("C5-E2").parts] == [f"C5-E2{one}" for one in "abcde"]


def test_2025_has_50_duties():
    assert bound("concordat-2025") == {
        Responsibility.RESEARCH_COMMUNITY: 13,
        Responsibility.EMPLOYERS: 19,
        Responsibility.FUNDERS: 18,
    }


def test_the_government_guidance_has_61_rows_none_of_them_verified():
    rows = frameworks.get("government-guidance").requirements
    assert by_letter("government-guidance", r"GOV-([A-Z])") == {
        "G": 12,
        "T": 6,
        "E": 6,
        "P": 5,
        "R": 9,
        "M": 8,
        "N": 3,
        "A": 12,
    }
    assert {row.modality_verified for row in rows} == {False}
    assert {row.code for row in rows if row.modality is Modality.OURS} == {"GOV-M8", "GOV-N3"}
    assert [row.code for row in rows if row.modality is Modality.CONVENTION] == ["GOV-A11"]
    assert [row.code for row in rows if row.sureness is Sureness.UNKNOWN] == ["GOV-A12"]
    assert {row.binds for row in rows} == {Responsibility.GOVERNMENT_BODIES}


def test_the_strength_of_the_words_for_funders_in_2019_was_not_recorded():
    for row in frameworks.get("concordat-2019").requirements:
        funders = row.binds is Responsibility.FUNDERS
        assert (row.modality is Modality.NOT_RECORDED) == funders
        assert row.modality_verified == (not funders)


@pytest.mark.parametrize("key", CONCORDATS)
def test_duties_of_people_are_checked_for_a_project_and_the_others_for_the_organisation(key):
    for row in frameworks.get(key).requirements:
        people = row.binds is Responsibility.RESEARCH_COMMUNITY
        assert row.checked_for is (Subject.PROJECT if people else Subject.ORGANISATION), row.code


@pytest.mark.parametrize(
    ("day", "edition"),
    [
        (date(2019, 10, 24), None),
        (date(2019, 10, 25), "concordat-2019"),
        (date(2026, 3, 31), "concordat-2019"),
        (date(2026, 4, 1), "concordat-2025"),
        (date(2031, 1, 1), "concordat-2025"),
    ],
)
def test_the_edition_in_force_changes_on_1_april_2026(day, edition):
    found = frameworks.for_date(day)
    assert (found.key if found else None) == edition


def test_the_guidance_is_no_edition_of_the_concordat():
    assert frameworks.for_date(date(2026, 6, 1), "government-guidance").key == "government-guidance"


def test_the_crosswalk_of_the_editions_has_66_pairs_and_no_superset():
    crosswalk = frameworks.crosswalks()["crosswalk-2019-2025"]
    binds = Counter(pair.old.split("-")[1][0] for pair in crosswalk.pairs)
    assert binds == {"R": 14, "E": 26, "F": 26}
    assert Relation.SUPERSET not in {pair.relation for pair in crosswalk.pairs}
    alone = {code for row in crosswalk.without_new if row.kind == "none" for code in row.codes}
    assert alone == {"C1-E3", "C4-E3", "C4-E8", "C5-E3"}
    new = {code for row in crosswalk.without_old if row.kind == "none" for code in row.codes}
    assert len(new) == 7


def test_a_requirement_knows_its_relatives_from_its_own_side():
    relations = {row.requirement.code: row.relation for row in frameworks.relatives("25-C4-E1")}
    assert relations["C4-E1"] is Relation.SUPERSET
    assert relations["C4-E9"] is Relation.INTERSECTS
    assert relations["GOV-M1"] is Relation.SUPERSET
    assert {row.requirement.code for row in frameworks.relatives("C1-E3")} == {"GOV-T4"}


def test_nothing_is_derived_between_a_project_and_an_organisation():
    for subject in Subject:
        ends = {end.code for link in frameworks.links(subject) for end in (link.source, link.target)}
        assert {frameworks.holders()[code][1].checked_for for code in ends} == {subject}
    crossing = ("GOV-G12", "25-C5-E1")
    pairs = frameworks.crosswalks()["crosswalk-government-2025"].pairs
    assert crossing in [(pair.old, pair.new) for pair in pairs]
    everywhere = [link for subject in Subject for link in frameworks.links(subject)]
    assert crossing not in [(link.source.code, link.target.code) for link in everywhere]


def test_no_text_says_that_an_unverified_source_requires_anything():
    for row in frameworks.get("government-guidance").requirements:
        said = f"{row.title} {row.text} {row.evidence} {row.note}".lower()
        assert not re.search(r"guidance (requires|demands|says)", said), row.code
