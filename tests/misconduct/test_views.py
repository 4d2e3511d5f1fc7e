"""The register in the browser: opened, moved on, counted, and unseen by everybody else."""

from datetime import date

import pytest
from sqlalchemy import select

from compliance.db import db
from compliance.misconduct.queries import nil_confirmed
from compliance.models import Case
from compliance.terms import AllegationKind, CaseClass, CaseStep, Finding, Role
from tests.conftest import at_most

K, S = AllegationKind, CaseStep
DAY = ["1", "9", "2025"]
OPENED = {
    "received_on": DAY,
    "case_class": CaseClass.ALLEGED_MISCONDUCT.value,
    "kinds": [K.PLAGIARISM.value],
}


def officer_of(make, at, **parts):
    return make.user(Role.MISCONDUCT_OFFICER, at, **parts)


def test_a_case_goes_from_receipt_to_a_finding(client, make):
    force = make.organisation("northmoor")
    make.period(2025)
    client.sign_in(officer_of(make, force))
    kinds = [K.PLAGIARISM.value, K.FABRICATION.value]
    opened = client.fill("/misconduct/new", {**OPENED, "kinds": kinds})
    assert opened.location == "/misconduct/CASE-2025-01"
    client.fill("/misconduct/CASE-2025-01/stage", {"step": S.FORMAL_STARTED.value, "on": ["15", "9", "2025"]})
    client.fill(
        "/misconduct/CASE-2025-01/stage",
        {
            "on": ["20", "1", "2026"],
            "finding_1": Finding.UPHELD_IN_FULL.value,
            "finding_2": Finding.NOT_UPHELD.value,
            "lessons": "Keep the raw counts.",
        },
    )
    shown = client.get("/misconduct/CASE-2025-01").text
    for words in (
        "20\u00a0January\u00a02026: Formal investigation completed",
        "Upheld in full",
        "Not upheld",
    ):
        assert words in shown
    assert "Keep the raw counts." in shown
    assert client.get("/misconduct/CASE-2025-01/stage").status_code == 404
    listed = client.get("/misconduct").text
    assert "2\u00a0allegations in 1\u00a0case received" in listed


def test_a_finding_left_out_keeps_what_was_entered(client, make):
    force = make.organisation()
    officer = officer_of(make, force)
    case = make.case(
        force,
        officer,
        kinds=(K.PLAGIARISM, K.FABRICATION),
        stages=((S.FORMAL_STARTED, date(2025, 9, 2)),),
    )
    client.sign_in(officer)
    address = f"/misconduct/{case.reference}/stage"
    page = client.fill(address, {"on": DAY, "finding_2": Finding.NOT_UPHELD.value})
    assert page.status_code == 400
    assert "Select what was found on: Plagiarism" in page.text
    page = client.send(page, {"finding_1": Finding.NOT_UPHELD.value})
    assert page.status_code == 400
    assert "must not be before the stage before it" in page.text
    client.send(page, {"on": ["3", "9", "2025"]})
    assert [row.finding for row in case.allegations] == [Finding.NOT_UPHELD, Finding.NOT_UPHELD]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"received_on": ["1", "9", "2030"]}, "Date received must be today or in the past"),
        ({"kinds": [K.OTHER.value]}, "Say in a few words what “Other” is"),
        ({"kinds": [K.MULTIPLE.value, K.PLAGIARISM.value]}, "Select either"),
        ({"kinds": []}, "Select at least one kind"),
        ({"case_class": "nonsense"}, "Not a valid choice"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(client, make, values, message):
    force = make.organisation()
    client.sign_in(officer_of(make, force))
    page = client.fill("/misconduct/new", {**OPENED, "other_text": "", **values})
    assert page.status_code == 400
    assert page.text.count(message) == 2


def test_a_name_is_warned_of_before_it_is_kept(client, make):
    force = make.organisation()
    client.sign_in(officer_of(make, force))
    page = client.fill("/misconduct/new", {**OPENED, "other_text": "Copied from Jane Smith"})
    assert page.status_code == 200
    assert "We noticed: Jane Smith" in page.text
    assert db.session.scalar(select(Case)) is None
    assert client.send(page, {"other_text": "Copied from Jane Smith and John Brown"}).status_code == 200
    assert client.send(page, {}).status_code == 302
    assert "We noticed: Jane Smith" in client.get("/misconduct/CASE-2025-01").text


def test_a_case_is_re_classed_with_its_reason(client, make):
    force = make.organisation()
    make.period(2025)
    officer = officer_of(make, force)
    case = make.case(force, officer)
    client.sign_in(officer)
    address = f"/misconduct/{case.reference}/class"
    assert "already" in client.fill(address, {"case_class": case.case_class.value, "reason": "x"}).text
    client.fill(address, {"case_class": CaseClass.HONEST_ERROR.value, "reason": "A slip of the pen."})
    shown = client.get(f"/misconduct/{case.reference}").text
    assert "Now taken to be: honest error or difference" in shown
    assert "A slip of the pen." in shown
    assert "0\u00a0allegations in 0\u00a0cases received" in client.get("/misconduct").text


def test_lessons_of_two_people_meet(client, make):
    force = make.organisation()
    officer = officer_of(make, force)
    case = make.case(force, officer)
    client.sign_in(officer)
    address = f"/misconduct/{case.reference}/words"
    stale = client.get(address)
    client.fill(address, {"lessons": "Theirs"})
    page = client.send(stale, {"lessons": "Mine"})
    assert page.status_code == 409
    assert "Theirs" in page.text
    assert "Mine" in page.text


def test_a_nil_year_is_confirmed_in_words(client, make):
    force = make.organisation(name="Northmoor Constabulary")
    period = make.period(2025)
    client.sign_in(officer_of(make, force, name="Moira Fenwick"))
    address = f"/misconduct/nil/{force.code}/{period.key}"
    assert address in client.get("/misconduct").text
    assert "no allegation of research misconduct was reported to Northmoor" in client.get(address).text
    client.fill(address, button="Confirm a nil year")
    assert nil_confirmed(force.id, period.id)
    assert "Confirmed as a nil year by Moira Fenwick" in client.get("/misconduct").text
    again = client.fill(address, button="Confirm a nil year")
    assert "confirmed already" in again.text


def test_a_nil_year_that_has_a_case_is_refused(client, make):
    force = make.organisation()
    period = make.period(2025)
    officer = officer_of(make, force)
    make.case(force, officer)
    client.sign_in(officer)
    page = client.fill(f"/misconduct/nil/{force.code}/{period.key}", button="Confirm a nil year")
    assert page.status_code == 400
    assert "This is not a nil year" in page.text


def test_the_filters_find_what_they_say(client, make):
    tree = make.tree()
    make.period(2024)
    make.period(2025)
    officer = officer_of(make, tree["npcc"])
    early = make.case(
        tree["northmoor"],
        officer,
        received_on=date(2024, 5, 1),
        stages=((S.SCREENED_OUT, date(2024, 6, 1)),),
    )
    running = make.case(
        tree["forensic"],
        officer,
        received_on=date(2025, 1, 1),
        stages=((S.FORMAL_STARTED, date(2025, 2, 1)),),
    )
    recent = make.case(tree["westmarch"], officer, received_on=date(2026, 5, 1))
    client.sign_in(officer)

    def found(query: str) -> list[str]:
        text = client.get(f"/misconduct?{query}").text.split("Table for the statement")[0]
        return [row.reference for row in (early, running, recent) if f"/misconduct/{row.reference}" in text]

    assert found("period=2024-25") == [early.reference, running.reference]
    assert found("period=2025-26") == [running.reference]
    assert found("period=all") == [early.reference, running.reference, recent.reference]
    assert found("period=all&stage=screened_out") == [early.reference]
    assert found("period=all&stage=formal_started") == [running.reference]
    assert found("period=all&stage=received") == [recent.reference]
    assert found("period=all&organisation=northmoor") == [early.reference, running.reference]
    assert "1\u00a0case was received after" in client.get("/misconduct?period=2025-26").text
    assert client.get("/misconduct?period=1999-00").status_code == 404


@pytest.mark.parametrize(
    ("place", "seen"), [("npcc", True), ("northmoor", True), ("westmarch", False), ("forensic", False)]
)
def test_a_case_is_seen_from_its_organisation_and_above(client, make, place, seen):
    tree = make.tree()
    case = make.case(tree["northmoor"], officer_of(make, tree["npcc"]))
    client.sign_in(officer_of(make, tree[place]))
    assert (case.reference in client.get("/misconduct?period=all").text) is seen
    for part in ("", "/stage", "/class", "/words"):
        page = client.get(f"/misconduct/{case.reference}{part}")
        assert page.status_code == (200 if seen else 404), part


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MISCONDUCT_OFFICER])
def test_no_other_role_learns_that_there_is_a_register(client, make, role):
    tree = make.tree()
    period = make.period(2025)
    case = make.case(tree["npcc"], officer_of(make, tree["npcc"]))
    client.sign_in(make.user(role, tree["npcc"]))
    for part in ("", "/new", f"/{case.reference}", f"/{case.reference}/stage", f"/nil/npcc/{period.key}"):
        page = client.get(f"/misconduct{part}")
        assert page.status_code == 403, part
        assert "isconduct" not in page.text
    assert "isconduct" not in client.get("/account").text


def test_the_register_asks_as_often_for_twenty_cases_as_for_two(client, make):
    force = make.organisation()
    make.period(2025)
    officer = officer_of(make, force)
    client.sign_in(officer)
    for _ in range(2):
        make.case(force, officer)
    client.get("/misconduct")
    # Twice what the page asks, since what it shows is read afresh once the view left its event.
    with at_most(30) as few:
        client.get("/misconduct")
    for _ in range(18):
        make.case(force, officer, kinds=(K.PLAGIARISM, K.FABRICATION))
    with at_most(len(few)):
        assert "20\u00a0cases" in client.get("/misconduct").text
    # Nine of them leave the event that somebody looked at the case.
    with at_most(21):
        client.get("/misconduct/CASE-2025-01")
