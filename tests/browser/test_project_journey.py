"""A project from its first words to running fieldwork, with and without JavaScript."""

from datetime import date

import pytest

from compliance.terms import Role
from tests.browser.steps import TITLE, begin_registration, finish_registration, record_a_decision
from tests.factories import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture
def force(make):
    return make.organisation("northmoor", name="Northmoor Constabulary", under=make.organisation("npcc"))


@pytest.fixture
def lead(make, force):
    return make.user(Role.RESEARCH_LEAD, force, name="Priya Raghunathan", email="priya@northmoor.example")


def test_a_registration_is_left_found_again_and_completed(visitor, opens, lead):
    visitor.sign_in(lead.email, PASSWORD)
    place = begin_registration(visitor, "Northmoor Constabulary")
    visitor.press("Sign out")
    later = opens(scripted=visitor.scripted).sign_in(lead.email, PASSWORD)
    later.go("/projects").follow(TITLE).follow("Go on with the registration")
    assert later.path() == place
    later.sees("2 of 11 tasks completed").follow("See what follows").sees("9 tasks to complete first")
    later.follow("Back")
    reference = finish_registration(later, lead.name)
    later.sees("Approvals needed", "0 of 1 in hand", "0 of 13 answered")
    later.go(f"/projects?q={reference}").sees(TITLE)


def test_checks_are_answered_one_after_the_other_with_evidence(visitor, make, force, lead):
    project = make.project(force, lead, title=TITLE)
    visitor.sign_in(lead.email, PASSWORD)
    first = project.checks[0].requirement_code
    visitor.go(f"/projects/{project.reference}/checks/{first}").choose(
        "How does the project stand?", "Not applicable"
    )
    visitor.press("Save the answer", 400).sees("There is a problem")
    visitor.fill("Reason or note", "Nobody outside the force works on it.")
    visitor.press("Save the answer").sees("Answer saved")
    assert visitor.path() != f"/projects/{project.reference}/checks/{first}"
    visitor.choose("How does the project stand?", "Met").unfold("Add evidence")
    visitor.fill("Title of the evidence", "Protocol")
    visitor.fill("Address", "https://force.example/protocol")
    visitor.press("Save the answer").sees("Answer saved")
    visitor.choose("How does the project stand?", "Partly met").unfold("Add evidence")
    visitor.fill("Title of the evidence", "Notes of the panel").attach("Or a file", "notes.txt", b"Agreed.")
    visitor.press("Save the answer").go(f"/projects/{project.reference}")
    visitor.sees("3 of 13 answered", "1\u00a0item")


def test_a_project_answers_under_another_framework_and_that_answer_stands(visitor, make, force, lead):
    project = make.project(force, lead, title=TITLE)
    record = f"/projects/{project.reference}"
    visitor.sign_in(lead.email, PASSWORD).go(f"{record}/checks/25-C12-R2")
    visitor.choose("How does the project stand?", "Met").press("Save the answer")
    visitor.go(record).follow("Standing under each framework").follow("Null and negative results")
    visitor.sees("Derived:", "25-C12-R2 is met and overlaps", "An answer here stands instead")
    visitor.choose("How does the project stand?", "Not met").press("Save the answer", 400)
    visitor.fill("Reason or note", "Nothing was published.").press("Save the answer")
    visitor.sees("Standing under each framework", "These answers contradict each other")
    visitor.go(record).sees("1 of 13 answered, and 1 under another framework")


def test_an_approval_with_a_condition_lets_fieldwork_begin_only_once_it_is_met(visitor, make, force, lead):
    project = make.project(force, lead, title=TITLE)
    officer = make.user(Role.ETHICS_OFFICER, force, email="daniel@northmoor.example")
    page = f"/projects/{project.reference}"
    visitor.sign_in(lead.email, PASSWORD).go(page).follow("Plan the start")
    visitor.enter_date("When will fieldwork begin?", date(2026, 7, 1))
    visitor.press("Save", 400).sees("There is a problem", "no favourable decision yet")
    visitor.press("Sign out").sign_in(officer.email, PASSWORD)
    visitor.go(f"/approvals/{make.approval(project).reference}")
    record_a_decision(visitor, before_start=True)
    visitor.press("Sign out").sign_in(lead.email, PASSWORD).go(page).follow("Plan the start")
    visitor.enter_date("When will fieldwork begin?", date(2026, 7, 1)).press("Save", 400)
    approval = f"/approvals/{make.approval(project).reference}"
    visitor.sees("There is a problem").go(approval)
    visitor.follow("Show that it is met").fill("How was it met?", "The guide was renamed on 9 June.")
    visitor.enter_date("When was it met?", date(2026, 6, 9)).press("Save", 400)
    visitor.sees("someone else must confirm that it is met")
    visitor.press("Sign out").sign_in(officer.email, PASSWORD).confirm().go(approval)
    visitor.follow("Show that it is met").fill("How was it met?", "The guide was renamed on 9 June.")
    visitor.enter_date("When was it met?", date(2026, 6, 9)).press("Save").sees("Condition met")
    visitor.press("Sign out").sign_in(lead.email, PASSWORD).go(page).follow("Plan the start").enter_date(
        "When will fieldwork begin?", date(2026, 7, 1)
    )
    visitor.press("Save").sees("1\u00a0July\u00a02026")


def test_a_start_that_has_happened_is_an_exception_in_plain_sight(visitor, make, force, lead):
    project = make.project(force, lead, title=TITLE)
    visitor.sign_in(lead.email, PASSWORD).go(f"/projects/{project.reference}").follow(
        "Record that fieldwork has begun"
    )
    visitor.enter_date("When did fieldwork begin?", date(2026, 6, 1))
    visitor.press("Save", 400).sees("There is a problem")
    visitor.fill("If something binding was missing: why did it begin?", "The panel met a month late.")
    visitor.press("Save").sees(
        "Fieldwork is running without a binding decision", "The panel met a month late."
    )
    visitor.go("/projects").sees("Start not allowed")
    visitor.go("/my-work").sees("Start not allowed", TITLE)
    member = make.user(Role.BOARD_MEMBER, force, email="helen@northmoor.example")
    make.period(2026)
    visitor.press("Sign out").sign_in(member.email, PASSWORD).go("/board")
    visitor.sees("Start not allowed", "The panel met a month late.").follow(TITLE)


def test_two_people_who_answer_the_same_check_see_both_and_one_saves_knowingly(
    visitor, opens, make, force, lead
):
    project = make.project(force, lead, title=TITLE)
    other = make.user(Role.RESEARCH_LEAD, force, email="ana@northmoor.example", name="Ana Reyes")
    address = f"/projects/{project.reference}/checks/25-C12-R1"
    visitor.sign_in(lead.email, PASSWORD).go(address)
    rival = opens(scripted=visitor.scripted).sign_in(other.email, PASSWORD).go(address)
    rival.choose("How does the project stand?", "Met").fill("Reason or note", "Theirs.")
    rival.press("Save the answer")
    visitor.choose("How does the project stand?", "Partly met").fill("Reason or note", "Mine.")
    visitor.press("Save the answer", 409).sees("Someone else answered this", "Ana Reyes", "Theirs.")
    visitor.press("Save mine").go(address).sees("Partly met", "Mine.", "Theirs.")


def test_two_people_who_change_the_same_part_both_keep_their_words(visitor, opens, make, force, lead):
    project = make.project(force, lead, title=TITLE)
    other = make.user(Role.RESEARCH_LEAD, force, email="ana@northmoor.example")
    address = f"/projects/{project.reference}/register/about"
    visitor.sign_in(lead.email, PASSWORD).go(address)
    rival = opens(scripted=visitor.scripted).sign_in(other.email, PASSWORD).go(address)
    rival.fill("Plain summary", "Their words came first.").press("Save and continue")
    visitor.fill("Plain summary", "My words came second.").press("Save and continue", 409)
    visitor.sees(
        "Someone changed this while you were editing", "Their words came first.", "My words came second."
    )
    visitor.press("Save mine").go(address)
    assert visitor.page.get_by_label("Plain summary").input_value() == "My words came second."
