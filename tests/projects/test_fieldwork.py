"""A start is refused wherever it cannot be: on the page, and in the action that a page calls."""

from datetime import date

import pytest

from compliance.approvals.actions import declare_not_required, replace
from compliance.approvals.conditions import meet_condition
from compliance.approvals.steps import decide_modification, send_modification
from compliance.conflict import Conflict
from compliance.projects import fieldwork
from compliance.rules.broken import RuleBroken
from compliance.rules.conditions import NewCondition
from compliance.rules.modifications import NewModification, NewModificationDecision
from compliance.rules.projects import check_end, check_may_start
from compliance.terms import (
    ApprovalStep,
    ModificationKind,
    Outcome,
    ProjectState,
    Role,
    ScopeDecision,
    ScopeReason,
)
from tests.factories import changed
from tests.kept import kept
from tests.pages import parse, text_of

JUNE = date(2026, 6, 1)


@kept
def place(make):
    force = make.organisation("northmoor")
    return force, make.user(Role.RESEARCH_LEAD, force)


def out_of_scope(make, force, lead):
    decided = {"scope_decision": ScopeDecision.OUT_OF_SCOPE, "scope_reason": next(iter(ScopeReason))}
    return changed(make.project(force, lead), **decided)


def begun(make, force, lead):
    return changed(make.project(force, lead), started_on=JUNE, start_exception="Told on the day")


def draft(make, force, lead):
    return make.draft(force, lead)


def listed(make, force, lead):
    return changed(make.project(force, lead), source_note="Public facts only")


CANNOT = [
    (listed, "Only public facts"),
    (draft, "Register the project first"),
    (out_of_scope, "out of scope"),
    (begun, "recorded already"),
]


@pytest.mark.parametrize(("made", "why"), CANNOT)
def test_the_actions_refuse_a_start_that_cannot_be(make, place, made, why):
    project, lead = made(make, *place), place[1]
    before = project.started_on, project.start_exception
    with pytest.raises(RuleBroken, match=why):
        fieldwork.plan_start(project, date(2026, 7, 1), seen=project.version, by=lead)
    with pytest.raises(RuleBroken, match=why):
        fieldwork.record_start(project, date(2026, 5, 1), None, seen=project.version, by=lead)
    assert (project.planned_start_on, project.started_on, project.start_exception) == (None, *before)


@pytest.mark.parametrize(("made", "why"), CANNOT)
@pytest.mark.parametrize("page", ["plan-start", "record-start"])
def test_the_pages_refuse_it_with_the_reason(client, make, place, made, why, page):
    project = made(make, *place)
    client.sign_in(place[1])
    answer = client.get(f"/projects/{project.reference}/{page}")
    root, _ = parse(answer.text)
    assert answer.status_code == 409
    assert why in text_of(root)


def test_a_project_with_every_decision_may_start_once_and_end_once(make, place):
    force, lead = place
    project = make.project(force, lead)
    with pytest.raises(RuleBroken, match="no favourable decision"):
        fieldwork.plan_start(project, date(2026, 7, 1), seen=project.version, by=lead)
    with pytest.raises(RuleBroken, match="Say why"):
        fieldwork.record_start(project, JUNE, None, seen=project.version, by=lead)
    for row in [row for row in project.approvals if row.binding]:
        make.decision(row, make.user(Role.ETHICS_OFFICER, force), Outcome.FAVOURABLE, on=date(2026, 5, 1))
    fieldwork.plan_start(project, date(2026, 7, 1), seen=project.version, by=lead)
    fieldwork.record_start(project, JUNE, None, seen=project.version, by=lead)
    fieldwork.record_end(project, JUNE, seen=project.version, by=lead)
    with pytest.raises(RuleBroken, match="recorded already"):
        fieldwork.record_end(project, JUNE, seen=project.version, by=lead)
    assert (project.started_on, project.ended_on, project.start_exception) == (JUNE, JUNE, None)


def test_who_saw_an_older_version_changes_nothing(make, place):
    force, lead = place
    project = make.project(force, lead)
    old = project.version
    changed(project, title="Another title")
    for act in (
        lambda: fieldwork.plan_start(project, date(2026, 7, 1), seen=old, by=lead),
        lambda: fieldwork.record_start(project, JUNE, "Told", seen=old, by=lead),
        lambda: fieldwork.record_end(project, JUNE, seen=old, by=lead),
    ):
        with pytest.raises(Conflict):
            act()


def test_the_rules_let_what_can_be_pass():
    check_may_start(ProjectState.PLANNED)
    check_end(JUNE, JUNE, None, JUNE)
    with pytest.raises(RuleBroken, match="before the start"):
        check_end(date(2026, 5, 31), JUNE, None, JUNE)


def test_what_is_missing_is_told_for_the_day_that_was_entered(client, make, place):
    force, lead = place
    project = make.project(force, lead)
    for row in [row for row in project.approvals if row.binding]:
        make.decision(row, make.user(Role.ETHICS_OFFICER, force), Outcome.FAVOURABLE, on=date(2026, 6, 5))
    client.sign_in(lead)
    address = f"/projects/{project.reference}/record-start"
    assert "decided only after this start" not in client.get(address).text
    page = client.fill(address, {"start_on": ["1", "6", "2026"]})
    assert page.status_code == 400
    assert "decided only after this start" in page.text


def test_the_exception_leads_to_where_its_decision_is_recorded(client, make, place):
    force, lead = place
    project = begun(make, force, lead)
    approval = next(row for row in project.approvals if row.binding)
    way = f'href="/approvals/{approval.reference}/decision"'
    client.sign_in(lead)
    assert way in client.get(f"/projects/{project.reference}").text
    client.sign_in(make.user(Role.BOARD_MEMBER, force))
    page = client.get(f"/projects/{project.reference}").text
    assert "Fieldwork is running without a binding decision" in page
    assert way not in page


@pytest.mark.parametrize("after", ["condition", "not_required", "renewed", "extended", "ended"])
def test_a_start_in_the_past_is_judged_by_what_was_known_and_met_on_that_day(make, place, after):
    """What came later excuses nothing, and what stood then is not forgotten."""
    force, lead = place
    project, officer = make.project(force, lead), make.user(Role.ETHICS_OFFICER, force)
    approval = make.approval(project)
    excused = PAST[after](make, approval, officer)
    start = {"seen": project.version, "by": lead}
    if not excused:
        with pytest.raises(RuleBroken, match="Say why"):
            fieldwork.record_start(project, date(2026, 5, 10), None, **start)
    fieldwork.record_start(project, date(2026, 5, 10), "It could not wait", **start)
    assert project.start_exception == (None if excused else "It could not wait")


def condition(make, approval, officer):
    """A condition before the start was met a day after it."""
    first = NewCondition("Name the helpline", before_start=True, due_on=None)
    make.decision(
        approval, officer, Outcome.FAVOURABLE_WITH_CONDITIONS, on=date(2026, 5, 1), conditions=(first,)
    )
    meet_condition(approval.decisions[0].conditions[0], "Named", on=date(2026, 5, 11), by=officer)


def not_required(make, approval, officer):
    """Somebody found a day after the start that it is not required."""
    found = {"seen": approval.version, "by": officer, "on": date(2026, 5, 11)}
    declare_not_required(approval, "Seen elsewhere", **found)


def renewed(make, approval, officer):
    """The approval stood on that day, and was replaced by one decided later."""
    make.decision(approval, officer, on=date(2026, 5, 1))
    make.decision(replace(approval, "Again", seen=approval.version, by=officer), officer, on=date(2026, 6, 1))
    return True


def extended(make, approval, officer):
    """It stood on that day, and a modification moved its end later."""
    make.decision(approval, officer, on=date(2026, 5, 1), expires_on=date(2026, 6, 30))
    change = NewModification(ModificationKind.SUBSTANTIAL, "Longer", "Few", False, date(2026, 5, 20))
    send_modification(approval, change, seen=approval.version, by=officer)
    longer = NewModificationDecision(Outcome.FAVOURABLE, None, date(2026, 6, 1), date(2026, 9, 30))
    decide_modification(approval, longer, seen=approval.version, by=officer)
    return True


def ended(make, approval, officer):
    """It stood on that day, and the study was halted since."""
    make.decision(approval, officer, on=date(2026, 5, 1))
    make.step(approval, officer, ApprovalStep.HALTED, on=date(2026, 6, 1))
    return True


PAST = {row.__name__: row for row in (condition, not_required, renewed, extended, ended)}
