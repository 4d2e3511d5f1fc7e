"""What closed cases taught is offered to the statement by a person, in words that name no case."""

from datetime import date

import pytest

from compliance.misconduct import actions, queries
from compliance.rules.broken import RuleBroken
from compliance.rules.misconduct import tabulate
from compliance.rules.periods import Period
from compliance.terms import CaseStep, Role
from tests.kept import kept

CLOSED = ((CaseStep.SCREENED_OUT, date(2025, 10, 1)),)


@kept
def force(make):
    return make.organisation("northmoor")


@kept
def officer(make, force):
    return make.user(Role.MISCONDUCT_OFFICER, force)


def test_only_a_closed_case_offers_its_lesson_and_the_last_words_count(make, force, officer):
    period = make.period()
    ongoing = make.case(force, officer, received_on=date(2025, 9, 1))
    with pytest.raises(RuleBroken, match="once the case is closed"):
        actions.offer_lesson(ongoing, "Too early.", by=officer)
    case = make.case(force, officer, received_on=date(2025, 9, 1), stages=CLOSED)
    for words in ("Cite reports.", "Cite the reports of the own force."):
        actions.offer_lesson(case, words, by=officer)
    assert queries.lessons_offered(force.id, period) == ["Cite the reports of the own force."]
    assert queries.lessons_offered(force.id, make.period(2024)) == []


def test_what_was_closed_at_screening_is_counted(make, force, officer):
    make.case(force, officer, received_on=date(2025, 9, 1), stages=CLOSED)
    make.case(force, officer, received_on=date(2025, 9, 1))
    period = Period("2025-26", date(2025, 4, 1), date(2026, 3, 31))
    table = tabulate(queries.cases_below(force.id, date(2026, 3, 31)), period)
    assert (table.screened_out, table.total.reported) == (1, 2)


def test_whoever_drafts_sees_the_words_and_no_case(client, make, force, officer):
    case = make.case(force, officer, received_on=date(2025, 9, 1), stages=CLOSED)
    client.sign_in(officer)
    client.fill(f"/misconduct/{case.reference}/lesson", {"text": "Cite the reports of others."})
    lead = make.user(Role.INTEGRITY_LEAD, force)
    statement = make.statement(force, make.period(), lead, "rics")
    client.sign_in(lead)
    page = client.get(f"/statements/{statement.reference}/sections/misconduct_processes").text
    assert "Cite the reports of others." in page
    assert case.reference not in page
    assert "Cite the reports" not in client.get(f"/statements/{statement.reference}/sections/policies").text
