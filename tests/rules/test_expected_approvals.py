"""Which answers make which approval needed, row by row of the table; and what different answers change."""

import pytest

from compliance import frameworks
from compliance.rules.expected_approvals import ALWAYS, AT_THE_END, RULES, change, expected
from compliance.terms import Involvement

I = Involvement  # noqa: E741
PANEL = "force-ethics-panel"
BIOMETRIC = {"dpia", "algo-care", "ai-covenant", "atrs", "legal-advice", "bfeg-advisory-group"}


@pytest.mark.parametrize(
    ("answers", "bodies"),
    [
        ((), set()),
        ((I.PEOPLE,), set()),
        ((I.NHS,), {"nhs-rec", "hra-approval"}),
        ((I.NHS_STAFF,), {"hra-approval"}),
        ((I.NHS, I.NHS_STAFF), {"nhs-rec", "hra-approval"}),
        ((I.CONFIDENTIAL_PATIENT_INFORMATION,), {"cag"}),
        ((I.PRISON_OR_PROBATION,), {"hmpps-nrc"}),
        ((I.DEFENCE,), {"modrec"}),
        ((I.UNIVERSITY,), {"university-rec"}),
        ((I.SOCIAL_RESEARCH,), {"gsr"}),
        ((I.LINKED_OR_ADMIN_DATA,), {"uksa", "data-sharing-agreement"}),
        ((I.PERSONAL_DATA,), {"dpia"}),
        ((I.SPECIAL_CATEGORY_DATA,), {"dpia"}),
        ((I.DATA_LEAVES_CONTROLLER,), {"data-sharing-agreement"}),
        ((I.ALGORITHM_OR_AI,), {"algo-care", "ai-covenant", "atrs"}),
        ((I.BIOMETRIC,), BIOMETRIC),
        ((I.NON_POLICE_ACCESS,), {"vetting"}),
        ((I.OVERSEAS_OR_DUAL_USE,), {"trusted-research"}),
        ((I.PROTECTED_CHARACTERISTICS,), {"eqia"}),
        ((I.VULNERABLE_GROUPS,), {"safeguarding-note"}),
        ((I.ANIMALS,), {"aspa-licence"}),
        ((I.HUMAN_TISSUE,), {"human-tissue"}),
        ((I.POLICE_RESOURCES,), {"force-request"}),
        (
            (I.PERSONAL_DATA, I.BIOMETRIC, I.UNIVERSITY),
            BIOMETRIC | {"university-rec"},
        ),
    ],
)
def test_answers_make_approvals_needed(answers, bodies):
    assert {row.body_key for row in expected(answers)} == bodies | {PANEL}


def test_every_intake_question_is_in_the_table():
    assert {one for rule in RULES for one in rule.involvement} == set(I)


def test_each_rule_has_its_own_number_and_each_expectation_says_why():
    assert len({rule.id for rule in RULES} | {ALWAYS.rule, AT_THE_END.rule}) == len(RULES) + 2
    for row in expected(I):
        assert row.reason
        assert frameworks.body(row.body_key)
        assert row.answers


def test_a_body_is_expected_once_with_every_reason_and_the_answers_that_asked_for_it():
    found = {
        row.body_key: row for row in expected({I.BIOMETRIC, I.ALGORITHM_OR_AI, I.PERSONAL_DATA, I.PEOPLE})
    }
    assert found["dpia"].answers == (I.PERSONAL_DATA, I.BIOMETRIC)
    assert found["algo-care"].rule == "E11, E20"
    assert found["algo-care"].reason == "an algorithm, AI or analytics on people is used; biometrics are used"
    assert found[PANEL].rule == "E00, E28, E29"
    assert found[PANEL].answers == (I.PEOPLE, I.ALGORITHM_OR_AI)
    (always,) = expected(())
    assert (always.rule, always.answers) == ("E00", ())


def test_different_answers_say_what_follows_besides_and_what_no_longer_does():
    moved = change(expected({I.NHS}), expected({I.UNIVERSITY}))
    assert {row.body_key for row in moved.added} == {"university-rec"}
    assert {row.body_key for row in moved.dropped} == {"nhs-rec", "hra-approval"}
    assert change(expected({I.NHS}), expected({I.NHS})).added == ()


def test_what_follows_as_before_for_other_reasons_is_told_apart():
    moved = change(expected({I.NHS_STAFF}), expected({I.NHS, I.NHS_STAFF}))
    assert {row.body_key for row in moved.added} == {"nhs-rec"}
    assert [(row.body_key, row.rule) for row in moved.otherwise] == [("hra-approval", "E02, E25")]
    assert change(expected({I.NHS}), expected({I.NHS})).otherwise == ()


def test_the_end_of_the_research_asks_for_the_check_before_publication():
    assert AT_THE_END not in expected({I.PEOPLE})
    assert AT_THE_END in expected({I.PEOPLE}, ended=True)
    assert frameworks.body(AT_THE_END.body_key).name == "Check before external publication"
