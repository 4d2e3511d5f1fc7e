"""Which answers make which approval needed, row by row of the table; and what different answers change."""

import pytest

from compliance import frameworks
from compliance.rules.expected_approvals import ALWAYS, RULES, change, expected
from compliance.terms import Involvement

I = Involvement  # noqa: E741
PANEL = "force-ethics-panel"


@pytest.mark.parametrize(
    ("answers", "bodies"),
    [
        ((), set()),
        ((I.PEOPLE,), set()),
        ((I.NHS,), {"nhs-rec", "hra-approval"}),
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
        ((I.BIOMETRIC,), {"dpia", "algo-care", "legal-advice", "bfeg-advisory-group"}),
        ((I.NON_POLICE_ACCESS,), {"vetting"}),
        ((I.OVERSEAS_OR_DUAL_USE,), {"trusted-research"}),
        ((I.PROTECTED_CHARACTERISTICS,), {"eqia"}),
        ((I.VULNERABLE_GROUPS,), {"safeguarding-note"}),
        ((I.ANIMALS,), {"aspa-licence"}),
        ((I.HUMAN_TISSUE,), {"human-tissue"}),
        ((I.POLICE_RESOURCES,), {"force-request"}),
        (
            (I.PERSONAL_DATA, I.BIOMETRIC, I.UNIVERSITY),
            {"dpia", "algo-care", "legal-advice", "bfeg-advisory-group", "university-rec"},
        ),
    ],
)
def test_answers_make_approvals_needed(answers, bodies):
    assert {row.body_key for row in expected(answers)} == bodies | {PANEL}


def test_every_intake_question_is_in_the_table():
    asked = {one for rule in RULES for one in rule.involvement}
    # People taking part are what every project's ethics screening is about.
    assert set(I) - asked == {I.PEOPLE}


def test_each_rule_has_its_own_number_and_each_expectation_says_why():
    assert len({rule.id for rule in RULES} | {ALWAYS.rule}) == len(RULES) + 1
    for row in expected(I):
        assert row.reason
        assert frameworks.body(row.body_key)
        assert row.answers or row.rule == ALWAYS.rule


def test_a_body_is_expected_once_with_the_answers_that_fired_its_first_rule():
    (dpia,) = [row for row in expected({I.BIOMETRIC, I.PERSONAL_DATA}) if row.body_key == "dpia"]
    assert dpia.answers == (I.PERSONAL_DATA, I.BIOMETRIC)


def test_different_answers_say_what_follows_besides_and_what_no_longer_does():
    moved = change(expected({I.NHS}), expected({I.UNIVERSITY}))
    assert {row.body_key for row in moved.added} == {"university-rec"}
    assert {row.body_key for row in moved.dropped} == {"nhs-rec", "hra-approval"}
    assert change(expected({I.NHS}), expected({I.NHS})).added == ()
