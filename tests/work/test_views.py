"""My work: what waits for whom, in which order, and what it costs to find out."""

from datetime import UTC, date, datetime

import pytest

from compliance.approvals import actions as approvals
from compliance.approvals.conditions import meet_condition
from compliance.assessments import queries as assessments
from compliance.projects import fieldwork
from compliance.rules.approvals import NewApplication
from compliance.rules.conditions import NewCondition
from compliance.terms import CaseStep, Involvement, Outcome, Role, Standing
from compliance.work.queries import KEPT
from tests.conftest import at_most, on_day
from tests.kept import kept

ALARM = "Fieldwork is running without a binding decision"
EMPTY = "Nothing needs you today"
NBSP = "\u00a0"


@kept
def tree(make):
    return make.tree()


@kept
def lead(make, tree):
    return make.user(Role.RESEARCH_LEAD, tree["northmoor"])


@pytest.fixture
def begin(make, tree, lead):
    """Begins fieldwork on 1 June with every binding approval in hand; the decisions are as asked for."""

    def begun(title="Street triage after dark", outcome=Outcome.FAVOURABLE, **decision):
        project = make.project(tree["northmoor"], lead, title=title)
        for row in [row for row in project.approvals if row.binding]:
            make.decision(row, lead, outcome, on=date(2026, 5, 20), **decision)
        fieldwork.record_start(project, date(2026, 6, 1), None, seen=project.version, by=lead)
        return project

    return begun


def page_of(client, person) -> str:
    return client.sign_in(person).get("/my-work").text.replace(NBSP, " ")


def test_nothing_waits(client, make, tree, begin, lead):
    begin()
    assert EMPTY in page_of(client, lead)
    assert EMPTY in page_of(client, make.user(Role.SIGNATORY, tree["npcc"]))


def test_fieldwork_without_a_decision_says_since_when_and_what_is_missing(client, make, tree, lead):
    project = make.project(tree["northmoor"], lead, title="Body-worn video")
    fieldwork.record_start(
        project, date(2026, 5, 25), "The panel was told on the day", seen=project.version, by=lead
    )
    page = page_of(client, lead)
    for shown in (
        ALARM,
        "15 days <span>since 25 May 2026",
        "Body-worn video",
        "no favourable decision yet",
    ):
        assert shown in page
    assert ALARM in page_of(client, make.user(Role.INTEGRITY_LEAD, tree["npcc"]))
    assert ALARM in page_of(client, make.user(Role.ETHICS_OFFICER, tree["northmoor"]))
    for role, place in (
        (Role.RESEARCH_LEAD, "westmarch"),
        (Role.RESEARCH_LEAD, "forensic"),
        (Role.SIGNATORY, "npcc"),
    ):
        assert ALARM not in page_of(client, make.user(role, tree[place]))
    for row in [row for row in project.approvals if row.binding]:
        make.decision(row, lead, on=date(2026, 6, 8))
    assert ALARM not in page_of(client, lead)


def test_approvals_that_end_within_ninety_thirty_and_seven_days(client, begin, lead):
    begin("Much later", expires_on=date(2026, 9, 8))
    assert EMPTY in page_of(client, lead)
    begin("Later", expires_on=date(2026, 9, 7))
    assert "Ends within 90 days; entered with the decision of 20 May 2026" in page_of(client, lead)
    begin("Sooner", expires_on=date(2026, 7, 9))
    page = page_of(client, lead)
    for shown in (
        "the approval ends",
        "Thursday 9 July 2026",
        "in 30 days",
        "Ends within 30 days",
        "Ends soon",
    ):
        assert shown in page
    with on_day(datetime(2026, 7, 2, 9, tzinfo=UTC)):
        assert "Ends within 7 days" in page_of(client, lead)
    with on_day(datetime(2026, 7, 12, 9, tzinfo=UTC)):
        page = page_of(client, lead)
    assert "the approval has ended</strong>" not in page, "the alarm says it already"
    assert "2 days <span>since 10 July 2026" in page


def test_an_approval_that_ended_before_the_start(client, make, tree, lead):
    project = make.project(tree["northmoor"], lead)
    make.decision(make.approval(project), lead, on=date(2026, 5, 1), expires_on=date(2026, 6, 7))
    page = page_of(client, lead)
    assert "the approval has ended</strong>" in page
    assert "2 days ago <span>ended 7 June 2026" in page


def test_conditions_late_and_due(client, make, begin, lead):
    due = tuple(
        NewCondition(text, before_start=False, due_on=on)
        for text, on in (
            ("Send the sheet", date(2026, 6, 8)),
            ("Report to the panel", date(2026, 7, 9)),
            ("Report again", date(2026, 7, 10)),
            ("Without a date", None),
        )
    )
    row = make.approval(begin(outcome=Outcome.FAVOURABLE_WITH_CONDITIONS, conditions=due))
    page = page_of(client, lead)
    assert page.count("<strong>Show that a condition is met</strong>") == 2
    assert page.index("Send the sheet") < page.index("Report to the panel")
    for shown in ("1 day late", "due 8 June 2026", "in 30 days"):
        assert shown in page
    meet_condition(row.decisions[-1].conditions[0], "Sent", by=make.user())
    assert "Send the sheet" not in page_of(client, lead)


def test_advice_waits_for_an_answer(client, make, tree, lead):
    project = make.project(tree["northmoor"], lead, involves=(Involvement.BIOMETRIC,))
    row = make.approval(project, "bfeg-advisory-group")
    make.decision(row, lead, Outcome.ADVICE, on=date(2026, 6, 1), note="Think of drift")
    page = page_of(client, lead)
    assert "Answer the advice of BFEG Police Ethics Advisory Group" in page
    assert "Given 8 days ago" in page
    approvals.respond(row, "We shall measure drift", seen=row.version, by=lead)
    assert EMPTY in page_of(client, lead)


def test_a_body_that_asked_for_something_waits_for_us(client, make, tree, lead):
    project = make.project(tree["northmoor"], lead)
    make.decision(make.approval(project), lead, Outcome.PROVISIONAL, on=date(2026, 6, 1))
    page = page_of(client, lead)
    assert "what it asked for" in page
    assert "Provisional" in page
    assert "Waiting for others" not in page


def test_checks_overdue_stand_together_for_a_project(client, make, tree, begin, lead):
    project = begin()
    late = datetime(2026, 7, 8, 9, tzinfo=UTC)
    with on_day(late):
        page = page_of(client, lead)
        assert f"Answer {len(project.checks)} checks" in page
        assert "1 day late" in page
        assert "checks" not in page_of(client, make.user(Role.ETHICS_OFFICER, tree["northmoor"]))


def test_drafts_are_those_of_the_person(client, make, tree, lead):
    make.draft(tree["northmoor"], lead, title="My own beginning")
    other = make.user(Role.RESEARCH_LEAD, tree["northmoor"])
    assert "My own beginning" in page_of(client, lead)
    assert EMPTY in page_of(client, other)


def test_a_force_lead_judges_then_sends(client, make, tree):
    period = make.period(2025)
    lead = make.user(Role.INTEGRITY_LEAD, tree["forensic"])
    page = page_of(client, lead)
    for shown in ("Judge 19 requirements and send the return", "40 days late", "Missing", "2025 to 2026"):
        assert shown in page
    for row in assessments.judgements(tree["forensic"].id, period.id):
        make.judgement(tree["forensic"], period, lead, row.requirement.code)
    page = page_of(client, lead)
    assert "<strong>Send the return</strong>" in page
    assert 'href="/assessment/forensic/2025-26/return"' in page
    make.sent(tree["forensic"], period, lead)
    assert EMPTY in page_of(client, lead)


def test_a_return_that_is_not_late_is_only_due(client, make, tree):
    make.period(2025, returns_due_on=date(2026, 6, 12))
    page = page_of(client, make.user(Role.INTEGRITY_LEAD, tree["forensic"]))
    for shown in ("Friday 12 June 2026", "in 3 days", "Return due"):
        assert shown in page
    assert "Missing" not in page


def test_the_council_sees_missing_returns_and_its_own_judgements(client, make, tree):
    period = make.period(2025)
    national = make.user(Role.INTEGRITY_LEAD, tree["npcc"])
    make.sent(tree["westmarch"], period, national)
    make.organisation("asked-nothing", under=tree["npcc"], returns_from_on=None)
    make.judgement(tree["npcc"], period, national, "25-C12-E1", Standing.MET)
    page = page_of(client, national)
    assert "Joint Forensic Unit, 2025 to 2026" in page
    assert "Northmoor Constabulary, 2025 to 2026" in page
    assert "Judge 18 requirements</strong>" in page
    for absent in ("Westmarch Police", "Asked Nothing"):
        assert absent not in page


def test_cases_show_a_reference_and_a_clock_to_their_officers_alone(client, make, tree):
    officer = make.user(Role.MISCONDUCT_OFFICER, tree["npcc"])
    formal = make.case(
        tree["northmoor"],
        officer,
        received_on=date(2026, 2, 9),
        stages=((CaseStep.FORMAL_STARTED, date(2026, 3, 9)),),
    )
    fresh = make.case(tree["westmarch"], officer, received_on=date(2026, 6, 1))
    closed = make.case(
        tree["westmarch"],
        officer,
        received_on=date(2026, 5, 1),
        stages=((CaseStep.SCREENED_OUT, date(2026, 5, 20)),),
    )
    page = page_of(client, officer)
    for shown in (formal.reference, "Clock passed", "8 days late", fresh.reference, "Screen the case"):
        assert shown in page
    for absent in (closed.reference, "Plagiarism", "Northmoor", "Westmarch"):
        assert absent not in page
    for role in (Role.INTEGRITY_LEAD, Role.SIGNATORY, Role.RESEARCH_LEAD):
        assert "CASE-" not in page_of(client, make.user(role, tree["npcc"]))
    assert formal.reference not in page_of(client, make.user(Role.MISCONDUCT_OFFICER, tree["westmarch"]))


def test_what_others_have_stands_apart_with_its_days(client, make, tree, lead):
    project = make.project(tree["northmoor"], lead)
    row = make.approval(project)
    with on_day(datetime(2026, 5, 4, 9, tzinfo=UTC)):
        approvals.apply(row, NewApplication(date(2026, 5, 4), None), seen=row.version, by=lead)
    page = page_of(client, lead)
    assert EMPTY in page
    for shown in ("Waiting for others", "36 days", "sent 4 May 2026", "has the application"):
        assert shown in page


def test_the_page_asks_as_often_for_thirty_things_as_for_few_and_shows_the_most_urgent(client, make, tree):
    make.period(2025)
    national = make.user(Role.INTEGRITY_LEAD, tree["npcc"])

    def trouble(number: int) -> None:
        project = make.project(tree["northmoor"], national, title=f"Trouble {number}")
        fieldwork.record_start(
            project, date(2026, 6, 1), "Told on the day", seen=project.version, by=national
        )
        make.draft(tree["northmoor"], national, title=f"Draft {number}")

    for number in range(2):
        trouble(number)
    client.sign_in(national)
    KEPT.forget()
    with at_most(11) as few:
        client.get("/my-work")
    with at_most(2):
        client.get("/my-work")
    for number in range(2, 8):
        trouble(number)
        make.organisation(under=tree["npcc"])
    # And once more, what the trail tells since.
    with at_most(len(few) + 1):
        page = client.get("/my-work").text
    assert page.count(f"<strong>{ALARM}") == 5
    assert "3 more: fieldwork without a decision" in page
    assert "3 more: drafts" in page
    assert f"26{NBSP}things" in page
