"""The catalogue of bodies: complete by its sections, its words mapped to ours, its clocks true of their time."""

from datetime import date

import pytest

from compliance import frameworks
from compliance.frameworks.body import AnswerKind, Clock, Question, Route
from compliance.frameworks.faults import FrameworkError
from compliance.frameworks.loader import load_bodies
from compliance.frameworks.schema import Sureness
from compliance.rules.expected_approvals import ALWAYS, RULES
from compliance.terms import Outcome

BODIES = frameworks.bodies()


def test_every_section_of_the_catalogue_has_its_bodies():
    assert {body.section for body in BODIES.values()} == set("abcdefghijklmno") | {"5"}


@pytest.mark.parametrize("body", BODIES.values(), ids=lambda body: body.key)
def test_every_word_of_a_body_is_one_of_our_outcomes(body):
    assert {Outcome(word.outcome) for word in body.words}
    if body.route is Route.ADVICE:
        assert {word.outcome for word in body.words} == {"advice"}
        assert not body.binding


@pytest.mark.parametrize("body", BODIES.values(), ids=lambda body: body.key)
def test_two_rules_for_one_event_are_never_in_force_at_once_in_one_place(body):
    for one in body.clocks:
        for other in body.clocks:
            if one is not other and (one.event, one.where) == (other.event, other.where):
                first, second = sorted((one, other), key=lambda row: row.in_force_from or date.min)
                assert first.in_force_until
                assert second.in_force_from
                assert first.in_force_until < second.in_force_from


@pytest.mark.parametrize(
    ("event", "on", "length"),
    [
        ("decision", date(2026, 4, 27), "60 days"),
        ("decision", date(2026, 4, 28), "30 days"),
        ("modification_decision", date(2026, 4, 27), None),
        ("modification_decision", date(2026, 4, 28), "35 days"),
        ("progress_report", date(2023, 9, 1), "12 months"),
        ("progress_report", date(2024, 8, 1), None),
        ("end_declaration", date(2023, 9, 1), "90 days"),
        ("final_report", date(2026, 9, 1), "12 months"),
    ],
)
def test_a_clock_of_the_nhs_holds_between_its_dates(event, on, length):
    found = BODIES["nhs-rec"].clock(event, on)
    assert (found.length if found else None) == length


def test_the_yearly_report_ended_later_in_scotland_and_northern_ireland():
    ended = {
        row.where: row.in_force_until for row in BODIES["nhs-rec"].clocks if row.event == "progress_report"
    }
    assert ended == {
        "England and Wales": date(2024, 5, 31),
        "Scotland and Northern Ireland": date(2024, 7, 31),
    }


@pytest.mark.parametrize(
    ("key", "on", "word"),
    [
        ("nhs-rec", date(2026, 4, 27), "amendment"),
        ("nhs-rec", date(2026, 4, 28), "modification"),
        ("hra-approval", date(2026, 4, 27), "amendment"),
        ("university-rec", date(2026, 4, 28), "amendment"),
        ("force-ethics-panel", date(2020, 1, 1), "modification"),
    ],
)
def test_a_change_is_called_what_the_body_called_it_then(key, on, word):
    assert BODIES[key].change_word(on) == word


def test_what_is_only_our_judgement_says_so():
    assert BODIES["force-ethics-panel"].sureness is Sureness.OUR_JUDGEMENT
    assert BODIES["nhs-rec"].words_sureness is Sureness.READ
    assert BODIES["metrec"].words_sureness is Sureness.OUR_JUDGEMENT


def test_every_rule_of_what_is_needed_names_a_body():
    assert {rule.body_key for rule in RULES} | {ALWAYS.body_key} <= set(BODIES)


def test_a_clock_needs_one_length_and_a_choice_needs_options():
    parts = {
        "id": "X",
        "event": "x",
        "counts_from": "x",
        "rule": "x",
        "source": "x",
        "sureness": Sureness.READ,
    }
    with pytest.raises(ValueError, match="days or months"):
        Clock(**parts)
    with pytest.raises(ValueError, match="in force until before"):
        Clock(**parts, days=1, in_force_from=date(2026, 1, 1), in_force_until=date(2025, 1, 1))
    with pytest.raises(ValueError, match="a choice has options"):
        Question(key="x", label="x", kind=AnswerKind.CHOICE)


def test_a_key_given_twice_is_refused_with_its_place(tmp_path):
    body = "- {key: a, name: A, kind: K, section: a, binding: false, sureness: read, words: [], words_sureness: read}\n"
    (tmp_path / "bodies.yaml").write_text(body * 2)
    with pytest.raises(FrameworkError, match=r"bodies\.yaml: body a is given twice"):
        load_bodies(tmp_path)


@pytest.mark.parametrize(
    ("key", "asked"),
    [
        (
            "dpia",
            {"need", "risks", "residual_approved_by", "dpo_advised_on", "dpo_overruled_by", "approved_on"},
        ),
        ("uksa", {"total"}),
        ("force-request", {"funding_source", "fees", "areas_of_interest"}),
        ("force-ethics-panel", {"lead_reviewer", "conflicts_declared", "public_summary", "classification"}),
        ("atrs", {"atrs_required"}),
    ],
)
def test_a_body_asks_what_its_record_needs(key, asked):
    assert asked <= {row.key for row in frameworks.body(key).asked}


def test_every_outcome_that_a_question_is_needed_for_is_one_of_ours():
    needed = {
        one for body in frameworks.bodies().values() for row in body.questions for one in row.needed_for
    }
    assert needed == {"advice", "favourable"} <= {one.value for one in Outcome}
