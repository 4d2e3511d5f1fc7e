"""What projects owe to bodies, on My work and in the register: with its day, its rule and its status."""

from datetime import date

import pytest

from compliance.approvals import steps
from compliance.approvals.actions import apply, save_details
from compliance.rules.approvals import NewApplication
from compliance.rules.modifications import NewModification
from compliance.terms import ApprovalStep, Involvement, ModificationKind, Role
from tests.conftest import at_most
from tests.kept import kept

NBSP = "\u00a0"
S = ApprovalStep


@kept
def place(make):
    tree = make.tree()
    return tree["northmoor"], make.user(Role.ETHICS_OFFICER, tree["northmoor"])


@pytest.fixture
def in_force(make, place):
    """Puts the approval of a body in force on a day."""

    def made(body, *involves, on=date(2026, 5, 4)):
        project = make.project(place[0], place[1], involves=involves, title="Street triage")
        return make.decision(make.approval(project, body), place[1], on=on)

    return made


@pytest.fixture
def my_work(client, place):
    return lambda: client.sign_in(place[1]).get("/my-work").text.replace(NBSP, " ")


def test_a_halt_is_to_be_told_with_its_rule(client, make, place, in_force, my_work):
    row = in_force("nhs-rec", Involvement.NHS)
    assert "notice of the halt" not in my_work()
    make.step(row, place[1], S.HALTED, on=date(2026, 5, 20))
    page = my_work()
    for shown in (
        "NHS Research Ethics Committee: notice of the halt due",
        "5 days late",
        "15 days from halt",
        "HRA",
    ):
        assert shown in page
    listed = client.get("/approvals?show=owed").text
    assert row.reference in listed
    make.step(row, place[1], S.TOLD, on=date(2026, 6, 8))
    assert "notice of the halt" not in my_work()
    assert row.reference not in client.get("/approvals?show=owed").text


def test_an_answer_about_a_modification_is_owed(make, place, in_force, my_work):
    row, officer = in_force("nhs-rec", Involvement.NHS), place[1]
    new = NewModification(ModificationKind.SUBSTANTIAL, "A second site", "Too few", False, date(2026, 5, 5))
    steps.send_modification(row, new, seen=row.version, by=officer)
    make.step(row, officer, S.MODIFICATION_ASKED, on=date(2026, 5, 6))
    page = my_work()
    assert "answer about the modification due" in page
    assert "60 days from request about the modification, 6 May 2026" in page


def test_what_a_body_asked_for_has_its_day(make, place, my_work):
    project = make.project(place[0], place[1], involves=(Involvement.NHS,))
    row = make.approval(project, "nhs-rec")
    apply(row, NewApplication(date(2026, 5, 4), None), seen=row.version, by=place[1])
    make.step(row, place[1], S.INFORMATION_ASKED, on=date(2026, 5, 6))
    page = my_work()
    assert "Send NHS Research Ethics Committee what it asked for" in page
    assert "60 days from request for further information, 6 May 2026; HRA" in page
    assert "5 July 2026" in page


def test_a_yearly_review_and_one_that_was_agreed_are_owed(in_force, place, my_work):
    in_force("cag", Involvement.CONFIDENTIAL_PATIENT_INFORMATION, on=date(2025, 7, 20))
    dpia = in_force("dpia", Involvement.PERSONAL_DATA)
    assert "yearly review due" in my_work()
    assert "11 months from approval, 20 July 2025" in my_work()
    save_details(dpia, {"review_due_on": "2026-07-10"}, seen=dpia.version, by=place[1])
    assert "Data protection impact assessment: review due" not in my_work()
    save_details(dpia, {"review_due_on": "2026-07-09"}, seen=dpia.version, by=place[1])
    assert "Data protection impact assessment: review due" in my_work()


def test_what_no_rule_gives_a_day_is_owed_until_it_is_closed(make, place, in_force, my_work):
    row, officer = in_force("hmpps-nrc", Involvement.PRISON_OR_PROBATION), place[1]
    make.step(row, officer, S.ENDED)
    assert "what follows the end is still to be recorded" in my_work()
    make.step(row, officer, S.TOLD)
    make.step(row, officer, S.REPORTED)
    assert "what follows the end" not in my_work()


def test_it_asks_as_often_for_many_as_for_one_and_only_of_what_is_mine(
    client, make, place, in_force, my_work
):
    def halted():
        make.step(in_force("nhs-rec", Involvement.NHS), place[1], S.HALTED, on=date(2026, 5, 20))

    halted()
    my_work()
    halted()
    with at_most(60) as few:
        client.get("/my-work")
    for _ in range(5):
        halted()
    with at_most(len(few)):
        page = client.get("/my-work").text
    assert "2 more: reports, notices and reviews" in page
    stranger = make.user(Role.ETHICS_OFFICER, make.organisation("farfield"))
    assert "notice of the halt" not in client.sign_in(stranger).get("/my-work").text
