"""Every due date with its rule and input, table by table; rules that ended stay true of their time."""

from datetime import date

import pytest

from compliance import frameworks
from compliance.rules.due import Happening, Study, add_months, going_on
from compliance.rules.due_dates import dues
from compliance.terms import ApprovalStep, Outcome

S = ApprovalStep
NHS, PANEL, CAG = (frameworks.body(key).clocks for key in ("nhs-rec", "force-ethics-panel", "cag"))
TODAY = date(2026, 6, 9)
FAV = Outcome.FAVOURABLE


def told(*steps):
    return [Happening(*step) for step in steps]


UNKNOWN = Study()


def due(event, clocks, *steps, study=UNKNOWN, today=TODAY):
    """What a rule makes due, by the beginning of its number."""
    return [one for one in dues(clocks, told(*steps), study, today) if one.key.startswith(f"{event}/")]


@pytest.mark.parametrize(
    ("rule", "steps", "on", "why"),
    [
        (
            "NHS-MOD-DECISION",
            [(S.MODIFICATION_SENT, date(2026, 6, 10)), (S.MODIFICATION_VALID, date(2026, 6, 12))],
            date(2026, 7, 17),
            "35 days from valid modification, 12 June 2026; HRA, in force since 28 April 2026",
        ),
        (
            "NHS-DECISION",
            [(S.SENT, date(2026, 4, 27)), (S.FOUND_VALID, date(2026, 4, 28))],
            date(2026, 5, 28),
            "30 days from valid application, 28 April 2026; HRA, in force since 28 April 2026",
        ),
        (
            "NHS-DECISION-60",
            [(S.SENT, date(2026, 4, 26)), (S.FOUND_VALID, date(2026, 4, 27))],
            date(2026, 6, 26),
            "60 days from valid application, 27 April 2026; HRA, in force until 27 April 2026",
        ),
        (
            "NHS-ANSWER",
            [(S.INFORMATION_ASKED, date(2026, 5, 1))],
            date(2026, 6, 30),
            "60 days from request for further information, 1 May 2026; HRA, in force since 28 April 2026",
        ),
        (
            "NHS-FINAL",
            [(S.INFORMATION_SENT, date(2026, 5, 20))],
            date(2026, 5, 30),
            "10 days from answer to the request, 20 May 2026; HRA, in force since 28 April 2026",
        ),
        (
            "NHS-END",
            [(S.ENDED, date(2026, 3, 31))],
            date(2026, 6, 29),
            "90 days from end of the study, 31 March 2026; HRA",
        ),
        (
            "NHS-STOP",
            [(S.STOPPED, date(2026, 6, 1))],
            date(2026, 6, 16),
            "15 days from early stop, 1 June 2026; HRA",
        ),
        (
            "NHS-HALT",
            [(S.HALTED, date(2026, 6, 1))],
            date(2026, 6, 16),
            "15 days from halt, 1 June 2026; HRA",
        ),
        (
            "NHS-REPORT",
            [(S.ENDED, date(2024, 2, 29))],
            date(2025, 2, 28),
            "12 months from end of the study, 29 February 2024; HRA",
        ),
        (
            "NHS-FIX",
            [(S.SENT, date(2026, 6, 1))],
            date(2026, 6, 8),
            "7 days from application sent, 1 June 2026; HRA, in force since 28 April 2026",
        ),
        (
            "NHS-START",
            [(S.DECIDED, date(2026, 5, 4), FAV)],
            date(2027, 5, 4),
            "12 months from favourable opinion, 4 May 2026; HRA, SL-AR2",
        ),
    ],
)
def test_a_due_date_explains_itself(rule, steps, on, why):
    (found,) = due(rule, NHS, *steps)
    assert (found.on, found.why) == (on, why)


def test_a_rule_that_was_not_yet_in_force_makes_nothing_due():
    assert due("NHS-MOD-DECISION", NHS, (S.MODIFICATION_VALID, date(2026, 4, 27))) == []


def test_what_is_done_says_when_and_is_never_late():
    (found,) = due("NHS-END", NHS, (S.ENDED, date(2026, 1, 5)), (S.TOLD, date(2026, 5, 5)))
    assert found.done_on == date(2026, 5, 5)
    assert not found.late(TODAY)
    (open_one,) = due("NHS-END", NHS, (S.ENDED, date(2026, 1, 5)))
    assert open_one.late(TODAY)
    assert not open_one.late(open_one.on)


def test_the_end_that_is_planned_is_a_forecast_until_the_study_ends():
    study = Study(planned_end_on=date(2027, 10, 31))
    steps = [(S.DECIDED, date(2026, 5, 4), FAV), (S.TOOK_EFFECT, date(2026, 5, 4))]
    (found,) = due("NHS-END", NHS, *steps, study=study)
    assert found.forecast
    assert found.on == date(2028, 1, 29)
    assert found.why == "90 days from planned end of the study, 31 October 2027; HRA"
    (real,) = due("NHS-END", NHS, *steps, (S.ENDED, date(2027, 6, 1)), study=study)
    assert not real.forecast


@pytest.mark.parametrize(
    ("rule", "decided", "expected"),
    [
        ("NHS-PROGRESS", date(2022, 3, 1), [date(2023, 3, 31), date(2024, 3, 31)]),
        ("NHS-PROGRESS", date(2022, 7, 1), [date(2023, 7, 31)]),
        ("NHS-PROGRESS-SNI", date(2022, 7, 1), [date(2024, 7, 31)]),
        ("NHS-PROGRESS-SNI", date(2022, 5, 1), []),
        ("NHS-PROGRESS", date(2024, 7, 1), []),
    ],
)
def test_the_yearly_report_is_due_of_the_years_before_it_was_abolished(rule, decided, expected):
    study = Study(planned_end_on=date(2028, 1, 1))
    assert [one.on for one in due(rule, NHS, (S.DECIDED, decided, FAV), study=study)] == expected


@pytest.mark.parametrize(
    "study",
    [Study(), Study(planned_end_on=date(2023, 3, 1)), Study(None, date(2028, 1, 1), full_review=False)],
)
def test_a_short_study_or_a_proportionate_review_owed_no_yearly_report(study):
    assert due("NHS-PROGRESS", NHS, (S.DECIDED, date(2022, 3, 1), FAV), study=study) == []


def test_the_yearly_review_of_confidential_information_goes_on():
    steps = [(S.DECIDED, date(2025, 3, 10), FAV), (S.PROGRESS_REPORTED, date(2026, 2, 2))]
    found = due("CAG-ANNUAL", CAG, *steps)
    assert [(one.on, one.done_on) for one in found] == [
        (date(2026, 2, 10), date(2026, 2, 2)),
        (date(2027, 2, 10), None),
    ]


def test_the_usual_time_of_a_panel_is_theirs_not_ours():
    (found,) = due("PANEL-USUAL", PANEL, (S.SENT, date(2026, 5, 1)))
    assert found.on == date(2026, 5, 31)
    assert not found.ours


def test_a_corrected_day_of_the_application_counts_once():
    found = due("NHS-FIX", NHS, (S.SENT, date(2026, 6, 2)), (S.SENT, date(2026, 6, 1)))
    assert [one.on for one in found] == [date(2026, 6, 8)]


@pytest.mark.parametrize(
    ("value", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 15), 2, date(2027, 1, 15)),
    ],
)
def test_months_end_on_a_day_that_exists(value, months, later):
    assert add_months(value, months) == later


def test_once_the_project_has_ended_its_declaration_and_report_are_due_in_earnest():
    steps = [(S.DECIDED, date(2025, 5, 4), FAV), (S.TOOK_EFFECT, date(2025, 5, 4))]
    study = Study(planned_end_on=date(2027, 10, 31), ended_on=date(2026, 3, 1))
    for rule, on in (("NHS-END", date(2026, 5, 30)), ("NHS-REPORT", date(2027, 3, 1))):
        (found,) = due(rule, NHS, *steps, study=study)
        assert not found.forecast
        assert found.on == on
    assert due("NHS-END", NHS, *steps, study=study)[0].late(TODAY)


def test_a_proportionate_review_has_none_of_the_clocks_of_a_full_one():
    steps = [(S.SENT, date(2026, 5, 1)), (S.FOUND_VALID, date(2026, 5, 4))]
    assert due("NHS-DECISION", NHS, *steps)
    assert due("NHS-DECISION", NHS, *steps, study=Study(full_review=False)) == []


@pytest.mark.parametrize(
    ("later", "on"),
    [
        ([], date(2026, 4, 2)),
        ([(S.INFORMATION_ASKED, date(2026, 2, 11))], None),
        (
            [(S.INFORMATION_ASKED, date(2026, 2, 11)), (S.INFORMATION_SENT, date(2026, 3, 3))],
            date(2026, 4, 22),
        ),
    ],
)
def test_the_old_clock_stood_still_while_a_request_waited_for_its_answer(later, on):
    found = due("NHS-DECISION-60", NHS, (S.FOUND_VALID, date(2026, 2, 1)), *later)
    assert [one.on for one in found] == ([on] if on else [])
    assert all("stood still for 20 days" in one.why for one in found) is (len(later) == 2 or not found)


def test_a_serious_adverse_event_has_a_day_where_a_page_names_one_and_a_breach_has_none():
    history = [
        Happening(S.DECIDED, date(2026, 1, 5), FAV),
        Happening(S.BREACH, date(2026, 5, 20)),
        Happening(S.ADVERSE_EVENT, date(2026, 6, 1)),
    ]
    found = [one for one in dues(NHS, history, UNKNOWN, TODAY) if one.since and one.since > date(2026, 5, 1)]
    assert [(one.key.split("/")[0], one.on, one.done_on) for one in found] == [
        ("NHS-ADVERSE", date(2026, 6, 16), None)
    ]
    assert "15 days from serious adverse event, 1 June 2026" in found[0].why
    again = [*history, Happening(S.ADVERSE_EVENT, date(2026, 6, 3))]
    told = [Happening(S.INCIDENT_TOLD, date(2026, 6, day)) for day in (4, 5)]
    for sent, done in ((told[:1], [None, None]), (told, [date(2026, 6, 5), None])):
        found = [
            one for one in dues(NHS, [*again, *sent], UNKNOWN, TODAY) if one.key.startswith("NHS-ADVERSE/")
        ]
        assert [one.on for one in found] == [date(2026, 6, 16), date(2026, 6, 18)]
        assert [one.done_on for one in found] == done, "the breach was told of first"


def test_an_urgent_measure_is_told_within_three_days():
    history = [Happening(S.MODIFICATION_SENT, date(2026, 6, 8), urgent_since=date(2026, 6, 1))]
    (found,) = [one for one in dues(NHS, history, UNKNOWN, TODAY) if one.key.startswith("NHS-URGENT/")]
    assert (found.on, found.done_on) == (date(2026, 6, 4), date(2026, 6, 8))


def test_a_trial_is_registered_before_it_starts_or_in_ninety_days():
    steps = [(S.DECIDED, date(2026, 5, 4), FAV)]
    trial = Study(clinical_trial=True)
    assert [one.on for one in due("NHS-TRIAL", NHS, *steps, study=trial)] == [date(2026, 8, 2)]
    begun = Study(date(2026, 6, 1), clinical_trial=True)
    assert [one.on for one in due("NHS-TRIAL", NHS, *steps, study=begun)] == [date(2026, 6, 1)]
    assert due("NHS-TRIAL", NHS, *steps) == []


def test_what_held_in_one_part_of_the_country_alone_is_told_and_never_late():
    study = Study(planned_end_on=date(2028, 1, 1))
    (found,) = due("NHS-PROGRESS-SNI", NHS, (S.DECIDED, date(2022, 7, 1), FAV), study=study)
    assert found.only_in == "Scotland and Northern Ireland"
    assert not found.late(TODAY)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Use the guide.", "Use the guide"),
        ("Use it. ", "Use it"),
        ("Which one?", "Which one?"),
        ("a.b", "a.b"),
    ],
)
def test_typed_words_lose_their_full_stop_where_a_sentence_goes_on(typed, printed):
    assert going_on(typed) == printed
